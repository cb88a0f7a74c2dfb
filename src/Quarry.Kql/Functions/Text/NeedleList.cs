using System.Runtime.InteropServices;
using System.Text;

namespace Quarry.Kql.Functions.Text;

/// <summary>
/// Many needles that are searched for at once as whole terms. Every run of letters and digits in a needle is a whole term of a text that has
/// the needle, so each needle is filed under one of its terms, the one that the fewest others have, and the terms of a text are looked up:
/// a text costs its own length, however many needles there are.
/// </summary>
internal sealed class NeedleList
{
    // Up to here one search after another is quicker.
    private const int Few = 6;

    private readonly Needle[] _each;
    private readonly Dictionary<string, List<(string Needle, int Offset)>>? _byTerm;
    private readonly Dictionary<string, List<(string Needle, int Offset)>>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly HashSet<string> _whole;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _wholeLookup;
    private readonly Needle[] _withoutTerm = [];

    // The shapes of the terms that needles are filed under: most terms of a text are of none and need no hash.
    private readonly bool[] _shapes = new bool[64 * 128];

    /// <summary>Takes a dynamic array (or a single value) as JSON; nested arrays are flattened, nulls have no text and are left out.</summary>
    public NeedleList(byte[] json, bool ignoreCase)
    {
        List<string> texts = JsonTexts.Flatten(json);
        _each = [.. texts.Select(text => new Needle(Encoding.UTF8.GetBytes(text), ignoreCase: true, TermEdges.Both))];
        _whole = new HashSet<string>(texts, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        _wholeLookup = _whole.GetAlternateLookup<ReadOnlySpan<char>>();
        if (texts.Count > Few)
        {
            _withoutTerm = [.. texts.Where(text => !HasTerm(text)).Select(text => new Needle(Encoding.UTF8.GetBytes(text), ignoreCase: true, TermEdges.Both))];
            _byTerm = File(_whole.Where(HasTerm));
            _lookup = _byTerm.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (string term in _byTerm.Keys)
            {
                _shapes[Shape(term)] = true;
            }
        }
    }

    /// <summary>Whether a text is one of the list.</summary>
    public bool Contains(ReadOnlySpan<byte> text)
    {
        using var chars = new Utf16Text(text);
        return _wholeLookup.Contains(chars.Span);
    }

    /// <summary>Whether a text has every needle; true where there are none.</summary>
    public bool AllIn(ReadOnlySpan<byte> text)
    {
        foreach (Needle needle in _each)
        {
            if (!needle.IsIn(text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text has one of the needles.</summary>
    public bool AnyIn(ReadOnlySpan<byte> text)
    {
        foreach (Needle needle in _byTerm is null ? _each : _withoutTerm)
        {
            if (needle.IsIn(text))
            {
                return true;
            }
        }

        return _byTerm is not null && AnyTermIn(text);
    }

    // Length and first letter, case ignored; 0 stands for all first letters beyond ASCII.
    private static int Shape(ReadOnlySpan<char> term) => (Math.Min(term.Length, 63) * 128) + (term[0] < 128 ? term[0] | 0x20 : 0);

    private static bool HasTerm(string text) => NextTerm(text, 0).Length > 0;

    // The next term at or after a place; of length 0 where there is none.
    private static (int Start, int Length) NextTerm(ReadOnlySpan<char> text, int at)
    {
        int start = -1;
        for (int i = at; i < text.Length;)
        {
            int width;
            bool isTerm;
            if (char.IsAscii(text[i]))
            {
                (isTerm, width) = (char.IsAsciiLetterOrDigit(text[i]), 1);
            }
            else
            {
                isTerm = Rune.DecodeFromUtf16(text[i..], out Rune rune, out width) == System.Buffers.OperationStatus.Done && Rune.IsLetterOrDigit(rune);
            }

            if (isTerm && start < 0)
            {
                start = i;
            }
            else if (!isTerm && start >= 0)
            {
                return (start, i - start);
            }

            i += width;
        }

        return start < 0 ? (text.Length, 0) : (start, text.Length - start);
    }

    private static Dictionary<string, List<(string Needle, int Offset)>> File(IEnumerable<string> needles)
    {
        string[] all = [.. needles];
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (string needle in all)
        {
            foreach ((int start, int length) in Terms(needle))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, needle.Substring(start, length), out _)++;
            }
        }

        var filed = new Dictionary<string, List<(string Needle, int Offset)>>(StringComparer.OrdinalIgnoreCase);
        foreach (string needle in all)
        {
            (int start, int length) = Terms(needle).OrderBy(term => counts[needle.Substring(term.Start, term.Length)]).ThenByDescending(term => term.Length).First();
            ref List<(string, int)>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(filed, needle.Substring(start, length), out _);
            (list ??= []).Add((needle, start));
        }

        return filed;
    }

    private static IEnumerable<(int Start, int Length)> Terms(string needle)
    {
        for ((int start, int length) = NextTerm(needle, 0); length > 0; (start, length) = NextTerm(needle, start + length))
        {
            yield return (start, length);
        }
    }

    private bool AnyTermIn(ReadOnlySpan<byte> utf8)
    {
        using var chars = new Utf16Text(utf8);
        ReadOnlySpan<char> text = chars.Span;
        for ((int start, int length) = NextTerm(text, 0); length > 0; (start, length) = NextTerm(text, start + length))
        {
            if (_shapes[Shape(text.Slice(start, length))] && _lookup.TryGetValue(text.Slice(start, length), out List<(string Needle, int Offset)>? needles))
            {
                foreach ((string needle, int offset) in needles)
                {
                    if (IsAt(text, start - offset, needle))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool IsAt(ReadOnlySpan<char> text, int start, string needle) =>
        start >= 0 && start + needle.Length <= text.Length
        && text.Slice(start, needle.Length).Equals(needle, StringComparison.OrdinalIgnoreCase)
        && (!TermEdge.StartsInTerm(needle) || !TermEdge.EndsInTerm(text[..start]))
        && (!TermEdge.EndsInTerm(needle) || !TermEdge.StartsInTerm(text[(start + needle.Length)..]));
}
