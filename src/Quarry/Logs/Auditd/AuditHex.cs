using System.Text;

namespace Quarry.Logs.Auditd;

/// <summary>
/// Values that the kernel and auditd write in hexadecimal, without quotes, because they hold a blank, a quote, a control
/// character or a byte beyond ASCII.
/// </summary>
/// <remarks>Source: the kernel's audit_log_untrustedstring.</remarks>
internal static class AuditHex
{
    /// <summary>Whether the values of a key are written so.</summary>
    public static bool IsEncodedKey(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 => key.SequenceEqual("vm"u8) || key.SequenceEqual("sw"u8),
        3 => key.SequenceEqual("cmd"u8) || key.SequenceEqual("exe"u8) || key.SequenceEqual("cwd"u8) || key.SequenceEqual("key"u8) || key.SequenceEqual("dir"u8),
        4 => key.SequenceEqual("comm"u8) || key.SequenceEqual("name"u8) || key.SequenceEqual("acct"u8) || key.SequenceEqual("path"u8)
            || key.SequenceEqual("data"u8) || key.SequenceEqual("file"u8),
        5 => key.SequenceEqual("watch"u8) || key.SequenceEqual("ocomm"u8),
        8 => key.SequenceEqual("root_dir"u8),
        9 => key.SequenceEqual("proctitle"u8),
        _ => false,
    };

    /// <summary>Whether a value is hexadecimal: pairs of digits, the letters upper case.</summary>
    public static bool IsHex(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value.Length % 2 == 0 && value.IndexOfAnyExcept("0123456789ABCDEF"u8) < 0;

    /// <summary>Adds the bytes of a value in hexadecimal.</summary>
    public static void Decode(ReadOnlySpan<byte> hex, List<byte> bytes)
    {
        int start = bytes.Count;
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(bytes, start + (hex.Length / 2));
        Span<byte> target = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[start..];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (byte)((Digit(hex[2 * i]) << 4) | Digit(hex[(2 * i) + 1]));
        }
    }

    /// <summary>Bytes as valid UTF-8: what is none is written as <c>\xNN</c>, so that one such byte does not hide the rest.</summary>
    public static ReadOnlySpan<byte> Readable(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return bytes;
        }

        var readable = new List<byte>(bytes.Length + 16);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out _, out int taken) == System.Buffers.OperationStatus.Done)
            {
                readable.AddRange(bytes[..taken]);
            }
            else
            {
                taken = 1;
                readable.AddRange(Encoding.ASCII.GetBytes($"\\x{bytes[0]:x2}"));
            }

            bytes = bytes[taken..];
        }

        return readable.ToArray();
    }

    private static int Digit(byte b) => b <= '9' ? b - '0' : b - 'A' + 10;
}
