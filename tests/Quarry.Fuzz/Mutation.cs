namespace Quarry.Fuzz;

/// <summary>Damages an input the way that transport, loggers and attackers do.</summary>
internal static class Mutation
{
    private static readonly byte[][] Tokens =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xF0, 0x9F, 0x92], "\r\n"u8.ToArray(),
        "="u8.ToArray(), "=="u8.ToArray(), "'"u8.ToArray(), "\""u8.ToArray(), "<decoded"u8.ToArray(), "</decoded>"u8.ToArray(),
        "://"u8.ToArray(), "[.]"u8.ToArray(), "@"u8.ToArray(), "%"u8.ToArray(), "%00"u8.ToArray(), "\\"u8.ToArray(),
        "::"u8.ToArray(), "."u8.ToArray(), "..."u8.ToArray(), "("u8.ToArray(), "]"u8.ToArray(), "\u202E"u8.ToArray(),
        "\u3002"u8.ToArray(), "xn--"u8.ToArray(), "-enc "u8.ToArray(), "0x"u8.ToArray(), "[char]"u8.ToArray(),
    ];

    /// <summary>The input after up to eight small damages.</summary>
    public static byte[] Apply(Random random, byte[] input)
    {
        var bytes = new List<byte>(input);
        for (int left = random.Next(1, 9); left > 0; left--)
        {
            Damage(random, bytes);
        }

        return [.. bytes];
    }

    private static void Damage(Random random, List<byte> bytes)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(bytes.Count - at, random.Next(1, 24));
        switch (random.Next(8))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4 when bytes.Count > 8 && random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when length > 0:
                bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(1, 400)));
                break;
            default:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }
}
