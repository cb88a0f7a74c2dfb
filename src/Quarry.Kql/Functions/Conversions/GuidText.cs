namespace Quarry.Kql.Functions.Conversions;

/// <summary>Guids as text.</summary>
internal static class GuidText
{
    /// <summary>Reads 32 hexadecimal digits, hyphens among them and braces around them or not, and writes them in lower case with four hyphens.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text = NumericText.Trim(text);
        if (text.Length > 2 && text[0] == '{' && text[^1] == '}')
        {
            text = text[1..^1];
        }

        int digits = 0;
        int at = 0;
        foreach (byte one in text)
        {
            if (one == '-' && digits is > 0 and < 32)
            {
                continue;
            }

            if (!char.IsAsciiHexDigit((char)one) || digits == 32)
            {
                return false;
            }

            if (digits is 8 or 12 or 16 or 20)
            {
                to[at++] = (byte)'-';
            }

            to[at++] = one is >= (byte)'A' and <= (byte)'F' ? (byte)(one | 0x20) : one;
            digits++;
        }

        return digits == 32;
    }
}
