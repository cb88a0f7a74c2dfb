using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Quarry.Decoding;

/// <summary>
/// Reads zip archives (PKWARE APPNOTE 6.3): by the central directory, and where that is missing or lies, by the local headers.
/// Sizes that are stated are not believed: what inflates counts, and the limits hold.
/// </summary>
internal sealed class ZipReader(ReadOnlyMemory<byte> archive, Budget budget)
{
    private const uint LocalSignature = 0x04034B50;
    private const uint CentralSignature = 0x02014B50;
    private const int LocalLength = 30;
    private const int CentralLength = 46;
    private const int EndLength = 22;

    private readonly List<ArchiveEntry> _entries = [];
    private bool _isProtected;

    /// <summary>The files in order. An archive of which every file is encrypted has none and is of a type of its own.</summary>
    public Archive Read()
    {
        string? stoppedBy = FindDirectory() is int directory && directory >= 0 ? ReadDirectory(directory) : ReadLocals();
        if (_entries.Count == 0 && !_isProtected && stoppedBy is null)
        {
            stoppedBy = archive.Span.StartsWith("PK\x05\x06"u8) ? null : "broken: no file could be read";
        }

        bool allProtected = _isProtected && _entries.TrueForAll(e => e.StoppedBy == "password");
        return allProtected
            ? new Archive(FileTypes.ProtectedZip, "zip", [], "password")
            : new Archive(TypeByNames(), "zip", _entries, stoppedBy);
    }

    private ReadOnlySpan<byte> Bytes => archive.Span;

    /// <summary>The offset of the first central header, or -1.</summary>
    private int FindDirectory()
    {
        int from = Math.Max(0, Bytes.Length - EndLength - ushort.MaxValue);
        int end = Bytes[from..].LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || from + end + EndLength > Bytes.Length)
        {
            return -1;
        }

        end += from;
        uint size = U32(end + 12), stated = U32(end + 16);

        // What stands before the archive (a self-extracting stub) shifts it: the directory ends where its end record begins.
        long directory = stated <= Bytes.Length - 4 && U32((int)stated) == CentralSignature ? stated : end - (long)size;
        return directory >= 0 && directory <= Bytes.Length - CentralLength && U32((int)directory) == CentralSignature ? (int)directory : -1;
    }

    private string? ReadDirectory(int at)
    {
        bool lied = false;
        while (at <= Bytes.Length - CentralLength && U32(at) == CentralSignature)
        {
            int flags = U16(at + 8), method = U16(at + 10);
            uint crc = U32(at + 16);
            long packed = U32(at + 20), local = U32(at + 42), unpacked = U32(at + 24);
            int name = U16(at + 28), extra = U16(at + 30), comment = U16(at + 32);
            int next = at + CentralLength + name + extra + comment;
            if (next > Bytes.Length)
            {
                return "truncated";
            }

            ReadWideSizes(Bytes.Slice(at + CentralLength + name, extra), ref unpacked, ref packed, ref local);
            string fileName = Name(Bytes.Slice(at + CentralLength, name), flags);
            if (local < 0 || local > Bytes.Length - LocalLength || U32((int)local) != LocalSignature)
            {
                lied = true;
                break;
            }

            long data = local + LocalLength + U16((int)local + 26) + U16((int)local + 28);
            if (!AddEntry(fileName, flags, method, data, packed, crc, out _))
            {
                return budget.StoppedBy;
            }

            at = next;
        }

        if (!lied)
        {
            return null;
        }

        // The directory points nowhere: believe the local headers alone.
        _entries.Clear();
        return ReadLocals() ?? "broken: central directory";
    }

    private string? ReadLocals()
    {
        int at = 0;
        while (at <= Bytes.Length - LocalLength)
        {
            int found = Bytes[at..].IndexOf("PK\x03\x04"u8);
            if (found < 0 || at + found > Bytes.Length - LocalLength)
            {
                break;
            }

            at += found;
            int flags = U16(at + 6), method = U16(at + 8), name = U16(at + 26), extra = U16(at + 28);
            long packed = U32(at + 18), unpacked = U32(at + 22), none = 0;
            long data = (long)at + LocalLength + name + extra;
            if (data > Bytes.Length)
            {
                if ((flags & 1) != 0)
                {
                    _isProtected = true;
                }

                return "truncated";
            }

            ReadWideSizes(Bytes.Slice(at + LocalLength + name, extra), ref unpacked, ref packed, ref none);
            bool sizeFollows = (flags & 8) != 0 && packed == 0;
            if (!AddEntry(Name(Bytes.Slice(at + LocalLength, name), flags), flags, method, data, sizeFollows ? -1 : packed, sizeFollows ? null : U32(at + 14), out int used))
            {
                return budget.StoppedBy;
            }

            at = (int)Math.Min(Bytes.Length, data + used);
        }

        return "truncated";
    }

    /// <summary>Reads one file. False where a limit ends the whole reading. A packed size of -1: it ends where it ends.</summary>
    private bool AddEntry(string name, int flags, int method, long data, long packed, uint? crc, out int used)
    {
        used = 0;
        if (_entries.Count >= budget.LayersLeft)
        {
            budget.Stop(budget.LayersName);
            return false;
        }

        if (budget.IsExhausted)
        {
            budget.Stop(budget.StoppedByTime ? budget.TimeName : budget.RoomName);
            return false;
        }

        long there = Math.Max(0, Math.Min(packed < 0 ? long.MaxValue : packed, Bytes.Length - data));
        ReadOnlyMemory<byte> content = archive.Slice((int)Math.Min(data, Bytes.Length), (int)there);
        used = content.Length;
        string? cut = packed > there ? "truncated" : null;
        if ((flags & 1) != 0)
        {
            _isProtected = true;
            _entries.Add(new ArchiveEntry(name, default, "password"));
            return true;
        }

        ReadOnlyMemory<byte> bytes = default;
        if (method == 0)
        {
            if (packed < 0)
            {
                int end = content.Span.IndexOf("PK\x07\x08"u8);
                content = end < 0 ? content : content[..end];
                used = content.Length;
            }

            bytes = content;
            if (bytes.Length > budget.Room)
            {
                bytes = bytes[..(int)budget.Room];
                cut = budget.Stop(budget.RoomName);
            }

            budget.Spend(bytes.Length);
        }
        else if (method == 8)
        {
            Inflated inflated = Inflater.Inflate(content.Span, budget);
            bytes = inflated.Bytes;
            cut = inflated.StoppedBy ?? cut;
            used = packed < 0 ? inflated.Consumed : used;
        }
        else
        {
            cut = $"broken: compression method {method} is not supported";
        }

        if (cut is null && crc is uint stated && Checksums.Crc32(bytes.Span) != stated)
        {
            cut = "broken: checksum";
        }

        _entries.Add(new ArchiveEntry(name, bytes, cut));
        return true;
    }

    /// <summary>The sizes of the Zip64 extra field, for those of the header that say to look there.</summary>
    private static void ReadWideSizes(ReadOnlySpan<byte> extra, ref long unpacked, ref long packed, ref long local)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra), size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4)
            {
                return;
            }

            if (id == 1)
            {
                ReadOnlySpan<byte> field = extra.Slice(4, size);
                Take(ref field, ref unpacked);
                Take(ref field, ref packed);
                Take(ref field, ref local);
                return;
            }

            extra = extra[(4 + size)..];
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value == uint.MaxValue && field.Length >= 8)
            {
                value = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(field));
                field = field[8..];
            }
        }
    }

    private static string Name(ReadOnlySpan<byte> bytes, int flags) => (flags & 0x800) != 0 || Utf8.IsValid(bytes)
        ? Encoding.UTF8.GetString(bytes)
        : Encoding.Latin1.GetString(bytes);

    private string TypeByNames()
    {
        foreach (ArchiveEntry entry in _entries)
        {
            if (entry.Name.StartsWith("word/", StringComparison.Ordinal))
            {
                return "docx";
            }

            if (entry.Name.StartsWith("xl/", StringComparison.Ordinal))
            {
                return "xlsx";
            }

            if (entry.Name.StartsWith("ppt/", StringComparison.Ordinal))
            {
                return "pptx";
            }

            if (entry.Name == "META-INF/MANIFEST.MF")
            {
                return "jar";
            }
        }

        return FileTypes.Zip;
    }

    private int U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes[at..]);

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes[at..]);
}
