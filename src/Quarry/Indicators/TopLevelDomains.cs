using System.Buffers;
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
