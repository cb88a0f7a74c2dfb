using System.Buffers;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Tables;
using Quarry.TimeSeries.Kusto;

namespace Quarry.Kql.Functions.Series;

/// <summary>series_fill_*: what is missing, nulls or the value given as the placeholder, is filled; all else stays as it is written.</summary>
internal static class FillFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("series_fill_const", [ColumnType.Dynamic, ColumnType.Long, ColumnType.Real], ColumnType.Dynamic, (in a, ref r) => Const(a, (in b, to) => JsonOutput.Long(to, b.Long(1)), ref r)) { Required = 2 },
        new("series_fill_const", [ColumnType.Dynamic, ColumnType.Real, ColumnType.Real], ColumnType.Dynamic, (in a, ref r) => Const(a, (in b, to) => JsonOutput.Real(to, b.Real(1)), ref r)) { Required = 2 },
        new("series_fill_forward", [ColumnType.Dynamic, ColumnType.Real], ColumnType.Dynamic, (in a, ref r) => FromNeighbour(a, false, ref r)) { Required = 1 },
        new("series_fill_backward", [ColumnType.Dynamic, ColumnType.Real], ColumnType.Dynamic, (in a, ref r) => FromNeighbour(a, true, ref r)) { Required = 1 },
        new("series_fill_linear", [ColumnType.Dynamic, ColumnType.Real, ColumnType.Bool, ColumnType.Real], ColumnType.Dynamic, Linear) { Required = 1 },
    ];

    private delegate void Writing(in Arguments arguments, ArrayBufferWriter<byte> to);

    private static double Placeholder(in Arguments arguments, int index) => arguments.IsNull(index) ? double.NaN : arguments.Real(index);

    private static bool IsMissing(ReadOnlySpan<byte> element, double placeholder) =>
        double.IsNaN(placeholder) ? ScalarReading.CastReal(element) is not { } value || double.IsNaN(value) : ScalarReading.CastReal(element) == placeholder;

    private static void Const(in Arguments arguments, Writing write, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        if (!array.IsArray)
        {
            result.Null();
            return;
        }

        double placeholder = Placeholder(arguments, 2);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < array.Count; i++)
        {
            JsonOutput.Comma(to, 0);
            if (IsMissing(array[i], placeholder) && !arguments.IsNull(1))
            {
                write(arguments, to);
            }
            else
            {
                to.Write(array[i]);
            }
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void FromNeighbour(in Arguments arguments, bool isBehind, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        if (!array.IsArray)
        {
            result.Null();
            return;
        }

        double placeholder = Placeholder(arguments, 1);
        int[] sources = new int[array.Count];
        int source = -1;
        for (int n = 0; n < sources.Length; n++)
        {
            int i = isBehind ? sources.Length - 1 - n : n;
            source = IsMissing(array[i], placeholder) ? source : i;
            sources[i] = source < 0 ? i : source;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        foreach (int from in sources)
        {
            JsonOutput.Comma(to, 0);
            to.Write(array[from]);
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Linear(in Arguments arguments, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        if (Numbers.Of(arguments.Text(0)) is not { } series)
        {
            result.Null();
            return;
        }

        double placeholder = Placeholder(arguments, 1);
        double[] filled = SeriesFill.Linear(
            series.Values, placeholder, arguments.IsNull(2) || arguments.Bool(2), arguments.IsNull(3) ? 0 : arguments.Real(3), series.AreLongs);
        bool hasAny = false;
        for (int i = 0; i < array.Count; i++)
        {
            hasAny |= !IsMissing(array[i], placeholder);
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < array.Count; i++)
        {
            JsonOutput.Comma(to, 0);
            if (!IsMissing(array[i], placeholder) || double.IsNaN(filled[i]))
            {
                to.Write(array[i]);
            }
            else if (series.AreLongs && hasAny)
            {
                JsonOutput.Long(to, (long)filled[i]);
            }
            else
            {
                JsonOutput.Real(to, filled[i]);
            }
        }

        to.Write("]"u8);
        result.Text(to);
    }
}
