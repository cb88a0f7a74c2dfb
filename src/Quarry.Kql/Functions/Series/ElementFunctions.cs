using System.Buffers;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Series;

/// <summary>
/// Functions of series that work element by element. What is no number, and what one of two series does not have, gives null;
/// a number in the place of a series stands for as many of it. Longs stay longs where the operation allows.
/// </summary>
internal static class ElementFunctions
{
    private delegate void Writing(ArrayBufferWriter<byte> to, double left, double right);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. Binary("series_add", (left, right) => left + right, (left, right) => unchecked(left + right)),
        .. Binary("series_subtract", (left, right) => left - right, (left, right) => unchecked(left - right)),
        .. Binary("series_multiply", (left, right) => left * right, (left, right) => unchecked(left * right)),
        .. Binary("series_divide", (left, right) => left / right, null),
        .. Binary("series_pow", Math.Pow, null),
        .. Comparison("series_equals", (left, right) => left == right),
        .. Comparison("series_not_equals", (left, right) => left != right),
        .. Comparison("series_less", (left, right) => left < right),
        .. Comparison("series_less_equals", (left, right) => left <= right),
        .. Comparison("series_greater", (left, right) => left > right),
        .. Comparison("series_greater_equals", (left, right) => left >= right),
        Unary("series_abs", Math.Abs, true),
        Unary("series_sign", value => Math.Sign(value), true),
        Unary("series_ceiling", Math.Ceiling, true),
        Unary("series_floor", Math.Floor, true),
        Unary("series_exp", Math.Exp, false),
        Unary("series_log", Math.Log, false),
        Unary("series_sin", Math.Sin, false),
        Unary("series_cos", Math.Cos, false),
        Unary("series_tan", Math.Tan, false),
        Unary("series_asin", Math.Asin, false),
        Unary("series_acos", Math.Acos, false),
        Unary("series_atan", Math.Atan, false),
    ];

    private static ScalarFunction Unary(string name, Func<double, double> compute, bool keepsLongs) =>
        new(name, [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) =>
        {
            if (Numbers.Of(a.Text(0)) is not { } series)
            {
                r.Null();
                return;
            }

            ArrayBufferWriter<byte> to = Result.Scratch();
            to.Write("["u8);
            foreach (double value in series.Values)
            {
                JsonOutput.Comma(to, 0);
                if (double.IsNaN(value))
                {
                    to.Write("null"u8);
                }
                else if (keepsLongs && series.AreLongs)
                {
                    JsonOutput.Long(to, (long)compute(value));
                }
                else
                {
                    JsonOutput.Real(to, compute(value));
                }
            }

            to.Write("]"u8);
            r.Text(to);
        });

    private static IEnumerable<ScalarFunction> Binary(string name, Func<double, double, double> compute, Func<long, long, long>? ofLongs) =>
        Forms(name, (to, left, right) => JsonOutput.Real(to, compute(left, right)), ofLongs);

    private static IEnumerable<ScalarFunction> Comparison(string name, Func<double, double, bool> compare) =>
        Forms(name, (to, left, right) => JsonOutput.Bool(to, compare(left, right)), null);

    private static IEnumerable<ScalarFunction> Forms(string name, Writing write, Func<long, long, long>? ofLongs)
    {
        (ColumnType Left, ColumnType Right)[] forms =
        [
            (ColumnType.Dynamic, ColumnType.Dynamic), (ColumnType.Dynamic, ColumnType.Long), (ColumnType.Dynamic, ColumnType.Real),
            (ColumnType.Long, ColumnType.Dynamic), (ColumnType.Real, ColumnType.Dynamic),
        ];
        foreach ((ColumnType left, ColumnType right) in forms)
        {
            yield return new(name, [left, right], ColumnType.Dynamic, (in a, ref r) =>
            {
                ReadOnlySpan<byte> firstValue = Operand(a, 0, left), secondValue = Operand(a, 1, right);
                JsonArray first = new(firstValue, 0), second = new(secondValue, 1);
                if (!first.IsArray && !second.IsArray)
                {
                    r.Null();
                    return;
                }

                r.Text(Apply(first, firstValue, second, secondValue, write, ofLongs));
            });
        }
    }

    // A number as JSON, so that all forms are one.
    private static ReadOnlySpan<byte> Operand(in Arguments arguments, int index, ColumnType type)
    {
        if (type == ColumnType.Dynamic || arguments.IsNull(index))
        {
            return arguments.Text(index);
        }

        var to = new ArrayBufferWriter<byte>(32);
        if (type == ColumnType.Long)
        {
            JsonOutput.Long(to, arguments.Long(index));
        }
        else
        {
            JsonOutput.Real(to, arguments.Real(index));
        }

        return to.WrittenSpan;
    }

    private static ArrayBufferWriter<byte> Apply(
        JsonArray first, ReadOnlySpan<byte> firstValue, JsonArray second, ReadOnlySpan<byte> secondValue, Writing write, Func<long, long, long>? ofLongs)
    {
        int count = Math.Max(first.Count, second.Count);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < count; i++)
        {
            JsonOutput.Comma(to, 0);
            ReadOnlySpan<byte> left = !first.IsArray ? firstValue : i < first.Count ? first[i] : default;
            ReadOnlySpan<byte> right = !second.IsArray ? secondValue : i < second.Count ? second[i] : default;
            if (ScalarReading.CastReal(left) is not { } leftReal || ScalarReading.CastReal(right) is not { } rightReal)
            {
                to.Write("null"u8);
            }
            else if (ofLongs is not null && JsonText.TryLong(left, out long leftLong) && JsonText.TryLong(right, out long rightLong))
            {
                JsonOutput.Long(to, ofLongs(leftLong, rightLong));
            }
            else
            {
                write(to, leftReal, rightReal);
            }
        }

        to.Write("]"u8);
        return to;
    }
}
