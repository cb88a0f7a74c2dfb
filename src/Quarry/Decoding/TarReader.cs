using System.Text;
using System.Text.Unicode;

namespace Quarry.Decoding;

/// <summary>Reads tar archives: old, ustar, GNU long names, and pax (POSIX.1-2001).</summary>
internal sealed class TarReader(ReadOnlyMemory<byte> archive, Budget budget)
{
    private const int Block = 512;

    /// <summary>Whether the bytes begin with a tar header; where less than a header is there, whether its beginning looks like one.</summary>
    public static bool IsTar(ReadOnlySpan<byte> b) => b.Length >= Block
        ? b[0] != 0 && HasChecksum(b[..Block])
        : b.Length >= 132 && b[0] != 0 && IsOctal(b.Slice(100, 8)) && IsOctal(b.Slice(108, 8)) && IsOctal(b.Slice(116, 8));

    /// <summary>The members in order. What is not a file (a directory, a link) is an empty one, as in the reference.</summary>
    public Archive Read()
    {
        var entries = new List<ArchiveEntry>();
        string? stoppedBy = null, nextName = null;
        long nextSize = -1, at = 0;
        while (at + Block <= archive.Length && stoppedBy is null)
        {
            ReadOnlySpan<byte> header = archive.Span.Slice((int)at, Block);
            if (header[0] == 0 && header.IndexOfAnyExcept((byte)0) < 0)
            {
                break;
            }

            if (!HasChecksum(header))
            {
                stoppedBy = "broken: tar header";
                break;
            }

            long size = nextSize >= 0 && header[156] is not ((byte)'x' or (byte)'g') ? nextSize : Number(header.Slice(124, 12));
            at += Block;
            if (size < 0)
            {
                stoppedBy = "broken: size";
                break;
            }

            byte type = header[156];
            bool hasContent = type is 0 or (byte)'0' or (byte)'7' or (byte)'L' or (byte)'K' or (byte)'x' or (byte)'g' or (byte)'S';
            long there = hasContent ? Math.Min(size, archive.Length - at) : 0;
            ReadOnlyMemory<byte> content = archive.Slice((int)at, (int)there);
            string? cut = hasContent && there < size ? "truncated" : null;
            at += hasContent ? (Math.Min(size, archive.Length) + Block - 1) / Block * Block : 0;
            switch (type)
            {
                case (byte)'L':
                    nextName = Text(UntilNul(content.Span));
                    continue;
                case (byte)'K' or (byte)'g':
                    continue;
                case (byte)'x':
                    ReadExtended(content.Span, ref nextName, ref nextSize);
                    continue;
            }

            if (entries.Count >= budget.LayersLeft)
            {
                stoppedBy = budget.Stop(budget.LayersName);
                break;
            }

            if (content.Length > budget.Room)
            {
                content = content[..(int)budget.Room];
                cut = budget.Stop(budget.RoomName);
            }

            budget.Spend(content.Length);
            entries.Add(new ArchiveEntry(nextName ?? Name(header), content, cut));
            stoppedBy = cut ?? (budget.StoppedByTime ? budget.TimeName : null);
            nextName = null;
            nextSize = -1;
        }

        if (entries.Count == 0)
        {
            stoppedBy ??= "truncated";
        }

        return new Archive(FileTypes.Tar, "tar", entries, stoppedBy);
    }

    private static void ReadExtended(ReadOnlySpan<byte> records, ref string? name, ref long size)
    {
        while (!records.IsEmpty)
        {
            int blank = records.IndexOf((byte)' ');
            if (blank <= 0 || !int.TryParse(records[..blank], out int length) || length <= blank + 1 || length > records.Length)
            {
                return;
            }

            ReadOnlySpan<byte> record = records[(blank + 1)..length].TrimEnd((byte)'\n');
            int equals = record.IndexOf((byte)'=');
            if (equals > 0)
            {
                ReadOnlySpan<byte> key = record[..equals], value = record[(equals + 1)..];
                if (key.SequenceEqual("path"u8))
                {
                    name = Text(value);
                }
                else if (key.SequenceEqual("size"u8) && long.TryParse(value, out long given) && given >= 0)
                {
                    size = given;
                }
            }

            records = records[length..];
        }
    }

    private static string Name(ReadOnlySpan<byte> header)
    {
        string name = Text(UntilNul(header[..100]));
        ReadOnlySpan<byte> prefix = UntilNul(header.Slice(345, 155));
        bool isUstar = header.Slice(257, 6).SequenceEqual("ustar\0"u8);
        return isUstar && !prefix.IsEmpty ? Text(prefix) + "/" + name : name;
    }

    private static ReadOnlySpan<byte> UntilNul(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private static string Text(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    private static bool HasChecksum(ReadOnlySpan<byte> header)
    {
        long stated = Number(header.Slice(148, 8));
        int unsigned = 8 * ' ', signed = 8 * ' ';
        for (int i = 0; i < Block; i++)
        {
            if (i is < 148 or >= 156)
            {
                unsigned += header[i];
                signed += (sbyte)header[i];
            }
        }

        // What is no number reads as -1 and an empty field as 0: the signed sum of what is no tar may be either.
        return stated > 0 && (stated == unsigned || stated == signed);
    }

    private static bool IsOctal(ReadOnlySpan<byte> field) =>
        field.IndexOfAnyInRange((byte)'0', (byte)'7') == 0 && field[^1] is 0 or (byte)' ' && Number(field) >= 0;

    /// <summary>An octal number with blanks and NULs around it, or GNU's binary form; -1 where it is neither.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        long value = 0;
        if ((field[0] & 0x80) != 0)
        {
            foreach (byte b in field[^8..])
            {
                value = (value << 8) | b;
            }

            return field[^8] < 0x40 ? value : -1;
        }

        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        foreach (byte b in digits)
        {
            if (b is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = (value << 3) | (uint)(b - '0');
        }

        return value;
    }
}
