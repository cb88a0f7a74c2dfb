using System.Text;
using Quarry.Decoding;

namespace Quarry.Fuzz;

/// <summary>
/// What is surely there must be found. The input is not a text but the start of a sequence, from which a text is made
/// whose contents are known: that way one that fails can be had again like any other.
/// </summary>
internal static class HiddenCheck
{
    /// <summary>The start of a sequence.</summary>
    public static byte[] Generate(Random random) => BitConverter.GetBytes(random.Next());

    /// <summary>Makes the text and looks for what is in it.</summary>
    /// <exception cref="BrokenInvariantException">Something was not found.</exception>
    public static long Run(byte[] input)
    {
        var random = new Random(input.Length >= 4 ? BitConverter.ToInt32(input) : 0);
        return FindsNestedText(random) + FindsIndicators(random);
    }

    private static long FindsNestedText(Random random)
    {
        string content = "Write-Output 'hidden'; " + Pieces.Prose(random, 6, 20);
        string text = content;
        int depth = random.Next(1, 6);
        for (int level = 0; level < depth; level++)
        {
            bool asCommand = random.Next(4) == 0;
            Wrapping.Packing packing = random.Pick(Enum.GetValues<Wrapping.Packing>());
            string hidden = asCommand
                ? Wrapping.EncodedCommand(random, text)
                : Wrapping.Announce(random, packing, Wrapping.Pack(random, packing, Encoding.UTF8.GetBytes(text)));
            text = $"{Pieces.Prose(random, 0, 5)}\n{hidden}\n";
        }

        UnpackResult result = DecodeCheck.Unpack(Encoding.UTF8.GetBytes(text));

        BrokenInvariantException.Require(
            result.Layers.Any(layer => layer.DecodedString == content),
            $"hidden {depth} deep and not found: {content}\nin: {text}");
        return text.Length;
    }

    private static long FindsIndicators(Random random)
    {
        (string Type, string Text)[] certain = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => IndicatorInputs.Certain(random))];
        string separator = random.Pick(" ", ", ", "\n", "; ", " | ", "\t", "\" \"", "> <");
        byte[] text = Encoding.UTF8.GetBytes(string.Join(separator, certain.Select(indicator => indicator.Text)));

        HashSet<(string, string)> found = [.. IndicatorCheck.Extract(text).Select(f => (f.Type, f.Observable))];

        foreach ((string type, string indicator) in certain)
        {
            BrokenInvariantException.Require(
                found.Contains((type, indicator)),
                $"{type} {indicator} was not found in: {Encoding.UTF8.GetString(text)}");
        }

        return text.Length;
    }
}
