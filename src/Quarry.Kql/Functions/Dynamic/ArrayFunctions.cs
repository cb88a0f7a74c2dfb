using System.Buffers;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Functions of dynamic arrays. Where an array is wanted and the value is none, the result is null. Scalars come as JSON.</summary>
internal static class ArrayFunctions
{
    /// <summary>The most elements that an array is built with.</summary>
    public const int MostElements = 1 << 20;

    private delegate int Order(int place, int count, long shift);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("array_length", [ColumnType.Dynamic], ColumnType.Long, Length),
        new("arraylength", [ColumnType.Dynamic], ColumnType.Long, Length),
        new("pack_array", [], ColumnType.Dynamic, Pack) { Further = ColumnType.Dynamic },
        new("array_concat", [], ColumnType.Dynamic, Concat) { Further = ColumnType.Dynamic },
        new("array_slice", [ColumnType.Dynamic, ColumnType.Long, ColumnType.Long], ColumnType.Dynamic, Slice),
        new("array_split", [ColumnType.Dynamic, ColumnType.Long], ColumnType.Dynamic, SplitAtOne),
        new("array_split", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, Split),
        new("array_index_of", [ColumnType.Dynamic, ColumnType.Dynamic, ColumnType.Long, ColumnType.Long, ColumnType.Long], ColumnType.Long, IndexOf) { Required = 2 },
        new("array_iff", [ColumnType.Dynamic, ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, Iff),
        new("array_iif", [ColumnType.Dynamic, ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, Iff),
        new("array_reverse", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => Reorder(a.Text(0), 0, default, (place, count, _) => count - 1 - place, ref r)),
        .. Shifting("array_rotate_left", (place, count, by) => (int)((((place + by) % count) + count) % count)),
        .. Shifting("array_rotate_right", (place, count, by) => (int)((((place - by) % count) + count) % count)),
        .. Shifting("array_shift_left", (place, count, by) => place + by is var from && from >= 0 && from < count ? (int)from : -1),
        .. Shifting("array_shift_right", (place, count, by) => place - by is var from && from >= 0 && from < count ? (int)from : -1),
        new("array_sort_asc", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => ArraySorting.Sort(a, false, ref r)) { Further = ColumnType.Dynamic },
        new("array_sort_desc", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => ArraySorting.Sort(a, true, ref r)) { Further = ColumnType.Dynamic },
        new("array_sum", [ColumnType.Dynamic], ColumnType.Real, Sum),
        new("zip", [], ColumnType.Dynamic, Zip) { Further = ColumnType.Dynamic },
        new("repeat", [ColumnType.Dynamic, ColumnType.Long], ColumnType.Dynamic, Repeat),
        .. RangeFunctions.All,
    ];

    private static IEnumerable<ScalarFunction> Shifting(string name, Order order) =>
    [
        new(name, [ColumnType.Dynamic, ColumnType.Long, ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) =>
        {
            if (a.IsNull(1))
            {
                r.Null();
                return;
            }

            // No shift can go farther than around the longest array twice, and sums of places must not overflow.
            long by = a.Long(1);
            by = name.StartsWith("array_shift", StringComparison.Ordinal) ? Math.Clamp(by, int.MinValue, int.MaxValue) : by % Math.Max(1, JsonText.Count(a.Text(0)));
            Reorder(a.Text(0), by, a.Text(2), order, ref r);
        })
        {
            Required = 2,
        },
    ];

    private static void Length(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> value = arguments.Text(0);
        if (JsonText.KindOf(value) == JsonKind.Array)
        {
            result.Long(JsonText.Count(value));
        }
        else
        {
            result.Null();
        }
    }

    private static void Pack(in Arguments arguments, ref Result result)
    {
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < arguments.Count; i++)
        {
            JsonOutput.Comma(to, 0);
            JsonOutput.Json(to, arguments.Text(i));
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Concat(in Arguments arguments, ref Result result)
    {
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < arguments.Count; i++)
        {
            var elements = new JsonElements(arguments.Text(i));
            while (elements.MoveNext())
            {
                JsonOutput.Comma(to, 0);
                to.Write(elements.Current);
            }
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Slice(in Arguments arguments, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        if (!array.IsArray || arguments.IsNull(1) || arguments.IsNull(2))
        {
            result.Null();
            return;
        }

        long first = arguments.Long(1), last = arguments.Long(2);
        first = first < 0 ? Math.Max(0, first + array.Count) : first;
        last = last < 0 ? last + array.Count : Math.Min(last, array.Count - 1);
        ArrayBufferWriter<byte> to = Result.Scratch();
        Write(to, array, first, last + 1);
        result.Text(to);
    }

    private static void Split(in Arguments arguments, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        if (!array.IsArray || arguments.IsNull(1))
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        long from = 0;
        var places = new JsonElements(arguments.Text(1));
        while (places.MoveNext())
        {
            from = WritePart(to, array, from, JsonText.TryLong(places.Current, out long place) ? place : 0);
        }

        Write(to, array, from, array.Count);
        to.Write("]"u8);
        result.Text(to);
    }

    private static void SplitAtOne(in Arguments arguments, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        if (!array.IsArray || arguments.IsNull(1))
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        Write(to, array, WritePart(to, array, 0, arguments.Long(1)), array.Count);
        to.Write("]"u8);
        result.Text(to);
    }

    private static long WritePart(ArrayBufferWriter<byte> to, JsonArray array, long from, long until)
    {
        until = Math.Clamp(until < 0 ? until + array.Count : until, from, array.Count);
        Write(to, array, from, until);
        to.Write(","u8);
        return until;
    }

    private static void Write(ArrayBufferWriter<byte> to, JsonArray array, long from, long until)
    {
        int began = to.WrittenCount;
        to.Write("["u8);
        for (long i = from; i < Math.Min(until, array.Count); i++)
        {
            JsonOutput.Comma(to, began);
            to.Write(array[(int)i]);
        }

        to.Write("]"u8);
    }

    private static void IndexOf(in Arguments arguments, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        long from = arguments.IsNull(2) ? 0 : arguments.Long(2);
        long length = arguments.IsNull(3) ? -1 : arguments.Long(3);
        long occurrence = arguments.IsNull(4) ? 1 : arguments.Long(4);
        if (!array.IsArray || length < -1 || occurrence < 0)
        {
            result.Null();
            return;
        }

        from = from < 0 ? Math.Max(0, from + array.Count) : from;
        long until = length < 0 || length > array.Count - from ? array.Count : from + length;
        for (long i = from; i < until; i++)
        {
            if (JsonEquality.AreEqual(array[(int)i], arguments.Text(1)) && --occurrence <= 0)
            {
                result.Long(i);
                return;
            }
        }

        result.Long(-1);
    }

    private static void Iff(in Arguments arguments, ref Result result)
    {
        var conditions = new JsonArray(arguments.Text(0));
        JsonArray then = new(arguments.Text(1), 1), otherwise = new(arguments.Text(2), 2);
        if (!conditions.IsArray)
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < conditions.Count; i++)
        {
            JsonOutput.Comma(to, 0);
            bool? condition = JsonText.KindOf(conditions[i]) is JsonKind.Bool or JsonKind.Number ? ScalarReading.ToBool(conditions[i]) : null;
            JsonOutput.Json(to, condition is null ? default
                : condition.Value ? Choose(then, arguments.Text(1), i) : Choose(otherwise, arguments.Text(2), i));
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static ReadOnlySpan<byte> Choose(JsonArray array, ReadOnlySpan<byte> scalar, int index) =>
        !array.IsArray ? scalar : index < array.Count ? array[index] : default;

    // What comes from nowhere (-1) is the filling.
    private static void Reorder(ReadOnlySpan<byte> value, long by, ReadOnlySpan<byte> filling, Order order, ref Result result)
    {
        var array = new JsonArray(value);
        if (!array.IsArray)
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < array.Count; i++)
        {
            JsonOutput.Comma(to, 0);
            int from = order(i, array.Count, by);
            JsonOutput.Json(to, from < 0 ? filling : array[from]);
        }

        to.Write("]"u8);
        result.Text(to);
    }

    // Nulls do not count; what is no number makes it null, and so does having no number at all.
    private static void Sum(in Arguments arguments, ref Result result)
    {
        double sum = 0;
        bool hasAny = false;
        var elements = new JsonElements(arguments.Text(0));
        while (elements.MoveNext())
        {
            if (JsonText.IsNull(elements.Current))
            {
                continue;
            }

            if (ScalarReading.CastReal(elements.Current) is not { } number)
            {
                result.Null();
                return;
            }

            sum += number;
            hasAny = true;
        }

        result.Real(hasAny ? sum : null);
    }

    private static void Zip(in Arguments arguments, ref Result result)
    {
        var arrays = new List<(int Argument, List<(int Start, int Length)> Elements)>();
        int longest = 0;
        for (int i = 0; i < arguments.Count; i++)
        {
            var bounds = new List<(int Start, int Length)>();
            var elements = new JsonElements(arguments.Text(i));
            while (elements.MoveNext())
            {
                bounds.Add((elements.Start, elements.Current.Length));
            }

            arrays.Add((i, bounds));
            longest = Math.Max(longest, bounds.Count);
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int row = 0; row < longest; row++)
        {
            JsonOutput.Comma(to, 0);
            int began = to.WrittenCount;
            to.Write("["u8);
            foreach ((int argument, List<(int Start, int Length)> bounds) in arrays)
            {
                JsonOutput.Comma(to, began);
                JsonOutput.Json(to, row < bounds.Count ? arguments.Text(argument).Slice(bounds[row].Start, bounds[row].Length) : default);
            }

            to.Write("]"u8);
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Repeat(in Arguments arguments, ref Result result)
    {
        if (arguments.IsNull(1))
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (long i = 0; i < Math.Min(arguments.Long(1), MostElements) && to.WrittenCount < 1 << 28; i++)
        {
            JsonOutput.Comma(to, 0);
            JsonOutput.Json(to, arguments.Text(0));
        }

        to.Write("]"u8);
        result.Text(to);
    }
}
