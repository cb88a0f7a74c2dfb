namespace Quarry.Logs.Auditd;

/// <summary>Whether a SYSCALL record is of a program that was started: execve or execveat, and it succeeded.</summary>
/// <remarks>Source: the kernel's tables of system calls for x86-64, x86 and arm64.</remarks>
internal struct ExecCall
{
    private int _architecture;
    private bool _hasSucceeded;
    private int _call;

    /// <summary>Whether it is.</summary>
    public readonly bool IsDone => _hasSucceeded
        && (_architecture, _call) is (1, 59) or (1, 322) or (2, 11) or (2, 358) or (3, 221) or (3, 281);

    /// <summary>Looks at a field of the record.</summary>
    public void Look(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.Length == 4 && key.SequenceEqual("arch"u8))
        {
            _architecture = value.SequenceEqual("c000003e"u8) ? 1 : value.SequenceEqual("40000003"u8) ? 2 : value.SequenceEqual("c00000b7"u8) ? 3 : 0;
        }
        else if (key.Length == 7 && key.SequenceEqual("syscall"u8))
        {
            _call = System.Buffers.Text.Utf8Parser.TryParse(value, out int call, out int taken) && taken == value.Length ? call : 0;
        }
        else if (key.Length == 7 && key.SequenceEqual("success"u8))
        {
            _hasSucceeded = value.SequenceEqual("yes"u8);
        }
    }
}
