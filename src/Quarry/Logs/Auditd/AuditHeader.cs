using System.Buffers.Text;

namespace Quarry.Logs.Auditd;

/// <summary>
/// The beginning of a record: <c>type=SYSCALL msg=audit(1551485405.619:18): </c>, perhaps with <c>node=…</c> or a syslog header
/// before it, or as the kernel writes it without auditd, <c>audit: type=1400 audit(…): </c>.
/// </summary>
internal readonly record struct AuditHeader
{
    // A header stands at the beginning of a line; a longer search would let a line of another log pass for a record.
    private const int LongestPrefix = 512;

    /// <summary>The type's part in an event.</summary>
    public AuditType Type { get; init; }

    /// <summary>When, in ticks UTC.</summary>
    public long Ticks { get; init; }

    /// <summary>The serial number.</summary>
    public ulong Serial { get; init; }

    /// <summary>Where the type stands.</summary>
    public int TypeStart { get; init; }

    /// <summary>How long it is.</summary>
    public int TypeLength { get; init; }

    /// <summary>Where the name of the machine stands.</summary>
    public int NodeStart { get; init; }

    /// <summary>How long it is; 0 where there is none.</summary>
    public int NodeLength { get; init; }

    /// <summary>Where the message id stands.</summary>
    public int IdStart { get; init; }

    /// <summary>How long it is.</summary>
    public int IdLength { get; init; }

    /// <summary>Where the fields begin.</summary>
    public int Body { get; init; }

    /// <summary>Reads the header of a line; false if the line is no record or the header is cut short.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out AuditHeader header)
    {
        header = default;
        ReadOnlySpan<byte> start = line[..Math.Min(line.Length, LongestPrefix)];
        int audit = start.IndexOf("audit("u8);
        if (audit < 0)
        {
            return false;
        }

        int at = audit + 6;
        if (!TryId(line, ref at, out long ticks, out ulong serial))
        {
            return false;
        }

        int idEnd = at - 1;
        int type = start[..audit].StartsWith("type="u8) ? 0 : start[..audit].LastIndexOf("type="u8);
        if (type < 0)
        {
            return false;
        }

        int typeLength = start[(type + 5)..audit].IndexOf((byte)' ');
        if (typeLength <= 0)
        {
            return false;
        }

        (int nodeStart, int nodeLength) = type == 0 ? (0, 0) : Node(start[..type]);
        at += at < line.Length && line[at] == ':' ? 1 : 0;
        header = new AuditHeader
        {
            Type = AuditTypes.Of(AuditTypes.Name(line.Slice(type + 5, typeLength))),
            Ticks = ticks,
            Serial = serial,
            TypeStart = type + 5,
            TypeLength = typeLength,
            NodeStart = nodeStart,
            NodeLength = nodeLength,
            IdStart = audit + 6,
            IdLength = idEnd - audit - 6,
            Body = at,
        };
        return true;
    }

    /// <summary>Whether a text is a message id as a whole: <c>1551485405.619:18</c>.</summary>
    public static bool IsId(ReadOnlySpan<byte> text)
    {
        Span<byte> closed = stackalloc byte[64];
        if (text.Length is 0 or > 63)
        {
            return false;
        }

        text.CopyTo(closed);
        closed[text.Length] = (byte)')';
        int at = 0;
        return TryId(closed[..(text.Length + 1)], ref at, out _, out _) && at == text.Length + 1;
    }

    private static bool TryId(ReadOnlySpan<byte> line, ref int at, out long ticks, out ulong serial)
    {
        serial = 0;
        ticks = 0;
        ReadOnlySpan<byte> rest = line[at..];
        if (!Utf8Parser.TryParse(rest, out uint seconds, out int digits) || digits >= rest.Length || rest[0] == '+' || rest[digits] != '.')
        {
            return false;
        }

        int point = digits;
        long unit = TimeSpan.TicksPerSecond / 10;
        for (digits++; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++, unit /= 10)
        {
            ticks += (rest[digits] - '0') * unit;
        }

        if (digits == point + 1 || digits >= rest.Length || rest[digits] != ':')
        {
            return false;
        }

        digits++;
        if (!Utf8Parser.TryParse(rest[digits..], out serial, out int taken) || rest[digits] == '+' || digits + taken >= rest.Length || rest[digits + taken] != ')')
        {
            return false;
        }

        ticks += DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond);
        at += digits + taken + 1;
        return true;
    }

    // node=NAME, or the host of a syslog header.
    private static (int Start, int Length) Node(ReadOnlySpan<byte> prefix)
    {
        int node = prefix.StartsWith("node="u8) ? 0 : prefix.IndexOf(" node="u8) + 1;
        if (prefix[node..].StartsWith("node="u8))
        {
            int end = prefix[(node + 5)..].IndexOf((byte)' ');
            return end > 0 ? (node + 5, end) : (0, 0);
        }

        if (!Syslog.SyslogParser.TryParse(prefix, out Syslog.SyslogLine parsed) || parsed.Host.IsEmpty)
        {
            return (0, 0);
        }

        int start = prefix.IndexOf(parsed.Host);
        return (start, parsed.Host.Length);
    }
}
