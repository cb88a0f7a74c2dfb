namespace Quarry.Logs.Auditd;

/// <summary>The columns of a table of audit events, by position.</summary>
internal static class AuditColumn
{
    public const int EventType = 0;
    public const int MessageId = 1;
    public const int TimeGenerated = 2;
    public const int Computer = 3;

    // Whole numbers.
    public const int Ppid = 5;
    public const int Pid = 6;
    public const int Auid = 7;
    public const int Ses = 12;
    public const int Argc = 16;

    public const int FirstField = 4;
    public const int Success = 4;
    public const int Exe = 13;
    public const int Comm = 14;
    public const int Cwd = 15;
    public const int A0 = 17;
    public const int A1 = 18;
    public const int A2 = 19;
    public const int CommandLine = 20;
    public const int Proctitle = 21;
    public const int LastField = 31;

    public const int Args = 32;
    public const int Fields = 33;
    public const int Serial = 34;
    public const int Records = 35;
    public const int SourceIndex = 36;
    public const int ParseError = 37;
    public const int RawLine = 38;

    /// <summary>Whether a column holds whole numbers of a record's fields.</summary>
    public static bool IsNumber(int column) => column is (>= Ppid and <= Ses) or Argc;

    /// <summary>The column of a record's field; -1 for one that goes to <c>fields</c>.</summary>
    public static int Of(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 => key.SequenceEqual("op"u8) ? 28 : -1,
        3 => key.SequenceEqual("pid"u8) ? Pid : key.SequenceEqual("uid"u8) ? 8 : key.SequenceEqual("gid"u8) ? 9 : key.SequenceEqual("ses"u8) ? Ses
            : key.SequenceEqual("exe"u8) ? Exe : key.SequenceEqual("tty"u8) ? 26 : key.SequenceEqual("res"u8) ? 27 : key.SequenceEqual("cmd"u8) ? 29
            : key.SequenceEqual("key"u8) ? 30 : key.SequenceEqual("cwd"u8) ? Cwd : -1,
        4 => key.SequenceEqual("ppid"u8) ? Ppid : key.SequenceEqual("auid"u8) ? Auid : key.SequenceEqual("euid"u8) ? 10 : key.SequenceEqual("egid"u8) ? 11
            : key.SequenceEqual("comm"u8) ? Comm : key.SequenceEqual("argc"u8) ? Argc : key.SequenceEqual("acct"u8) ? 22 : key.SequenceEqual("addr"u8) ? 23
            : key.SequenceEqual("unit"u8) ? LastField : -1,
        7 => key.SequenceEqual("success"u8) ? Success : -1,
        8 => key.SequenceEqual("hostname"u8) ? 24 : key.SequenceEqual("terminal"u8) ? 25 : -1,
        9 => key.SequenceEqual("proctitle"u8) ? Proctitle : -1,
        _ => -1,
    };
}
