using System.Buffers;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>range(start, stop, step), which gives an array of at most 1,048,576 elements; the step is 1, or an hour, unless given.</summary>
internal static class RangeFunctions
{
    private delegate void Writing(ArrayBufferWriter<byte> to, long value);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("range", [ColumnType.Long, ColumnType.Long, ColumnType.Long], ColumnType.Dynamic, (in a, ref r) => Whole(a, 1, JsonOutput.Long, ref r)) { Required = 2 },
        new("range", [ColumnType.Real, ColumnType.Real, ColumnType.Real], ColumnType.Dynamic, Real) { Required = 2 },
        new("range", [ColumnType.DateTime, ColumnType.DateTime, ColumnType.TimeSpan], ColumnType.Dynamic,
            (in a, ref r) => Whole(a, TimeSpan.TicksPerHour, JsonOutput.DateTime, ref r)) { Required = 2 },
        new("range", [ColumnType.TimeSpan, ColumnType.TimeSpan, ColumnType.TimeSpan], ColumnType.Dynamic,
            (in a, ref r) => Whole(a, TimeSpan.TicksPerHour, JsonOutput.TimeSpan, ref r)) { Required = 2 },
    ];

    private static void Whole(in Arguments arguments, long usual, Writing write, ref Result result)
    {
        Int128 step = arguments.IsNull(2) ? usual : arguments.Long(2);
        if (arguments.IsNull(0) || arguments.IsNull(1) || step == 0)
        {
            result.Null();
            return;
        }

        Int128 value = arguments.Long(0), stop = arguments.Long(1);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < ArrayFunctions.MostElements && (step > 0 ? value <= stop : value >= stop); i++, value += step)
        {
            JsonOutput.Comma(to, 0);
            write(to, (long)value);
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Real(in Arguments arguments, ref Result result)
    {
        double step = arguments.IsNull(2) ? 1 : arguments.Real(2);
        if (arguments.IsNull(0) || arguments.IsNull(1) || step == 0 || !double.IsFinite(step))
        {
            result.Null();
            return;
        }

        double start = arguments.Real(0), stop = arguments.Real(1);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < ArrayFunctions.MostElements && start + (i * step) is var value && (step > 0 ? value <= stop : value >= stop); i++)
        {
            JsonOutput.Comma(to, 0);
            JsonOutput.Real(to, value);
        }

        to.Write("]"u8);
        result.Text(to);
    }
}
