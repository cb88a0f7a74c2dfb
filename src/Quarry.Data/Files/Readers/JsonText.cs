using System.Buffers.Text;
using System.Text;

namespace Quarry.Data.Files.Readers;

/// <summary>The text of JSON strings: from their escapes, and into them.</summary>
internal static class JsonText
{
    /// <summary>The text that the inside of a JSON string stands for. Escapes of lone surrogates become U+FFFD.</summary>
    /// <param name="source">The inside of the quotes, with sound escapes.</param>
    /// <param name="target">Where to write; as long as <paramref name="source"/>.</param>
    /// <param name="replaced">How many escapes stood for no character.</param>
    /// <returns>The bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> source, Span<byte> target, out int replaced)
    {
        int written = 0;
        replaced = 0;
        while (true)
        {
            int escape = source.IndexOf((byte)'\\');
            if (escape < 0)
            {
                source.CopyTo(target[written..]);
                return written + source.Length;
            }

            source[..escape].CopyTo(target[written..]);
            written += escape;
            source = source[escape..];
            int taken = 2;
            if (source[1] == 'u')
            {
                taken = ReadCharacter(source, out Rune rune, ref replaced);
                written += rune.EncodeToUtf8(target[written..]);
            }
            else
            {
                target[written++] = source[1] switch
                {
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    byte other => other,
                };
            }

            source = source[taken..];
        }
    }

    /// <summary>Writes text as a JSON string in quotes.</summary>
    public static void AppendQuoted(List<byte> target, ReadOnlySpan<byte> text)
    {
        target.Add((byte)'"');
        foreach (byte b in text)
        {
            switch (b)
            {
                case (byte)'"' or (byte)'\\':
                    target.AddRange([(byte)'\\', b]);
                    break;
                case (byte)'\n':
                    target.AddRange("\\n"u8);
                    break;
                case (byte)'\r':
                    target.AddRange("\\r"u8);
                    break;
                case (byte)'\t':
                    target.AddRange("\\t"u8);
                    break;
                case < 0x20:
                    target.AddRange("\\u00"u8);
                    target.Add((byte)"0123456789abcdef"[b >> 4]);
                    target.Add((byte)"0123456789abcdef"[b & 15]);
                    break;
                default:
                    target.Add(b);
                    break;
            }
        }

        target.Add((byte)'"');
    }

    private static int ReadCharacter(ReadOnlySpan<byte> source, out Rune rune, ref int replaced)
    {
        char first = ReadUnit(source);
        if (Rune.TryCreate(first, out rune))
        {
            return 6;
        }

        if (char.IsHighSurrogate(first) && source.Length >= 12 && source[6] == '\\' && source[7] == 'u'
            && Rune.TryCreate(first, ReadUnit(source[6..]), out rune))
        {
            return 12;
        }

        rune = Rune.ReplacementChar;
        replaced++;
        return 6;
    }

    private static char ReadUnit(ReadOnlySpan<byte> source)
    {
        Utf8Parser.TryParse(source.Slice(2, 4), out ushort unit, out _, 'x');
        return (char)unit;
    }
}
