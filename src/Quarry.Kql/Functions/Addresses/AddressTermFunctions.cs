using System.Text;
using Quarry.Kql.Functions.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Addresses;

/// <summary>
/// IPv4 addresses in texts: an address counts that has no letter or digit beside it. A prefix is an address, or one to three numbers of one with
/// a dot behind each; what is neither is in no text.
/// </summary>
internal static class AddressTermFunctions
{
    [ThreadStatic]
    private static ArgumentCache<HashSet<ulong>>?[]? _prefixes;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        One("has_ipv4", ofPrefixes: false),
        One("has_ipv4_prefix", ofPrefixes: true),
        .. Any("has_any_ipv4", ofPrefixes: false),
        .. Any("has_any_ipv4_prefix", ofPrefixes: true),
    ];

    private static ScalarFunction One(string name, bool ofPrefixes) =>
        new(name, [ColumnType.String, ColumnType.String], ColumnType.Bool, (in Arguments arguments, ref Result result) => Find(arguments, ofPrefixes, ref result));

    private static IEnumerable<ScalarFunction> Any(string name, bool ofPrefixes) =>
    [
        new(name, [ColumnType.String, ColumnType.Dynamic], ColumnType.Bool, (in Arguments arguments, ref Result result) =>
        {
            ArgumentCache<HashSet<ulong>> cache = (_prefixes ??= new ArgumentCache<HashSet<ulong>>?[2])[ofPrefixes ? 1 : 0]
                ??= new ArgumentCache<HashSet<ulong>>(8, json => [.. JsonTexts.Flatten(json).Select(text => KeyOf(Encoding.UTF8.GetBytes(text), ofPrefixes)).Where(key => key != 0)]);
            result.Bool(IsIn(arguments.Text(0), cache.Of(arguments.Text(1), result.Row)));
        }),
        One(name, ofPrefixes) with { Further = ColumnType.String },
    ];

    private static void Find(in Arguments arguments, bool ofPrefixes, ref Result result)
    {
        var wanted = new HashSet<ulong>();
        for (int i = 1; i < arguments.Count; i++)
        {
            wanted.Add(KeyOf(arguments.Text(i), ofPrefixes));
        }

        wanted.Remove(0);
        result.Bool(wanted.Count > 0 && IsIn(arguments.Text(0), wanted));
    }

    // The numbers of a prefix and how many there are; 0 for what is none.
    private static ulong KeyOf(ReadOnlySpan<byte> text, bool ofPrefixes)
    {
        if (Address.TryOctets(text, 4, out uint value, out int length) && length == text.Length)
        {
            return Key(value, 4);
        }

        for (int count = 1; count < 4 && ofPrefixes; count++)
        {
            if (Address.TryOctets(text, count, out value, out length) && length == text.Length - 1 && text[length] == '.')
            {
                return Key(value, count);
            }
        }

        return 0;
    }

    private static ulong Key(uint address, int count) => ((ulong)count << 32) | (address & (uint)(0xFFFFFFFFul << (32 - (8 * count))));

    private static bool IsIn(ReadOnlySpan<byte> text, HashSet<ulong> wanted)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit((char)text[at]) || TermEdge.EndsInTerm(text[..at]))
            {
                continue;
            }

            if (Address.TryOctets(text[at..], 4, out uint value, out int length) && !TermEdge.StartsInTerm(text[(at + length)..]))
            {
                for (int count = 1; count <= 4; count++)
                {
                    if (wanted.Contains(Key(value, count)))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
