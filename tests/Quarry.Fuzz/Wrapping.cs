using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Quarry.Fuzz;

/// <summary>The ways in which content is hidden: packed to bytes, then written as text.</summary>
internal static class Wrapping
{
    /// <summary>How bytes can be packed.</summary>
    public enum Packing
    {
        /// <summary>As they are.</summary>
        None,

        /// <summary>gzip.</summary>
        Gzip,

        /// <summary>zlib.</summary>
        Zlib,

        /// <summary>Raw deflate, which only its surroundings tell.</summary>
        Deflate,

        /// <summary>A zip archive of one file.</summary>
        Zip,

        /// <summary>A tar archive of one file.</summary>
        Tar,
    }

    /// <summary>The bytes packed.</summary>
    public static byte[] Pack(Random random, Packing packing, byte[] content)
    {
        using var packed = new MemoryStream();
        CompressionLevel level = random.Pick(CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.SmallestSize);
        switch (packing)
        {
            case Packing.Gzip:
                WriteThrough(new GZipStream(packed, level, leaveOpen: true), content);
                break;
            case Packing.Zlib:
                WriteThrough(new ZLibStream(packed, level, leaveOpen: true), content);
                break;
            case Packing.Deflate:
                WriteThrough(new DeflateStream(packed, level, leaveOpen: true), content);
                break;
            case Packing.Zip:
                using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
                {
                    ZipArchiveEntry entry = archive.CreateEntry(EntryName(random), level);
                    entry.LastWriteTime = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
                    WriteThrough(entry.Open(), content);
                }

                break;
            case Packing.Tar:
                using (var archive = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true))
                {
                    archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, EntryName(random)) { ModificationTime = DateTimeOffset.UnixEpoch, DataStream = new MemoryStream(content) });
                }

                break;
            default:
                return content;
        }

        return packed.ToArray();
    }

    /// <summary>The bytes as base64 in one of the places where it is met; raw deflate needs PowerShell's.</summary>
    public static string Announce(Random random, Packing packing, byte[] bytes)
    {
        string base64 = Convert.ToBase64String(bytes);
        if (packing == Packing.Deflate)
        {
            return $"IEX (New-Object IO.StreamReader((New-Object IO.Compression.DeflateStream([IO.MemoryStream][Convert]::FromBase64String('{base64}'),[IO.Compression.CompressionMode]::Decompress)))).ReadToEnd()";
        }

        return random.Next(6) switch
        {
            0 => $"[Convert]::FromBase64String('{base64}')",
            1 => $"atob(\"{base64}\")",
            2 => $"echo {base64} | base64 -d",
            3 => $"data:text/plain;base64,{base64}",
            4 => $"value = \"{base64}\"",
            _ => $"run {base64} now",
        };
    }

    /// <summary>The bytes as text in a form other than base64, or base64 spoilt a little.</summary>
    public static string Spell(Random random, byte[] bytes)
    {
        string base64 = Convert.ToBase64String(bytes);
        return random.Next(9) switch
        {
            0 => base64.TrimEnd('='),
            1 => base64.Replace('+', '-').Replace('/', '_'),
            2 => string.Join(random.Pick("\n", "\r\n"), base64.Chunk(random.Pick(64, 76, 40)).Select(line => new string(line))),
            3 => Convert.ToHexStringLower(bytes),
            4 => string.Concat(bytes.Select(b => $"\\x{b:x2}")),
            5 => string.Join(",", bytes.Select(b => $"0x{b:X2}")),
            6 => string.Concat(bytes.Select(b => $"%{b:X2}")),
            7 => string.Join("+", bytes.Select(b => $"[char]{b}")),
            _ => $"String.fromCharCode({string.Join(",", bytes)})",
        };
    }

    /// <summary>A script as PowerShell's encoded command.</summary>
    public static string EncodedCommand(Random random, string script)
    {
        string option = "-encodedcommand"[..random.Next(2, 16)];
        string spelling = random.Next(3) == 0 ? option.ToUpperInvariant() : option;
        string base64 = Convert.ToBase64String(Encoding.Unicode.GetBytes(script));
        return $"powershell.exe -nop {(random.Next(4) == 0 ? "/" + spelling[1..] : spelling)} {base64}";
    }

    private static string EntryName(Random random) => random.Pick("a.txt", "../../x", "C:\\x\\y.ps1", "dir/file.js", "ä.txt");

    private static void WriteThrough(Stream stream, byte[] content)
    {
        using (stream)
        {
            stream.Write(content);
        }
    }
}
