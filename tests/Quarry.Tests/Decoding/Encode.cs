using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Quarry.Tests.Decoding;

/// <summary>Encodes and packs with the runtime's own classes, so that the tests do not check the code with itself.</summary>
internal static class Encode
{
    public static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static string Wide(string text) => Convert.ToBase64String(Encoding.Unicode.GetBytes(text));

    public static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] bytes) => Compress(bytes, s => new GZipStream(s, CompressionLevel.Optimal));

    public static byte[] Zlib(byte[] bytes) => Compress(bytes, s => new ZLibStream(s, CompressionLevel.Optimal));

    public static byte[] Deflate(byte[] bytes) => Compress(bytes, s => new DeflateStream(s, CompressionLevel.Optimal));

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Tar(TarEntryFormat format, params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    _ => new UstarTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(bytes);
                tar.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> open)
    {
        using var stream = new MemoryStream();
        using (Stream packer = open(stream))
        {
            packer.Write(bytes);
        }

        return stream.ToArray();
    }
}
