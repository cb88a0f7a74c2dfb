using Quarry.Decoding;

namespace Quarry.Tests.Decoding;

public sealed class EncodedScannerTests
{
    [Fact]
    public void Finds_what_the_obvious_loop_finds_in_random_text()
    {
        var random = new Random(11);
        string[] parts = ["-e", "/E", "b64", "e64", "atob(", "chr(", "fromCharCode(", "[char]", "[char[]]", "\\x41\\x42", "0x41,0x4, 0x42", "%4", "\\xg\\x", "%41%42", "a\0b\0", "–enc", " ", "\n", "..", "=", "é", "\0\0\0"];
        for (int round = 0; round < 3000; round++)
        {
            var text = new List<byte>();
            int pieces = random.Next(1, 30);
            for (int i = 0; i < pieces; i++)
            {
                text.AddRange(random.Next(3) == 0
                    ? Enumerable.Range(0, random.Next(1, 80)).Select(_ => (byte)"ABCabc019+/-_"[random.Next(13)])
                    : Encode.Utf8(parts[random.Next(parts.Length)]));
            }

            byte[] bytes = [.. text];
            int minimum = random.Next(8, 100);

            (HashSet<int> anchors, HashSet<int> runs) = Scan(bytes, minimum);

            anchors.ShouldBe(SlowAnchors(bytes), ignoreOrder: true);
            runs.ShouldBe(SlowRuns(bytes, minimum), ignoreOrder: true);
        }
    }

    /// <summary>The anchors, and the runs by where they begin.</summary>
    private static (HashSet<int> Anchors, HashSet<int> Runs) Scan(byte[] text, int minimum)
    {
        var anchors = new HashSet<int>();
        var runs = new HashSet<int>();
        var scanner = new EncodedScanner(text, minimum);
        while (scanner.MoveNext())
        {
            if (scanner.IsRun)
            {
                runs.Add(Base64Text.RunStart(text, scanner.Position, 0));
            }
            else
            {
                anchors.Add(scanner.Position).ShouldBeTrue();
            }
        }

        return (anchors, runs);
    }

    private static List<int> SlowRuns(byte[] text, int minimum)
    {
        var runs = new List<int>();
        for (int i = 0; i < text.Length; i++)
        {
            int end = i;
            while (end < text.Length && Base64Text.ClassOf(text[end]) != Base64Text.Classes.None)
            {
                end++;
            }

            if (end - i >= minimum)
            {
                runs.Add(i);
            }

            i = end;
        }

        return runs;
    }

    private static bool IsHexDigit(char c) => char.IsAsciiHexDigit(c);

    private static List<int> SlowAnchors(byte[] text)
    {
        var anchors = new List<int>();
        for (int i = 0; i < text.Length; i++)
        {
            char At(int offset) => i + offset < text.Length ? (char)text[i + offset] : ' ';
            char Low(int offset) => char.ToLowerInvariant(At(offset));
            bool isDash = At(0) is '-' or '/' or '\u0093' or '\u0094' or '\u0095';
            bool endsSwitch = Low(2) is 'n' or 'c' || " \t\r\n:=\"'\\\u00C2".Contains(At(2));
            if ((isDash && Low(1) == 'e' && endsSwitch)
                || ((Low(0) is 'e' or 'b') && At(1) == '6' && At(2) == '4')
                || ((Low(0) is 'e' or 'b' or 'r') && At(1) == '(')
                || (Low(0) == 'r' && (At(1) is '[' or ']'))
                || (At(0) == '\\' && Low(1) == 'x' && IsHexDigit(At(2)) && At(4) == '\\')
                || (At(0) == ',' && At(1) == '0' && Low(2) == 'x')
                || (At(0) == ',' && At(1) == ' ' && At(2) == '0' && Low(3) == 'x')
                || (At(0) == '%' && IsHexDigit(At(1)) && IsHexDigit(At(2)) && At(3) == '%')
                || (At(0) == '\0' && At(1) != '\0' && At(2) == '\0'))
            {
                anchors.Add(i);
            }
        }

        return anchors;
    }
}
