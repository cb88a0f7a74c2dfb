namespace Quarry.Logs.Syslog;

/// <summary>Reads syslog lines, one at a time, without an object a line.</summary>
/// <remarks>
/// Sources: RFC 5424, section 6; RFC 3164, sections 4 and 5.4; RFC 6587, 3.4.1 for the length before a line. Beyond them, what
/// is met in files: no priority, no host, ISO times, network devices' counters and marks before the time.
/// </remarks>
public static class SyslogParser
{
    private const int LongestTag = 255;
    private const int LongestPrefix = 64;

    /// <summary>Reads a line. Where it cannot be read, the fault says why, and the message is the whole line.</summary>
    /// <param name="line">The line in UTF-8, without its end.</param>
    /// <param name="parsed">What stands in it.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, out SyslogLine parsed)
    {
        parsed = new SyslogLine { Priority = -1 };
        ReadOnlySpan<byte> rest = AfterLength(line.StartsWith("\uFEFF"u8) ? line[3..] : line);
        if (!TryPriority(ref rest, out int priority))
        {
            parsed.Fault = SyslogFault.Priority;
        }
        else
        {
            parsed.Priority = priority;
            if (IsStructured(rest, priority >= 0))
            {
                ReadStructured(rest, ref parsed);
            }
            else
            {
                ReadTraditional(rest, ref parsed);
            }
        }

        if (parsed.Fault != SyslogFault.None)
        {
            parsed.Message = line;
        }

        return parsed.Fault == SyslogFault.None;
    }

    // "61 <13>…": the length that is sent before a line over TCP, where a receiver has written it down as well.
    private static ReadOnlySpan<byte> AfterLength(ReadOnlySpan<byte> line)
    {
        int digits = 0;
        while (digits < line.Length && digits < 8 && IsDigit(line[digits]))
        {
            digits++;
        }

        return digits > 0 && digits + 1 < line.Length && line[digits] == ' ' && line[digits + 1] == '<' ? line[(digits + 1)..] : line;
    }

    private static bool TryPriority(ref ReadOnlySpan<byte> text, out int priority)
    {
        priority = -1;
        if (text.IsEmpty || text[0] != '<')
        {
            return true;
        }

        int value = 0, at = 1;
        for (; at < text.Length && at <= 3 && IsDigit(text[at]); at++)
        {
            value = (value * 10) + text[at] - '0';
        }

        if (at == 1 || at >= text.Length || text[at] != '>' || value > 191)
        {
            return false;
        }

        priority = value;
        text = text[(at + 1)..];
        return true;
    }

    // The version, a blank, and then a time or "-".
    private static bool IsStructured(ReadOnlySpan<byte> text, bool hasPriority)
    {
        int digits = 0;
        while (digits < text.Length && digits < 3 && IsDigit(text[digits]))
        {
            digits++;
        }

        if (digits == 0 || text[0] == '0' || digits + 2 >= text.Length || text[digits] != ' ')
        {
            return false;
        }

        ReadOnlySpan<byte> time = text[(digits + 1)..];
        return (hasPriority && time[0] == '-' && time[1] == ' ')
            || (time.Length > 4 && time[4] == '-' && time[..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);
    }

    private static void ReadStructured(ReadOnlySpan<byte> text, ref SyslogLine parsed)
    {
        parsed.Form = SyslogForm.Rfc5424;
        ReadOnlySpan<byte> rest = text[(text.IndexOf((byte)' ') + 1)..];
        if (rest[0] == '-')
        {
            rest = rest[1..];
        }
        else if (SyslogTime.ReadIso(ref rest, out LogMoment time) is not SyslogFault.None and var fault)
        {
            parsed.Fault = fault;
            return;
        }
        else
        {
            parsed.Time = time;
        }

        if (!TryField(ref rest, out ReadOnlySpan<byte> host) || !TryField(ref rest, out ReadOnlySpan<byte> process)
            || !TryField(ref rest, out ReadOnlySpan<byte> processId) || !TryField(ref rest, out ReadOnlySpan<byte> messageId)
            || rest.Length < 2 || rest[0] != ' ')
        {
            parsed.Fault = SyslogFault.Header;
            return;
        }

        parsed.Host = host;
        parsed.Process = process;
        parsed.ProcessId = processId;
        parsed.MessageId = messageId;
        rest = rest[1..];
        int length = rest[0] == '-' ? 1 : StructuredData.Measure(rest);
        if (length <= 0 || (length < rest.Length && rest[length] != ' '))
        {
            parsed.Fault = SyslogFault.StructuredData;
            return;
        }

        parsed.StructuredData = rest[0] == '-' ? [] : rest[..length];
        rest = length < rest.Length ? rest[(length + 1)..] : [];
        parsed.Message = rest.StartsWith("\uFEFF"u8) ? rest[3..] : rest;
    }

    // A blank and a word; "-" stands for none.
    private static bool TryField(scoped ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> field)
    {
        field = [];
        if (text.Length < 2 || text[0] != ' ')
        {
            return false;
        }

        int end = text[1..].IndexOf((byte)' ');
        if (end <= 0)
        {
            return false;
        }

        field = text.Slice(1, end);
        field = field is [(byte)'-'] ? [] : field;
        text = text[(end + 1)..];
        return true;
    }

    private static void ReadTraditional(ReadOnlySpan<byte> text, ref SyslogLine parsed)
    {
        ReadOnlySpan<byte> rest = text;
        SyslogFault fault = SyslogTime.Read(ref rest, out LogMoment time, out bool isIso);
        parsed.Form = isIso ? SyslogForm.IsoTime : SyslogForm.Rfc3164;
        ReadOnlySpan<byte> name = [];
        if (fault == SyslogFault.NoTime && TryBehindPrefix(text, out ReadOnlySpan<byte> behind, out name, out LogMoment later))
        {
            rest = behind;
            time = later;
            fault = SyslogFault.None;
            parsed.Form = SyslogForm.Device;
        }

        parsed.Time = time;
        parsed.Fault = fault;
        if (fault != SyslogFault.None)
        {
            return;
        }

        if (!rest.IsEmpty && rest[0] is not ((byte)' ' or (byte)':'))
        {
            parsed.Fault = SyslogFault.NoTime;
            return;
        }

        bool isColon = !rest.IsEmpty && rest[0] == ':';
        rest = rest.TrimStart(isColon ? ": "u8 : " "u8);
        parsed.Host = name;
        if (!isColon && name.IsEmpty)
        {
            parsed.Host = Host(ref rest);
        }

        ReadTag(rest, ref parsed);
    }

    // What devices put before the time: a counter, a name, each with a colon, and a mark of an unset or unsynchronised clock.
    private static bool TryBehindPrefix(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> behind, out ReadOnlySpan<byte> name, out LogMoment time)
    {
        behind = text;
        name = [];
        for (int words = 0; words < 3; words++)
        {
            // "1 1563249630.774", a version without the rest of RFC 5424
            int end = words == 0 && behind.StartsWith("1 "u8) ? 1 : behind[..Math.Min(behind.Length, LongestPrefix)].IndexOf(": "u8);
            bool isMarked = !behind.IsEmpty && behind[0] is (byte)'*' or (byte)'.';
            if (!isMarked && end < 0)
            {
                break;
            }

            if (!isMarked)
            {
                ReadOnlySpan<byte> word = behind[..end];
                if (word.IsEmpty || word.Contains((byte)' '))
                {
                    break;
                }

                name = word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? name : word;
                behind = behind[end..].TrimStart(": "u8);
            }
            else
            {
                behind = behind[1..];
            }

            if (SyslogTime.Read(ref behind, out time, out _) == SyslogFault.None)
            {
                return true;
            }
        }

        time = default;
        return false;
    }

    // The next word, unless it is the tag already.
    private static ReadOnlySpan<byte> Host(scoped ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? text : text[..end];
        if (word.IsEmpty || word[^1] == ':' || word.Contains((byte)'['))
        {
            return [];
        }

        text = end < 0 ? [] : text[end..].TrimStart((byte)' ');
        return word;
    }

    private static void ReadTag(ReadOnlySpan<byte> text, ref SyslogLine parsed)
    {
        parsed.Message = text;
        int end = text[..Math.Min(text.Length, LongestTag + 1)].IndexOfAny((byte)' ', (byte)':', (byte)'[');
        if (end <= 0 || text[end] == ' ')
        {
            return;
        }

        ReadOnlySpan<byte> rest = text[end..];
        if (rest[0] == '[')
        {
            int close = rest[..Math.Min(rest.Length, LongestTag)].IndexOf((byte)']');
            if (close < 0 || (close + 1 < rest.Length && rest[close + 1] is not ((byte)':' or (byte)' ')))
            {
                return;
            }

            parsed.ProcessId = rest[1..close];
            rest = rest[(close + 1)..];
        }

        // "::1 is unreachable" and "http://…" have no tag.
        if (rest.Length > 1 && rest[0] == ':' && rest[1] is (byte)':' or (byte)'/')
        {
            return;
        }

        parsed.Process = text[..end];
        rest = !rest.IsEmpty && rest[0] == ':' ? rest[1..] : rest;
        parsed.Message = !rest.IsEmpty && rest[0] == ' ' ? rest[1..] : rest;
    }

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;
}
