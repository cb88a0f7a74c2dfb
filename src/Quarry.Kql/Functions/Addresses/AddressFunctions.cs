using System.Globalization;
using Quarry.Kql.Functions.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Addresses;

/// <summary>Functions of addresses, given alone or with the length of a prefix (192.168.1.1/24). What is no address gives null, or no text.</summary>
internal static class AddressFunctions
{
    private static readonly (uint Network, int Prefix)[] Private = [(0x0A000000, 8), (0xAC100000, 12), (0xC0A80000, 16)];

    [ThreadStatic]
    private static ArgumentCache<AddressRanges>?[]? _ranges;

    private delegate void Pair(Address one, Address other, ref Result result);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("parse_ipv4", [ColumnType.String], ColumnType.Long, (in Arguments arguments, ref Result result) =>
            result.Long(Address.TryParseV4(arguments.Text(0), out Address address) ? address.V4 : null)),
        new("parse_ipv4_mask", [ColumnType.String, ColumnType.Long], ColumnType.Long, (in Arguments arguments, ref Result result) =>
            result.Long(TryV4(arguments, masked: true, out Address address) ? address.V4 : null)),
        new("ipv4_netmask_suffix", [ColumnType.String], ColumnType.Long, (in Arguments arguments, ref Result result) =>
            result.Long(Address.TryParseV4(arguments.Text(0), out Address address) ? address.V4Prefix : null)),
        new("ipv4_is_private", [ColumnType.String], ColumnType.Bool, IsPrivate),
        .. Format("format_ipv4", static address => Address.V4Text(address.V4)),
        .. Format("format_ipv4_mask", static address => string.Create(CultureInfo.InvariantCulture, $"{Address.V4Text(address.V4)}/{address.V4Prefix}")),
        new("ipv4_range_to_cidr_list", [ColumnType.String, ColumnType.String], ColumnType.Dynamic, ToRanges),
        new("parse_ipv6", [ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            result.Text(Address.TryParse(arguments.Text(0), out Address address) ? Address.V6Text(address.Network) : "")),
        new("parse_ipv6_mask", [ColumnType.String, ColumnType.Long], ColumnType.String, ParseV6Mask),
        .. Versions("compare", ColumnType.Long, static (Address one, Address other, ref Result result) => result.Long(one.Value.CompareTo(other.Value))),
        .. Versions("is_match", ColumnType.Bool, static (Address one, Address other, ref Result result) => result.Bool(one.Value == other.Value)),
        .. InRange(v4: true),
        .. InRange(v4: false),
    ];

    private static bool TryParse(ReadOnlySpan<byte> text, bool v4, out Address address) => v4 ? Address.TryParseV4(text, out address) : Address.TryParse(text, out address);

    // An IPv4 address as text or number with the shorter of its own prefix and the one given; masked: one has to be given.
    private static bool TryV4(in Arguments arguments, bool masked, out Address address) =>
        Address.TryParseV4(arguments.Text(0), out address) && TryShorten(arguments, 1, 32, masked, ref address);

    private static bool TryShorten(in Arguments arguments, int index, int most, bool masked, ref Address address)
    {
        if (arguments.Count <= index || arguments.IsNull(index))
        {
            return !masked;
        }

        long prefix = arguments.Long(index);
        address = address with { Prefix = (int)Math.Min(address.Prefix, Math.Clamp(prefix, 0, most) + 128 - most) };
        return prefix >= 0 && prefix <= most;
    }

    private static bool TryNumber(in Arguments arguments, out Address address)
    {
        address = Address.OfV4((uint)arguments.Long(0), 32);
        return !arguments.IsNull(0) && arguments.Long(0) is >= 0 and <= uint.MaxValue && TryShorten(arguments, 1, 32, masked: false, ref address);
    }

    private static IEnumerable<ScalarFunction> Format(string name, Func<Address, string> text) =>
    [
        new(name, [ColumnType.Long, ColumnType.Long], ColumnType.String, (in Arguments arguments, ref Result result) =>
            result.Text(TryNumber(arguments, out Address address) ? text(address) : "")) { Required = 1 },
        new(name, [ColumnType.String, ColumnType.Long], ColumnType.String, (in Arguments arguments, ref Result result) =>
            result.Text(TryV4(arguments, masked: false, out Address address) ? text(address) : "")) { Required = 1 },
    ];

    private static void IsPrivate(in Arguments arguments, ref Result result)
    {
        if (!Address.TryParseV4(arguments.Text(0), out Address address))
        {
            result.Null();
            return;
        }

        foreach ((uint network, int prefix) in Private)
        {
            if (address.V4 >> (32 - prefix) == network >> (32 - prefix))
            {
                result.Bool(true);
                return;
            }
        }

        result.Bool(false);
    }

    private static void ParseV6Mask(in Arguments arguments, ref Result result) =>
        result.Text(Address.TryParse(arguments.Text(0), out Address address) && TryShorten(arguments, 1, 128, masked: true, ref address)
            ? Address.V6Text(address.Network) : "");

    // Two addresses, both with the shortest of the prefixes given.
    private static IEnumerable<ScalarFunction> Versions(string name, ColumnType returns, Pair pair)
    {
        ColumnType[] types = [ColumnType.String, ColumnType.String, ColumnType.Long];
        return
        [
            new("ipv4_" + name, types, returns, (in Arguments arguments, ref Result result) => Compare(arguments, v4: true, pair, ref result)) { Required = 2 },
            new("ipv6_" + name, types, returns, (in Arguments arguments, ref Result result) => Compare(arguments, v4: false, pair, ref result)) { Required = 2 },
        ];
    }

    private static void Compare(in Arguments arguments, bool v4, Pair pair, ref Result result)
    {
        if (TryParse(arguments.Text(0), v4, out Address one) && TryParse(arguments.Text(1), v4, out Address other)
            && TryShorten(arguments, 2, v4 ? 32 : 128, masked: false, ref one))
        {
            int prefix = Math.Min(one.Prefix, other.Prefix);
            pair(new Address(Address.Masked(one.Value, prefix), prefix), new Address(Address.Masked(other.Value, prefix), prefix), ref result);
        }
        else
        {
            result.Null();
        }
    }

    private static IEnumerable<ScalarFunction> InRange(bool v4)
    {
        string name = v4 ? "ipv4_is_in" : "ipv6_is_in";
        ScalarBody one = (in Arguments arguments, ref Result result) => InRanges(arguments, v4, ref result);
        return
        [
            new(name + "_range", [ColumnType.String, ColumnType.String], ColumnType.Bool, one),
            new(name + "_any_range", [ColumnType.String, ColumnType.Dynamic], ColumnType.Bool, (in Arguments arguments, ref Result result) =>
            {
                ArgumentCache<AddressRanges> cache = (_ranges ??= new ArgumentCache<AddressRanges>?[2])[v4 ? 1 : 0] ??= new ArgumentCache<AddressRanges>(8, json => new AddressRanges(json, v4));
                AddressRanges ranges = cache.Of(arguments.Text(1), result.Row);
                bool isAddress = TryParse(arguments.Text(0), v4, out Address address);
                Give(isAddress && ranges.Contain(address), !isAddress || ranges.HasInvalid, ref result);
            }),
            new(name + "_any_range", [ColumnType.String, ColumnType.String], ColumnType.Bool, one) { Further = ColumnType.String },
        ];
    }

    private static void InRanges(in Arguments arguments, bool v4, ref Result result)
    {
        bool isInvalid = !TryParse(arguments.Text(0), v4, out Address address);
        for (int i = 1; i < arguments.Count && !isInvalid; i++)
        {
            if (!TryParse(arguments.Text(i), v4, out Address range))
            {
                isInvalid = true;
            }
            else if (Address.Masked(address.Network, range.Prefix) == range.Network)
            {
                result.Bool(true);
                return;
            }
        }

        Give(false, isInvalid, ref result);
    }

    private static void Give(bool value, bool isInvalid, ref Result result)
    {
        if (!value && isInvalid)
        {
            result.Null();
        }
        else
        {
            result.Bool(value);
        }
    }

    // The fewest ranges that are the addresses from one to another.
    private static void ToRanges(in Arguments arguments, ref Result result)
    {
        if (!Address.TryParseV4(arguments.Text(0), out Address first) || !Address.TryParseV4(arguments.Text(1), out Address last) || (uint)first.Value > (uint)last.Value)
        {
            result.Null();
            return;
        }

        var ranges = new List<string>();
        ulong end = (uint)last.Value;
        for (ulong at = (uint)first.Value; at <= end;)
        {
            int bits = at == 0 ? 32 : Math.Min(32, System.Numerics.BitOperations.TrailingZeroCount(at));
            while (at + (1ul << bits) - 1 > end)
            {
                bits--;
            }

            ranges.Add(string.Create(CultureInfo.InvariantCulture, $"{Address.V4Text((uint)at)}/{32 - bits}"));
            at += 1ul << bits;
        }

        JsonTexts.WriteArray(ref result, ranges);
    }
}
