using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Quarry.Indicators;

/// <summary>
/// The top-level domains that a name must end in to count as a domain: a list within the library, never fetched, so that
/// results do not depend on time and place. <c>eng/refresh-tlds.cs</c> writes a newer one.
/// </summary>
public static partial class TopLevelDomains
{
    private const int LongestLabel = 63;

    private static readonly WordSet Labels = new(List);

    // One bit for each way in which a label can begin: three letters, or two letters and the end.
    private static readonly uint[] Beginnings = CollectBeginnings();

    /// <summary>The day of the list.</summary>
    public static DateOnly Date { get; } = new(ListYear, ListMonth, ListDay);

    /// <summary>Where the list is from.</summary>
    public static string Origin => ListOrigin;

    /// <summary>The number of labels, internationalised ones counted in both forms.</summary>
    public static int Count => Labels.Count;

    /// <summary>Whether a label, in UTF-8, of any case, in Unicode or in <c>xn--</c> form, is a top-level domain.</summary>
    public static bool Contains(ReadOnlySpan<byte> label)
    {
        if (label.Length is < 2 or > LongestLabel * 4)
        {
            return false;
        }

        return System.Text.Ascii.IsValid(label) ? Labels.Contains(label) : ContainsUnicode(label);
    }

    /// <summary>
    /// Whether the label that begins at a position can be a top-level domain, by its first three characters: a quick no for
    /// the extensions of files. Labels beyond ASCII always can.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool MayBegin(ReadOnlySpan<byte> row, int position)
    {
        uint first = row[position], second = Bytes.At(row, position + 1), third = Bytes.At(row, position + 2);
        uint index = ((first & 31) << 5) | (second & 31);
        bool isLetter = (third | 0x20) - 'a' <= 'z' - 'a';
        uint end = isLetter ? third & 31 : Bytes.IsHost((byte)third) ? 31u : 0;
        return ((Beginnings[index] >> (int)end) & 1) != 0 || ((first | second | third) & 0x80) != 0;
    }

    /// <summary>The labels, in lower case, in the order of their code points.</summary>
    internal static string[] AllLabels() => List.Split(' ');

    private static uint[] CollectBeginnings()
    {
        uint[] beginnings = new uint[32 * 32];
        foreach (string label in AllLabels())
        {
            if (char.IsAsciiLetter(label[0]) && char.IsAsciiLetter(label[1]))
            {
                int end = label.Length == 2 ? 0 : char.IsAsciiLetter(label[2]) ? label[2] & 31 : 31;
                beginnings[((label[0] & 31) << 5) | (label[1] & 31)] |= 1u << end;
            }
        }

        return beginnings;
    }

    private static bool ContainsUnicode(ReadOnlySpan<byte> label)
    {
        // Lower case can take more bytes than upper case: three for one is the worst that Unicode has.
        Span<byte> lower = stackalloc byte[label.Length * 3];
        int length = 0;
        while (!label.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(label, out Rune rune, out int consumed) != OperationStatus.Done)
            {
                return false;
            }

            length += Rune.ToLowerInvariant(rune).EncodeToUtf8(lower[length..]);
            label = label[consumed..];
        }

        return Labels.Contains(lower[..length]);
    }
}
