using System.Diagnostics;
using System.Globalization;

namespace Quarry.Fuzz;

/// <summary>A piece repeated to four times the length may take about four times the time.</summary>
internal static class LinearCheck
{
    private const int Short = 128 << 10;
    private const int Long = 4 * Short;

    // Four times is what linear means; the rest is the machine's. Quadratic work would take sixteen times.
    private const double MostTimes = 9;
    private static readonly TimeSpan WorthMeasuring = TimeSpan.FromMilliseconds(60);

    private static readonly (string Name, Action<byte[]> Work)[] Works =
    [
        ("decoding", static text => DecodeCheck.Unpack(text)),
        ("indicators", static text => IndicatorCheck.Extract(text)),
        ("kql", static text => KqlCheck.Read(text)),
        ("defanging", static text => IndicatorCheck.DefangAndRefang(text)),
    ];

    /// <summary>Checks a piece; returns the bytes worked on.</summary>
    /// <exception cref="BrokenInvariantException">The time grows faster than the text.</exception>
    public static long Run(byte[] piece)
    {
        if (piece.Length == 0)
        {
            return 0;
        }

        byte[] small = Repeat(piece, Short);
        byte[] large = Repeat(piece, Long);
        long bytes = 0;
        foreach ((string name, Action<byte[]> work) in Works)
        {
            TimeSpan longTime = Time(work, large, TimeSpan.MaxValue);
            bytes += large.Length;
            for (int left = 4; longTime > WorthMeasuring; left--)
            {
                TimeSpan shortTime = Time(work, small, TimeSpan.MaxValue);
                bytes += small.Length;
                if (longTime <= shortTime * MostTimes)
                {
                    break;
                }

                // Others use the machine too: the shortest of several times counts.
                BrokenInvariantException.Require(left > 0, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {small.Length} bytes take {shortTime.TotalMilliseconds:F1} ms, {large.Length} bytes {longTime.TotalMilliseconds:F1} ms"));
                longTime = Time(work, large, longTime);
                bytes += large.Length;
            }
        }

        return bytes;
    }

    private static byte[] Repeat(byte[] piece, int length)
    {
        byte[] text = new byte[length / piece.Length * piece.Length];
        for (int at = 0; at < text.Length; at += piece.Length)
        {
            piece.CopyTo(text, at);
        }

        return text;
    }

    private static TimeSpan Time(Action<byte[]> work, byte[] text, TimeSpan best)
    {
        long start = Stopwatch.GetTimestamp();
        work(text);
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        return taken < best ? taken : best;
    }
}
