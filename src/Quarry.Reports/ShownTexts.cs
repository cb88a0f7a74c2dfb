using System.Buffers;
using System.Text;
using Quarry.Indicators;
using Quarry.Tables;

namespace Quarry.Reports;

/// <summary>
/// How texts look in a report: indicators of the network defanged, so that nothing can be followed, and characters visible
/// that hide. The text itself is kept beside it, to be copied.
/// </summary>
internal static class ShownTexts
{
    private const int LongestScheme = 24;
    private const int MostSearched = 200;

    private static readonly SearchValues<char> Unsafe =
        SearchValues.Create([.. Enumerable.Range(0, char.MaxValue).Where(c => VisibleText.IsUnsafe(c)).Select(c => (char)c)]);

    private static readonly IndicatorExtractor Extractor = new(new IndicatorOptions { Types = ["ipv4", "ipv6", "dns", "url", "email", "cidr"] });

    /// <summary>A text as it is shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepLines">Whether line breaks and tabs stay.</param>
    public static string Show(string text, bool keepLines = false)
    {
        IReadOnlyList<ShownPatch> patches = Patches([text], keepLines)[0];
        var shown = new StringBuilder();
        int at = 0;
        foreach (ShownPatch patch in patches)
        {
            shown.Append(text, at, patch.Position - at).Append(patch.Text);
            at = patch.Position + patch.Length;
        }

        return shown.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>What is changed in each of some texts to show it, in the order of the text.</summary>
    public static IReadOnlyList<ShownPatch>[] Patches(IReadOnlyList<string> texts, bool keepLines = false)
    {
        byte[][] utf8 = [.. texts.Select(Encoding.UTF8.GetBytes)];
        int[] offsets = new int[texts.Count + 1];
        for (int i = 0; i < utf8.Length; i++)
        {
            offsets[i + 1] = offsets[i] + utf8[i].Length;
        }

        byte[] buffer = new byte[offsets[^1]];
        for (int i = 0; i < utf8.Length; i++)
        {
            utf8[i].CopyTo(buffer, offsets[i]);
        }

        var found = new FoundTexts(buffer, offsets);
        Extractor.Scan(buffer, offsets, found);
        return [.. texts.Select((text, i) => Patches(text, found.Of(i), keepLines))];
    }

    private static IReadOnlyList<ShownPatch> Patches(string text, IReadOnlyList<string> indicators, bool keepLines)
    {
        if (indicators.Count == 0 && !text.Contains("://", StringComparison.Ordinal) && !text.AsSpan().ContainsAny(Unsafe))
        {
            return [];
        }

        var patches = new List<ShownPatch>();

        // The extractor names an indicator once; here every place counts. Looking for thousands in one text would take the
        // product of both: there, every dot and at sign inside a word is defanged.
        if (indicators.Count > MostSearched)
        {
            AddSeparators(text, patches);
        }

        foreach (string indicator in indicators.Count > MostSearched ? [] : indicators)
        {
            for (int at = text.IndexOf(indicator, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(indicator, at + indicator.Length, StringComparison.OrdinalIgnoreCase))
            {
                patches.Add(new ShownPatch(at, indicator.Length, Defanging.Defang(text.Substring(at, indicator.Length))));
            }
        }

        AddSchemes(text, patches);
        List<ShownPatch> kept = WithoutOverlaps(patches);
        AddEscapes(text, kept, keepLines);
        return kept;
    }

    private static void AddSeparators(string text, List<ShownPatch> patches)
    {
        for (int at = text.AsSpan().IndexOfAny('.', '@'); at >= 0 && at + 1 < text.Length;)
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]))
            {
                patches.Add(new ShownPatch(at, 1, text[at] == '.' ? "[.]" : "[at]"));
            }

            int next = text.AsSpan(at + 1).IndexOfAny('.', '@');
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    // A URL that is no indicator (of a host without a name that could be registered) is not to be followed either.
    private static void AddSchemes(string text, List<ShownPatch> patches)
    {
        for (int at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            int first = at;
            while (first > 0 && at - first < LongestScheme && (char.IsAsciiLetterOrDigit(text[first - 1]) || text[first - 1] is '+' or '-' or '.'))
            {
                first--;
            }

            patches.Add(new ShownPatch(first, at + 3 - first, Defanging.Defang(text[first..(at + 3)])));
        }
    }

    private static List<ShownPatch> WithoutOverlaps(List<ShownPatch> patches)
    {
        var kept = new List<ShownPatch>();
        int end = 0;
        foreach (ShownPatch patch in patches.OrderBy(patch => patch.Position).ThenByDescending(patch => patch.Length))
        {
            if (patch.Position >= end)
            {
                kept.Add(patch);
                end = patch.Position + patch.Length;
            }
        }

        return kept;
    }

    private static void AddEscapes(string text, List<ShownPatch> patches, bool keepLines)
    {
        int count = patches.Count;
        for (int i = 0; i < count; i++)
        {
            patches[i] = patches[i] with { Text = VisibleText.Escape(patches[i].Text) };
        }

        int next = 0, end = 0;
        for (int at = 0; at < text.Length; at++)
        {
            while (next < count && patches[next].Position <= at)
            {
                end = patches[next].Position + patches[next].Length;
                next++;
            }

            if (at >= end && VisibleText.IsUnsafe(text[at]) && !(keepLines && (text[at] is '\n' or '\t')))
            {
                patches.Add(new ShownPatch(at, 1, VisibleText.EscapeOf(text[at])));
            }
        }

        if (patches.Count > count)
        {
            patches.Sort((a, b) => a.Position.CompareTo(b.Position));
        }

        patches.RemoveAll(patch => string.CompareOrdinal(text, patch.Position, patch.Text, 0, Math.Max(patch.Length, patch.Text.Length)) == 0);
    }

    private sealed class FoundTexts(byte[] buffer, int[] offsets) : IIndicatorSink
    {
        private readonly Dictionary<int, List<string>> _found = [];

        public IReadOnlyList<string> Of(int row) => _found.TryGetValue(row, out List<string>? texts) ? texts : [];

        public void Add(in IndicatorMatch match)
        {
            if (!_found.TryGetValue(match.Row, out List<string>? texts))
            {
                _found[match.Row] = texts = [];
            }

            texts.Add(Encoding.UTF8.GetString(buffer, offsets[match.Row] + match.Offset, match.Length));
        }
    }
}
