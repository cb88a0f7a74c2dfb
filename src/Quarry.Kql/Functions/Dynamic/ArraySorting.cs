using System.Buffers;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>
/// array_sort_asc and array_sort_desc: bools, then numbers, then strings (ordinal), then the rest; nulls last unless the last
/// argument is false. One array gives itself sorted; several give an array of arrays, all in the order of the first.
/// </summary>
internal static class ArraySorting
{
    /// <summary>Sorts the first argument, and the others with it.</summary>
    public static void Sort(in Arguments arguments, bool isDescending, ref Result result)
    {
        var first = new JsonArray(arguments.Text(0));
        if (!first.IsArray)
        {
            result.Null();
            return;
        }

        int count = arguments.Count;
        bool nullsLast = true;
        if (count > 1 && JsonText.KindOf(arguments.Text(count - 1)) == JsonKind.Bool)
        {
            nullsLast = arguments.Text(--count)[0] == (byte)'t';
        }

        int[] order = Order(first, isDescending, nullsLast);
        ArrayBufferWriter<byte> to = Result.Scratch();
        if (count == 1)
        {
            Write(to, first, order);
            result.Text(to);
            return;
        }

        to.Write("["u8);
        Write(to, first, order);
        for (int i = 1; i < count; i++)
        {
            to.Write(","u8);
            var other = new JsonArray(arguments.Text(i), 1);
            if (other.Count == order.Length)
            {
                Write(to, other, order);
            }
            else
            {
                to.Write("null"u8);
            }
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Write(ArrayBufferWriter<byte> to, JsonArray array, int[] order)
    {
        int began = to.WrittenCount;
        to.Write("["u8);
        foreach (int place in order)
        {
            JsonOutput.Comma(to, began);
            to.Write(array[place]);
        }

        to.Write("]"u8);
    }

    private static int[] Order(JsonArray array, bool isDescending, bool nullsLast)
    {
        var keys = new Key[array.Count];
        int[] order = new int[array.Count];
        var scratch = new ArrayBufferWriter<byte>();
        for (int i = 0; i < keys.Length; i++)
        {
            order[i] = i;
            scratch.ResetWrittenCount();
            keys[i] = Key.Of(array[i], scratch);
        }

        Array.Sort(order, (left, right) =>
        {
            bool leftIsNull = keys[left].Rank == 0, rightIsNull = keys[right].Rank == 0;
            int by = leftIsNull || rightIsNull
                ? leftIsNull == rightIsNull ? 0 : leftIsNull == nullsLast ? 1 : -1
                : isDescending ? keys[right].CompareTo(keys[left]) : keys[left].CompareTo(keys[right]);
            return by != 0 ? by : left.CompareTo(right);
        });
        return order;
    }

    private readonly record struct Key(int Rank, double Number, long Whole, byte[]? Text) : IComparable<Key>
    {
        public static Key Of(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> scratch) => JsonText.KindOf(value) switch
        {
            JsonKind.None or JsonKind.Null => default,
            JsonKind.Bool => new Key(1, value[0] == (byte)'t' ? 1 : 0, 0, null),
            JsonKind.Number => new Key(2, JsonText.TryReal(value, out double number) ? number : 0, JsonText.TryLong(value, out long whole) ? whole : 0, null),
            JsonKind.String => new Key(3, 0, 0, JsonText.Said(value, scratch).ToArray()),
            _ => new Key(4, 0, 0, value.ToArray()),
        };

        public int CompareTo(Key other)
        {
            int by = Rank.CompareTo(other.Rank);
            by = by != 0 ? by : Number.CompareTo(other.Number);
            by = by != 0 ? by : Whole.CompareTo(other.Whole);
            return by != 0 || Text is null ? by : Text.AsSpan().SequenceCompareTo(other.Text);
        }
    }
}
