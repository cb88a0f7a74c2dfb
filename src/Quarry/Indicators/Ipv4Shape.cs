namespace Quarry.Indicators;

/// <summary>Reads IPv4 addresses in dotted decimal form.</summary>
internal static class Ipv4Shape
{
    /// <summary>
    /// The end of the four numbers of 0 to 255, without leading zeros, that begin at a position; -1 if there are none. What
    /// stands around them is the caller's concern.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> text, int position)
    {
        for (int octet = 0; octet < 4; octet++)
        {
            if (octet > 0 && Bytes.At(text, position++) != '.')
            {
                return -1;
            }

            int value = 0, digits = 0;
            for (; digits < 4 && Bytes.IsDigit(Bytes.At(text, position)); digits++)
            {
                value = (value * 10) + text[position++] - '0';
            }

            if (digits is 0 or 4 || value > 255 || (digits > 1 && text[position - digits] == '0'))
            {
                return -1;
            }
        }

        return position;
    }
}
