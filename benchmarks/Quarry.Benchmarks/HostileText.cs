using System.Text;
using Quarry.Decoding;
using Quarry.Indicators;

namespace Quarry.Benchmarks;

/// <summary>One megabyte of each text that makes a careless scanner quadratic; doubled, it may take twice the time.</summary>
internal static class HostileText
{
    private const int Size = 1 << 20;

    public static void Run()
    {
        (string Name, string Unit)[] texts =
        [
            .. Enumerable.Range(0, 128).Select(c => ($"character {c}", ((char)c).ToString())),
            ("digits and dots", "1.23.4.56.789."), ("a.", "a."), ("base64 alphabet", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
            ("open brackets", "[({<"), ("http://", "http://"), ("hxxp[:]//", "hxxp[:]//"), ("a@", "a@"), ("a[.]", "a[.]"), ("1:", "1:"), ("%41", "%41"),
            ("\\x41", "\\x41"), ("0x41,", "0x41,"), ("[char]65+", "[char]65+"), ("-e ", "-e "), ("C:\\a", "C:\\a"), ("/a", "/a"), ("é", "é"), ("。", "。"),
            ("base64 lines", Convert.ToBase64String(new byte[57]) + "\n"), ("FromBase64String('", "FromBase64String('"),
        ];
        Time("warm", Size, text => Base64Unpacker.Unpack(text));
        Console.WriteLine($"hostile text: {texts.Length} texts of 1 MiB, seconds for the slowest");
        Slowest("iocs, default types", texts, text => new IndicatorExtractor().Scan(text, [0, text.Length], new Nothing()));
        var every = new IndicatorExtractor(new IndicatorOptions { Types = IndicatorTypes.All });
        Slowest("iocs, every type", texts, text => every.Scan(text, [0, text.Length], new Nothing()));
        Slowest("decode", texts, text => Base64Unpacker.Unpack(text));
    }

    private static void Slowest(string what, (string Name, string Unit)[] texts, Action<byte[]> work)
    {
        (string Name, double Seconds, double Growth) slowest = texts
            .Select(t => (t.Name, One: Time(t.Unit, Size, work), Two: Time(t.Unit, 2 * Size, work)))
            .Select(t => (t.Name, t.One, t.Two / t.One)).MaxBy(t => t.One);
        Measure.Print($"{what}: {slowest.Name}", slowest.Seconds, "s", "wanted under 0.1");
        Measure.Print($"{what}: the same text of 2 MiB takes", slowest.Growth, "times", "linear: 2");
    }

    private static double Time(string unit, int size, Action<byte[]> work)
    {
        byte[] one = Encoding.UTF8.GetBytes(unit);
        byte[] text = new byte[size];
        for (int i = 0; i < size; i++)
        {
            text[i] = one[i % one.Length];
        }

        return Measure.Seconds(() => work(text), runs: 3, warmUp: 0);
    }

    private sealed class Nothing : IIndicatorSink
    {
        public void Add(in IndicatorMatch match)
        {
        }
    }
}
