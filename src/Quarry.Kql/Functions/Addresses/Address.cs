using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quarry.Kql.Functions.Addresses;

/// <summary>
/// An IPv4 or IPv6 address with the length of its prefix, in 128 bits: IPv4 is ::ffff:a.b.c.d there and its prefix 96 longer, as it is for
/// IPv6 that is written with an IPv4 address at its end (::a.b.c.d).
/// </summary>
internal readonly record struct Address(UInt128 Value, int Prefix)
{
    private const int V4Offset = 96;

    private static readonly UInt128 Mapped = (UInt128)0xFFFF << 32;

    /// <summary>The address without the bits behind its prefix.</summary>
    public UInt128 Network => Masked(Value, Prefix);

    /// <summary>The 32 bits of an IPv4 address.</summary>
    public uint V4 => (uint)Network;

    /// <summary>The prefix of an IPv4 address, 0 to 32.</summary>
    public int V4Prefix => Prefix - V4Offset;

    /// <summary>The first bits of an address.</summary>
    public static UInt128 Masked(UInt128 value, int prefix) => prefix <= 0 ? 0 : value & (UInt128.MaxValue << (128 - prefix));

    /// <summary>An IPv4 address of its bits.</summary>
    public static Address OfV4(uint value, int prefix) => new(Mapped | value, prefix + V4Offset);

    /// <summary>Reads a.b.c.d or a.b.c.d/n.</summary>
    public static bool TryParseV4(ReadOnlySpan<byte> text, out Address address)
    {
        address = default;
        if (!TryOctets(text, 4, out uint value, out int length) || !TryPrefix(text[length..], 32, out int prefix))
        {
            return false;
        }

        address = OfV4(value, prefix);
        return true;
    }

    /// <summary>Reads an IPv4 or IPv6 address, with or without /n.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Address address)
    {
        if (TryParseV4(text, out address))
        {
            return true;
        }

        int slash = text.IndexOf((byte)'/');
        ReadOnlySpan<byte> bits = slash < 0 ? text : text[..slash];
        bool hasV4 = bits.Contains((byte)'.');
        if (!bits.Contains((byte)':') || bits.Length > 45 || bits.ContainsAny("%[]"u8)
            || !IPAddress.TryParse(Encoding.UTF8.GetString(bits), out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6
            || !TryPrefix(slash < 0 ? default : text[slash..], hasV4 ? 32 : 128, out int prefix))
        {
            return false;
        }

        UInt128 value = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(parsed.GetAddressBytes());
        address = new Address(hasV4 && value <= uint.MaxValue ? value | Mapped : value, hasV4 ? prefix + V4Offset : prefix);
        return true;
    }

    /// <summary>Reads up to so many numbers of a dotted address; the number of bytes they take. The value has them from its highest bits on.</summary>
    public static bool TryOctets(ReadOnlySpan<byte> text, int count, out uint value, out int length)
    {
        value = 0;
        length = 0;
        for (int i = 0; i < count; i++)
        {
            if (i > 0 && (length >= text.Length || text[length++] != '.'))
            {
                return false;
            }

            int octet = 0;
            int start = length;
            while (length < text.Length && length - start < 3 && char.IsAsciiDigit((char)text[length]))
            {
                octet = (octet * 10) + text[length++] - '0';
            }

            if (length == start || octet > 255)
            {
                return false;
            }

            value |= (uint)octet << (24 - (8 * i));
        }

        return true;
    }

    /// <summary>a.b.c.d.</summary>
    public static string V4Text(uint value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}");

    /// <summary>Eight groups of four digits.</summary>
    public static string V6Text(UInt128 value)
    {
        var text = new StringBuilder(39);
        for (int shift = 112; shift >= 0; shift -= 16)
        {
            text.Append(text.Length == 0 ? "" : ":").Append(((ushort)(value >> shift)).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static bool TryPrefix(ReadOnlySpan<byte> text, int most, out int prefix)
    {
        prefix = most;
        return text.IsEmpty || (text[0] == '/' && text.Length is > 1 and <= 4
            && int.TryParse(text[1..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out prefix) && prefix <= most);
    }
}
