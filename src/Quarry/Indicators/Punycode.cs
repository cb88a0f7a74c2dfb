using System.Buffers;
using System.Text;

namespace Quarry.Indicators;

/// <summary>The length of an internationalised label in the form that travels (RFC 3492), without writing it.</summary>
internal static class Punycode
{
    private const int Base = 36, TMin = 1, TMax = 26, Skew = 38, Damp = 700, InitialBias = 72, InitialN = 128, Longest = 63;

    /// <summary>
    /// The length of a label in ASCII, <c>xn--</c> included; 0 if it is empty, not UTF-8, or too long to be a label.
    /// </summary>
    public static int EncodedLength(ReadOnlySpan<byte> label)
    {
        if (Ascii.IsValid(label))
        {
            return label.Length;
        }

        Span<int> runes = stackalloc int[Longest];
        int count = 0, basic = 0;
        while (!label.IsEmpty)
        {
            if (count == Longest || Rune.DecodeFromUtf8(label, out Rune rune, out int length) != OperationStatus.Done)
            {
                return 0;
            }

            runes[count++] = rune.Value;
            basic += rune.IsAscii ? 1 : 0;
            label = label[length..];
        }

        return 4 + basic + (basic > 0 ? 1 : 0) + DeltaDigits(runes[..count], basic);
    }

    private static int DeltaDigits(ReadOnlySpan<int> runes, int basic)
    {
        int digits = 0, n = InitialN, delta = 0, bias = InitialBias, handled = basic;
        while (handled < runes.Length)
        {
            int next = int.MaxValue;
            foreach (int rune in runes)
            {
                next = rune >= n ? Math.Min(next, rune) : next;
            }

            delta += (next - n) * (handled + 1);
            n = next;
            foreach (int rune in runes)
            {
                delta += rune < n ? 1 : 0;
                if (rune == n)
                {
                    digits += DigitsOf(delta, bias);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            n++;
        }

        return digits;
    }

    private static int DigitsOf(int value, int bias)
    {
        int digits = 1;
        for (int k = Base; ; k += Base, digits++)
        {
            int threshold = Math.Clamp(k - bias, TMin, TMax);
            if (value < threshold)
            {
                return digits;
            }

            value = (value - threshold) / (Base - threshold);
        }
    }

    private static int Adapt(int delta, int points, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / points;
        int k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base)
        {
            delta /= Base - TMin;
        }

        return k + ((Base - TMin + 1) * delta / (delta + Skew));
    }
}
