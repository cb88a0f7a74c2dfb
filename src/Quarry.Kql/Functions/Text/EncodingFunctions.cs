using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Base64, URL encoding, hexadecimal numbers, characters by number, and compression.</summary>
internal static class EncodingFunctions
{
    // What is decompressed at most, so that a small text cannot fill the memory.
    private const int MostDecompressed = 64 << 20;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. new[] { "base64_encode_tostring", "base64_encodestring" }.Select(name => Text(name, Base64Encode)),
        .. new[] { "base64_decode_tostring", "base64_decodestring" }.Select(name => Text(name, Base64Decode)),
        new("base64_decode_toarray", [ColumnType.String], ColumnType.Dynamic, Base64DecodeToArray),
        new("base64_encode_fromguid", [ColumnType.Guid], ColumnType.String, Base64EncodeGuid),
        Text("url_encode", (in Arguments arguments, ref Result result) => UrlEncode(arguments.Text(0), "+"u8, ref result)),
        Text("url_encode_component", (in Arguments arguments, ref Result result) => UrlEncode(arguments.Text(0), "%20"u8, ref result)),
        Text("url_decode", (in Arguments arguments, ref Result result) => result.Text(UrlDecode(arguments.Text(0), Result.Scratch()))),
        new("tohex", [ColumnType.Int, ColumnType.Long], ColumnType.String, (in Arguments arguments, ref Result result) =>
            ToHex(arguments, arguments.IsNull(0) ? null : (uint)arguments.Int(0), ref result)) { Required = 1 },
        new("tohex", [ColumnType.Long, ColumnType.Long], ColumnType.String, (in Arguments arguments, ref Result result) =>
            ToHex(arguments, arguments.IsNull(0) ? null : (ulong)arguments.Long(0), ref result)) { Required = 1 },
        new("unicode_codepoints_from_string", [ColumnType.String], ColumnType.Dynamic, FromString),
        .. new[] { "unicode_codepoints_to_string", "make_string" }.Select(name =>
            new ScalarFunction(name, [], ColumnType.String, MakeString) { Further = ColumnType.Dynamic }),
        Text("zlib_compress_to_base64_string", (in Arguments arguments, ref Result result) =>
            Compress(arguments.Text(0), stream => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true), ref result)),
        Text("gzip_compress_to_base64_string", (in Arguments arguments, ref Result result) =>
            Compress(arguments.Text(0), stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true), ref result)),
        Text("zlib_decompress_from_base64_string", (in Arguments arguments, ref Result result) =>
            Decompress(arguments.Text(0), stream => new ZLibStream(stream, CompressionMode.Decompress), isGzip: false, ref result)),
        Text("gzip_decompress_from_base64_string", (in Arguments arguments, ref Result result) =>
            Decompress(arguments.Text(0), stream => new GZipStream(stream, CompressionMode.Decompress), isGzip: true, ref result)),
    ];

    /// <summary>What percent-encoding stands for; a plus is a space, what is malformed stays.</summary>
    internal static ReadOnlySpan<byte> UrlDecode(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> buffer)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Span<byte> to = buffer.GetSpan(1);
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                to[0] = byte.Parse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                to[0] = text[i] == '+' ? (byte)' ' : text[i];
            }

            buffer.Advance(1);
        }

        return buffer.WrittenSpan;
    }

    private static ScalarFunction Text(string name, ScalarBody body) => new(name, [ColumnType.String], ColumnType.String, body);

    private static void Base64Encode(in Arguments arguments, ref Result result) => result.Text(Convert.ToBase64String(arguments.Text(0)));

    // What is not base64, or not text when decoded, gives nothing.
    private static void Base64Decode(in Arguments arguments, ref Result result)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        result.Text(TryBase64(arguments.Text(0), buffer) && Utf8.IsValid(buffer.WrittenSpan) ? buffer.WrittenSpan : default);
    }

    private static bool TryBase64(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> buffer)
    {
        OperationStatus status = Base64.DecodeFromUtf8(text, buffer.GetSpan(Base64.GetMaxDecodedFromUtf8Length(text.Length) + 1), out _, out int written);
        buffer.Advance(status == OperationStatus.Done ? written : 0);
        return status == OperationStatus.Done;
    }

    private static void Base64DecodeToArray(in Arguments arguments, ref Result result)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        if (TryBase64(arguments.Text(0), buffer))
        {
            result.Text($"[{string.Join(',', buffer.WrittenSpan.ToArray())}]");
        }
        else
        {
            result.Null();
        }
    }

    private static void Base64EncodeGuid(in Arguments arguments, ref Result result) =>
        result.Text(Guid.TryParse(arguments.Text(0), CultureInfo.InvariantCulture, out Guid guid) ? Convert.ToBase64String(guid.ToByteArray()) : "");

    private static void UrlEncode(ReadOnlySpan<byte> text, ReadOnlySpan<byte> space, ref Result result)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        foreach (byte one in text)
        {
            if (char.IsAsciiLetterOrDigit((char)one) || "-_.!*()"u8.Contains(one))
            {
                buffer.Write([one]);
            }
            else if (one == ' ')
            {
                buffer.Write(space);
            }
            else
            {
                buffer.Write([(byte)'%', (byte)"0123456789abcdef"[one >> 4], (byte)"0123456789abcdef"[one & 15]]);
            }
        }

        result.Text(buffer);
    }

    private static void ToHex(in Arguments arguments, ulong? number, ref Result result)
    {
        int width = arguments.IsNull(1) ? 0 : (int)Math.Clamp(arguments.Long(1), 0, 16);
        result.Text(number is { } given ? given.ToString("x", CultureInfo.InvariantCulture).PadLeft(width, '0') : "");
    }

    private static void FromString(in Arguments arguments, ref Result result)
    {
        string text = arguments.String(0);
        JsonTexts.Write(ref result, writer =>
        {
            writer.WriteStartArray();
            foreach (Rune rune in text.EnumerateRunes())
            {
                writer.WriteNumberValue(rune.Value);
            }

            writer.WriteEndArray();
        });
    }

    // Numbers, or arrays of numbers; what is no character is left out.
    private static void MakeString(in Arguments arguments, ref Result result)
    {
        var text = new StringBuilder();
        for (int i = 0; i < arguments.Count; i++)
        {
            foreach (string number in JsonTexts.Flatten(arguments.Text(i)))
            {
                if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && Rune.IsValid(value))
                {
                    text.Append(new Rune(value).ToString());
                }
            }
        }

        result.Text(text.ToString());
    }

    // The bytes differ from one compressor to another; what they stand for does not.
    private static void Compress(ReadOnlySpan<byte> text, Func<Stream, Stream> open, ref Result result)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = open(compressed))
        {
            stream.Write(text);
        }

        result.Text(Convert.ToBase64String(compressed.GetBuffer().AsSpan(0, (int)compressed.Length)));
    }

    private static void Decompress(ReadOnlySpan<byte> text, Func<Stream, Stream> open, bool isGzip, ref Result result)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        using var decompressed = new MemoryStream();
        bool isWhole = TryBase64(text, buffer);
        try
        {
            using Stream stream = open(new MemoryStream(buffer.WrittenSpan.ToArray()));
            byte[] part = new byte[8192];
            for (int read = isWhole ? stream.Read(part) : 0; read > 0; read = stream.Read(part))
            {
                decompressed.Write(part, 0, read);
                isWhole = decompressed.Length <= MostDecompressed;
                if (!isWhole)
                {
                    break;
                }
            }
        }
        catch (InvalidDataException)
        {
            isWhole = false;
        }

        ReadOnlySpan<byte> all = decompressed.GetBuffer().AsSpan(0, (int)decompressed.Length);
        result.Text(isWhole && EndsWithCheck(buffer.WrittenSpan, all, isGzip) && Utf8.IsValid(all) ? all : default);
    }

    // .NET takes a stream that breaks off for one that ended. Its last bytes tell: zlib has the checksum Adler-32 there, gzip the length.
    private static bool EndsWithCheck(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> text, bool isGzip)
    {
        if (compressed.Length < 4)
        {
            return false;
        }

        if (isGzip)
        {
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(compressed[^4..]) == (uint)text.Length;
        }

        uint low = 1, high = 0;
        foreach (byte one in text)
        {
            low = (low + one) % 65521;
            high = (high + low) % 65521;
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(compressed[^4..]) == ((high << 16) | low);
    }
}
