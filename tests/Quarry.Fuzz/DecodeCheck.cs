using Quarry.Decoding;
using static Quarry.Fuzz.BrokenInvariantException;

namespace Quarry.Fuzz;

/// <summary>Decodes an input twice and checks what must hold for every text.</summary>
internal static class DecodeCheck
{
    // Memory must follow from the limits, not from what the input claims.
    private const long MostAllocated = 256 << 20;

    private static readonly DecodeOptions[] Options =
    [
        new() { MaxExpandedBytes = 4 << 20, MaxLayerBytes = 2 << 20 },
        new() { MaxExpandedBytes = 100_000, MaxLayerBytes = 5_000, MaxLayers = 6, MaxDepth = 2, MaxRatio = 3 },
        new() { MaxExpandedBytes = 4 << 20, ReportWeak = true, MinimumRun = 8, MinimumRunInContext = 4 },
    ];

    /// <summary>Decodes a text with the defaults.</summary>
    public static UnpackResult Unpack(byte[] text) => Base64Unpacker.Unpack(text, DecodeOptions.Default);

    /// <summary>Checks a text; returns the bytes worked on.</summary>
    /// <exception cref="BrokenInvariantException">Something does not hold.</exception>
    public static long Run(byte[] text)
    {
        DecodeOptions options = Options[text.Length % Options.Length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        UnpackResult result = Base64Unpacker.Unpack(text, options);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Require(allocated <= MostAllocated, $"allocated {allocated} bytes");

        UnpackResult again = Base64Unpacker.Unpack(text, options);
        SameTwice(result, again);
        WithinLimits(result, options);
        ReferencesAreUnique(result);
        RunsStandWhereTheySay(text, result);
        TheRestIsUnchanged(text, result);
        return 2L * text.Length;
    }

    private static void SameTwice(UnpackResult first, UnpackResult second)
    {
        Require(first.AnnotatedUtf8.Span.SequenceEqual(second.AnnotatedUtf8.Span), "the annotated text differs in a second run");
        Require(first.Layers.Count == second.Layers.Count, "the number of layers differs in a second run");
        for (int i = 0; i < first.Layers.Count; i++)
        {
            DecodedLayer a = first.Layers[i];
            DecodedLayer b = second.Layers[i];
            Require(
                a.Reference == b.Reference && a.Offset == b.Offset && a.Length == b.Length && a.Codec == b.Codec
                    && a.FileType == b.FileType && a.StoppedBy == b.StoppedBy && a.Bytes.Span.SequenceEqual(b.Bytes.Span),
                $"layer {a.Reference} differs in a second run");
        }
    }

    private static void WithinLimits(UnpackResult result, DecodeOptions options)
    {
        Require(result.Layers.Count <= options.MaxLayers, $"{result.Layers.Count} layers");
        long total = 0;
        foreach (DecodedLayer layer in result.Layers)
        {
            Require(layer.Bytes.Length <= options.MaxLayerBytes, $"layer {layer.Reference} ({layer.Codec}) has {layer.Bytes.Length} bytes, stopped by {layer.StoppedBy}");
            total += layer.Bytes.Length;
        }

        Require(total <= options.MaxExpandedBytes, $"{total} bytes in all layers");
    }

    private static void ReferencesAreUnique(UnpackResult result)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (DecodedLayer layer in result.Layers)
        {
            Require(seen.Add(layer.Reference), $"reference {layer.Reference} occurs twice");
            Require(layer.Depth == layer.Reference.Split('.').Length, $"layer {layer.Reference} has depth {layer.Depth}");
            Require(
                layer.ParentReference is null
                    || layer.Reference.StartsWith(layer.ParentReference + ".", StringComparison.Ordinal),
                $"layer {layer.Reference} has the parent {layer.ParentReference}");
        }
    }

    private static void RunsStandWhereTheySay(byte[] text, UnpackResult result)
    {
        var byReference = result.Layers.ToDictionary(layer => layer.Reference, StringComparer.Ordinal);
        foreach (DecodedLayer layer in result.Layers)
        {
            Require(layer.Offset >= 0 && layer.Length >= 0, $"layer {layer.Reference} is at {layer.Offset}, {layer.Length} bytes");
            ReadOnlyMemory<byte> parent = layer.ParentReference is null ? text
                : byReference.TryGetValue(layer.ParentReference, out DecodedLayer? above) ? above.DecodedUtf8
                : default;
            if (layer.Length == 0 || parent.IsEmpty)
            {
                continue;
            }

            Require(layer.Offset + layer.Length <= parent.Length, $"layer {layer.Reference} ends behind its parent's text");
            string run = System.Text.Encoding.UTF8.GetString(parent.Span.Slice(layer.Offset, layer.Length));
            Require(run == layer.OriginalString, $"layer {layer.Reference} does not stand at its offset");
        }
    }

    private static void TheRestIsUnchanged(byte[] text, UnpackResult result)
    {
        ReadOnlySpan<byte> annotated = result.AnnotatedUtf8.Span;
        if (result.Layers.Count == 0)
        {
            Require(annotated.SequenceEqual(text), "nothing was decoded, yet the text is changed");
            return;
        }

        var recorded = result.Layers.Select(layer => layer.Reference).ToHashSet(StringComparer.Ordinal);
        (int Offset, int Length)[] runs = [.. result.Layers
            .Where(layer => StandsInTheInput(layer, recorded) && layer.Length > 0)
            .Select(layer => (layer.Offset, layer.Length))
            .Distinct()
            .OrderBy(run => run.Offset)];
        int at = 0;
        int end = 0;
        foreach ((int offset, int length) in runs)
        {
            Require(offset >= end, $"two runs overlap at {offset}");
            foreach (Range piece in Untouched(text, end, offset, runs))
            {
                ReadOnlySpan<byte> bytes = text.AsSpan(piece);
                int found = piece.Start.Value == 0 ? (annotated.StartsWith(bytes) ? 0 : -1) : annotated[at..].IndexOf(bytes);
                Require(found >= 0, $"the text in {piece} is changed");

                // Payload may hold the same words: the leftmost place leaves the most room for the rest, so the search is exact.
                at += found + bytes.Length;
            }

            end = offset + length;
        }

        Range last = Untouched(text, end, text.Length, runs)[^1];
        Require(annotated[at..].EndsWith(text.AsSpan(last)), $"the text in {last} is changed");
    }

    // A run that equals an earlier one is replaced like it without a record of its own: the text is surely as it was only
    // before the first place and behind the last where one can stand.
    private static Range[] Untouched(byte[] text, int start, int end, (int Offset, int Length)[] runs)
    {
        ReadOnlySpan<byte> gap = text.AsSpan(start, end - start);
        int first = end;
        int last = start;
        foreach ((int offset, int length) in runs.Where(run => run.Offset < start))
        {
            ReadOnlySpan<byte> run = text.AsSpan(offset, length);
            int found = gap.IndexOf(run);
            if (found >= 0)
            {
                first = Math.Min(first, start + found);
                last = Math.Max(last, start + gap.LastIndexOf(run) + length);
            }
        }

        return first == end ? [start..end] : [start..first, last..end];
    }

    // The element of an archive with several files has no record; its files tell where it stood.
    private static bool StandsInTheInput(DecodedLayer layer, HashSet<string> recorded) =>
        layer.ParentReference is null || (layer.Depth == 2 && !recorded.Contains(layer.ParentReference));
}
