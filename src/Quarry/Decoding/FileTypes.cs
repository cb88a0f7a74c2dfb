using System.Buffers.Binary;
using System.Text;

namespace Quarry.Decoding;

/// <summary>Tells file types by their first bytes. Sources: the formats' specifications and the magic database of file(1), for facts alone.</summary>
internal static class FileTypes
{
    public const string Zip = "zip";
    public const string ProtectedZip = "zip (pwd protected)";
    public const string Gzip = "gz";
    public const string Tar = "tar";
    public const string Zlib = "zlib";
    public const string Deflate = "deflate";

    /// <summary>The type of the bytes, or null where none is recognised.</summary>
    public static string? Detect(ReadOnlySpan<byte> b)
    {
        if (b.Length < 4)
        {
            return null;
        }

        return b[0] switch
        {
            (byte)'M' => b[1] == 'Z' ? Portable(b)
                : b.StartsWith("MSCF\0\0\0\0"u8) ? "cab"
                : b.StartsWith("MSWIM\0\0\0"u8) ? "wim"
                : null,
            0x7F => b[1..].StartsWith("ELF"u8) ? "elf" : null,
            0xFE or 0xCF or 0xCE or 0xCA => MachOrClass(b),
            (byte)'%' => b.StartsWith("%PDF-"u8) ? "pdf" : null,
            0xD0 => b.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? CompoundFile(b) : null,
            (byte)'P' => b.StartsWith("PK\x03\x04"u8) ? (b.Length > 6 && (b[6] & 1) != 0 ? ProtectedZip : Zip)
                : b.StartsWith("PK\x05\x06"u8) ? Zip
                : TarOrNull(b),
            (byte)'7' => b.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) ? "7z" : TarOrNull(b),
            (byte)'R' => b.StartsWith("Rar!\x1A\x07"u8) ? "rar" : TarOrNull(b),
            0x1F => b[1] == 0x8B && b[2] == 8 ? Gzip : null,
            (byte)'B' => IsBzip2(b) ? "bz2" : TarOrNull(b),
            0xFD => b.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) ? "xz" : null,
            0x28 => b.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? "zstd" : TarOrNull(b),
            (byte)'L' => b.StartsWith((ReadOnlySpan<byte>)[0x4C, 0, 0, 0, 1, 0x14, 2, 0]) ? "lnk" : TarOrNull(b),
            0x89 => b.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "png" : null,
            0xFF => b[1] == 0xD8 && b[2] == 0xFF && b[3] >= 0xC0 && b[3] != 0xFF ? "jpg" : null,
            (byte)'G' => b.StartsWith("GIF87a"u8) || b.StartsWith("GIF89a"u8) ? "gif" : TarOrNull(b),
            (byte)'{' => b.StartsWith(@"{\rtf"u8) ? "rtf" : TarOrNull(b),
            0 => b.StartsWith("\0asm"u8) && b.Length >= 8 && b[4] == 1 ? "wasm" : null,
            (byte)'S' => b.StartsWith("SQLite format 3\0"u8) ? "sqlite" : TarOrNull(b),
            (byte)'E' => b.StartsWith("ElfFile\0"u8) ? "evtx" : TarOrNull(b),
            _ => TarOrNull(b),
        };
    }

    /// <summary>The kind of a text that says by its beginning what it is: markup, or a script with its interpreter's line; else null.</summary>
    public static string? DetectText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        ReadOnlySpan<byte> start = utf8.TrimStart(" \t\r\n"u8);
        if (utf8.StartsWith("#!"u8))
        {
            int end = utf8.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? utf8 : utf8[..end];
            return line.IndexOf("python"u8) >= 0 ? "py"
                : line.IndexOf("perl"u8) >= 0 ? "pl"
                : line.IndexOf("ruby"u8) >= 0 ? "rb"
                : line.IndexOf("node"u8) >= 0 ? "js"
                : line.IndexOf("pwsh"u8) >= 0 ? "ps1"
                : "sh";
        }

        return start.IsEmpty ? null
            : StartsWith(start, "<?xml"u8) ? "xml"
            : StartsWith(start, "<?php"u8) ? "php"
            : StartsWith(start, "<!doctype html"u8) || StartsWith(start, "<html"u8) || StartsWith(start, "<head"u8)
                || StartsWith(start, "<body"u8) || StartsWith(start, "<script"u8) ? "html"
            : StartsWith(start, "@echo off"u8) ? "bat"
            : StartsWith(start, @"{\rtf"u8) ? "rtf"
            : StartsWith(start, "on error resume next"u8) ? "vbs"
            : null;
    }

    /// <summary>
    /// The type as the reference's element shows it for text, which it does for few types: what is markup or script to us
    /// is plain text there.
    /// </summary>
    public static string? ShownForText(string? type) => type == "pdf" ? type : null;

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase);

    /// <summary>A DOS or Windows program: by the characteristics and the subsystem of its PE header where that is there.</summary>
    private static string? Portable(ReadOnlySpan<byte> b)
    {
        const int Dll = 0x2000, System = 0x1000;
        const ushort Native = 1;
        if (b.Length < 64)
        {
            return null;
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(b[0x3C..]);
        if (header <= b.Length - 24u && b.Length >= 24 && b.Slice((int)header, 4).SequenceEqual("PE\0\0"u8))
        {
            int characteristics = BinaryPrimitives.ReadUInt16LittleEndian(b[((int)header + 22)..]);
            int subsystem = (int)header + 24 + 68;
            bool isNative = subsystem + 2 <= b.Length && BinaryPrimitives.ReadUInt16LittleEndian(b[subsystem..]) == Native;
            return (characteristics & System) != 0 || (isNative && (characteristics & Dll) == 0) ? "sys"
                : (characteristics & Dll) != 0 ? "dll"
                : "exe";
        }

        // The header lies beyond what is there: the stub has to speak for it.
        bool stub = b.IndexOf("This program"u8) >= 0 || (b.Length >= 67 && b.Slice(64, 3).SequenceEqual((ReadOnlySpan<byte>)[0x0E, 0x1F, 0xBA]));
        bool usual = b[2..].StartsWith((ReadOnlySpan<byte>)[0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF]);
        return stub || (usual && header is >= 64 and < 4096) ? "exe" : null;
    }

    private static string? MachOrClass(ReadOnlySpan<byte> b)
    {
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(b);
        if (magic == 0xCAFEBABE && b.Length >= 8)
        {
            // A fat Mach-O counts its architectures here; a Java class has its version, 45 and up.
            return BinaryPrimitives.ReadUInt32BigEndian(b[4..]) is > 0 and < 40 ? "macho" : "class";
        }

        return magic is 0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE ? "macho" : null;
    }

    /// <summary>An OLE compound file, by the streams its first directory sector names.</summary>
    private static string CompoundFile(ReadOnlySpan<byte> b)
    {
        if (b.Length < 512)
        {
            return "ole";
        }

        int shift = BinaryPrimitives.ReadUInt16LittleEndian(b[30..]);
        long directory = shift is 9 or 12 ? (BinaryPrimitives.ReadUInt32LittleEndian(b[48..]) + 1L) << shift : -1;
        if (directory < 0 || directory >= b.Length)
        {
            return "ole";
        }

        ReadOnlySpan<byte> entries = b[(int)directory..Math.Min(b.Length, (int)directory + (1 << shift))];
        ReadOnlySpan<byte> installer = [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
        return entries.IndexOf(installer) >= 0 ? "msi"
            : entries.IndexOf("W\0o\0r\0d\0D\0o\0c\0"u8) >= 0 ? "doc"
            : entries.IndexOf("W\0o\0r\0k\0b\0o\0o\0k\0"u8) >= 0 || entries.IndexOf("B\0o\0o\0k\0\0"u8) >= 0 ? "xls"
            : entries.IndexOf("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0"u8) >= 0 ? "ppt"
            : entries.IndexOf("_\0_\0s\0u\0b\0s\0t\0g\0"u8) >= 0 || entries.IndexOf("_\0_\0n\0a\0m\0e\0i\0d\0"u8) >= 0 ? "msg"
            : "ole";
    }

    private static bool IsBzip2(ReadOnlySpan<byte> b) => b.Length >= 10 && b[1] == 'Z' && b[2] == 'h' && b[3] is >= (byte)'1' and <= (byte)'9'
        && (b[4..].StartsWith("1AY&SY"u8) || b[4..].StartsWith((ReadOnlySpan<byte>)[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]));

    private static string? TarOrNull(ReadOnlySpan<byte> b) => TarReader.IsTar(b) ? Tar : null;
}
