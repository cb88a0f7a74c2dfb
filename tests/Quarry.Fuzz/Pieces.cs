using System.Text;

namespace Quarry.Fuzz;

/// <summary>What the inputs are made of.</summary>
internal static class Pieces
{
    private static readonly string[] Alphabets =
    [
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        "0123456789abcdef", "0123456789ABCDEF", "0123456789.", "0123456789abcdef:", "a.", "ab.-_@", "[](){}.", "%2Ff0",
        "<>='\"/ decoded", "\\/:.ab", "0123456789,x ", "A=", "hxtps:/[]", "\r\n\tAQ=",
    ];

    private static readonly string[] Words =
    [
        "Get-Process", "the", "quick", "brown", "fox", "http://example.com/a", "Write-Output", "$x = 1;", "jumps", "over",
        "lazy", "dog", "C:\\Windows\\System32", "if ($?) { exit }", "10.0.0.1", "echo", "user@example.org", "größe", "日本",
    ];

    /// <summary>Bytes of one kind: any, printable, or of one small alphabet.</summary>
    public static byte[] Noise(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(most + 1)];
        int kind = random.Next(Alphabets.Length + 2);
        if (kind >= Alphabets.Length)
        {
            random.NextBytes(bytes);
            return kind == Alphabets.Length ? bytes : Array.ConvertAll(bytes, b => (byte)(32 + (b % 95)));
        }

        string alphabet = Alphabets[kind];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)alphabet[random.Next(alphabet.Length)];
        }

        return bytes;
    }

    /// <summary>Text that a reader takes for text.</summary>
    public static string Prose(Random random, int leastWords, int mostWords)
    {
        var text = new StringBuilder();
        for (int left = random.Next(leastWords, mostWords + 1); left > 0; left--)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(9) == 0 ? "\r\n" : " ");
        }

        return text.ToString();
    }

    /// <summary>One of the choices.</summary>
    public static T Pick<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];
}
