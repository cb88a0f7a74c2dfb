namespace Quarry.Indicators;

/// <summary>Reads IPv6 addresses as RFC 4291, section 2.2, writes them.</summary>
internal static class Ipv6Shape
{
    /// <summary>Whether a text is an address, with or without a zone.</summary>
    public static bool IsLiteral(ReadOnlySpan<byte> text)
    {
        int zone = text.IndexOf((byte)'%');
        return IsAddress(zone < 0 ? text : text[..zone]);
    }

    /// <summary>Whether a text is an address: eight groups, or fewer around one <c>::</c>, the last two may be an IPv4 address.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 2 or > 45)
        {
            return false;
        }

        int groups = 0, position = 0;
        bool isCompressed = false;
        if (text.StartsWith("::"u8))
        {
            isCompressed = true;
            position = 2;
        }

        while (position < text.Length)
        {
            int digits = 0;
            while (position + digits < text.Length && Bytes.IsHex(text[position + digits]))
            {
                digits++;
            }

            byte next = Bytes.At(text, position + digits);
            if (next == '.')
            {
                return Ipv4Shape.Read(text, position) == text.Length && IsComplete(groups + 2, isCompressed);
            }

            if (digits is 0 or > 4)
            {
                return false;
            }

            groups++;
            position += digits;
            if (position == text.Length)
            {
                break;
            }

            if (next != ':' || position + 1 == text.Length)
            {
                return false;
            }

            position++;
            if (text[position] == ':')
            {
                if (isCompressed)
                {
                    return false;
                }

                isCompressed = true;
                position++;
            }
        }

        return IsComplete(groups, isCompressed);
    }

    /// <summary>
    /// Whether an address is more likely something else: <c>::</c> alone, <c>::add</c> and <c>a::b</c> are scopes of programs,
    /// <c>12::</c> is a number, eight pairs of digits are an EUI-64 or the start of a fingerprint.
    /// </summary>
    public static bool IsDoubtful(ReadOnlySpan<byte> address)
    {
        if (!address.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            return address.StartsWith("::"u8) || address.EndsWith("::"u8) || address.Length < "dead::beef".Length;
        }

        if (address.Length < 6 && address[^1] == (byte)':' && address.IndexOf((byte)':') == address.Length - 2)
        {
            return true;
        }

        if (address.Length != 23 || address.Count((byte)':') != 7)
        {
            return false;
        }

        for (int i = 2; i < 23; i += 3)
        {
            if (address[i] != ':')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsComplete(int groups, bool isCompressed) => isCompressed ? groups <= 7 : groups == 8;
}
