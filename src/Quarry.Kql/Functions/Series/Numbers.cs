using System.Buffers;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Functions.Series;

/// <summary>A dynamic array as numbers; NaN stands for null and for what is no number.</summary>
internal readonly struct Numbers
{
    private Numbers(double[] values, bool areLongs)
    {
        Values = values;
        AreLongs = areLongs;
    }

    /// <summary>The values.</summary>
    public double[] Values { get; }

    /// <summary>Whether all that are there are longs.</summary>
    public bool AreLongs { get; }

    /// <summary>How many elements there are.</summary>
    public int Count => Values.Length;

    /// <summary>Reads an array; null if it is none.</summary>
    public static Numbers? Of(ReadOnlySpan<byte> array)
    {
        if (JsonText.KindOf(array) != JsonKind.Array)
        {
            return null;
        }

        var values = new List<double>();
        bool areLongs = true;
        var elements = new JsonElements(array);
        while (elements.MoveNext())
        {
            ReadOnlySpan<byte> element = elements.Current;
            areLongs &= JsonText.IsNull(element) || (JsonText.KindOf(element) == JsonKind.Number && JsonText.TryLong(element, out _));
            values.Add(ScalarReading.CastReal(element) ?? double.NaN);
        }

        return new Numbers([.. values], areLongs);
    }

    /// <summary>Reads an array; an empty one if it is none.</summary>
    public static double[] ValuesOf(ReadOnlySpan<byte> array) => Of(array)?.Values ?? [];

    /// <summary>Writes numbers as an array of reals, or of longs; NaN as null.</summary>
    public static void Write(ArrayBufferWriter<byte> to, ReadOnlySpan<double> values, bool asLongs = false)
    {
        int began = to.WrittenCount;
        to.Write("["u8);
        foreach (double value in values)
        {
            JsonOutput.Comma(to, began);
            if (asLongs && !double.IsNaN(value))
            {
                JsonOutput.Long(to, (long)value);
            }
            else
            {
                JsonOutput.RealOrNull(to, value);
            }
        }

        to.Write("]"u8);
    }
}
