using System.Text;

namespace Quarry.Fuzz;

/// <summary>Texts in which something is encoded, to several levels, most of them then damaged.</summary>
internal static class EncodedInputs
{
    /// <summary>An input from a sequence.</summary>
    public static byte[] Generate(Random random)
    {
        byte[] input = random.Next(5) == 0 ? Pieces.Noise(random, 4000) : Nested(random);
        return random.Next(5) < 3 ? Mutation.Apply(random, input) : input;
    }

    private static byte[] Nested(Random random)
    {
        byte[] content = random.Next(3) == 0 ? Pieces.Noise(random, 300) : Encoding.UTF8.GetBytes(Pieces.Prose(random, 1, 30));
        for (int depth = random.Next(1, 7); depth > 0 && content.Length < 20_000; depth--)
        {
            content = Surround(random, content);
        }

        return content;
    }

    private static byte[] Surround(Random random, byte[] content)
    {
        Wrapping.Packing packing = random.Next(2) == 0 ? Wrapping.Packing.None : random.Pick(Enum.GetValues<Wrapping.Packing>());
        byte[] bytes = Wrapping.Pack(random, packing, content);
        if (random.Next(8) == 0)
        {
            // The bytes are damaged, not their spelling: broken archives.
            bytes = Mutation.Apply(random, bytes);
        }

        string text = random.Next(3) switch
        {
            0 => Wrapping.Spell(random, bytes),
            1 => Wrapping.EncodedCommand(random, Encoding.UTF8.GetString(content)),
            _ => Wrapping.Announce(random, packing, bytes),
        };
        string before = random.Next(2) == 0 ? "" : Pieces.Prose(random, 0, 6);
        string after = random.Next(2) == 0 ? "" : Pieces.Prose(random, 0, 6);
        string beside = random.Next(4) == 0 ? Wrapping.Spell(random, Pieces.Noise(random, 120)) : "";
        byte[] whole = Encoding.UTF8.GetBytes($"{before}{text}{(beside.Length > 0 ? " " : "")}{beside} {after}");
        return random.Next(12) == 0 ? Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(whole)) : whole;
    }
}
