using System.Buffers;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Functions of dynamic arrays as sets: each element once, in the order it came. What is no array is an empty one, unless all are none.</summary>
internal static class SetFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("set_union", [ColumnType.Dynamic], ColumnType.Dynamic, Union) { Further = ColumnType.Dynamic },
        new("set_intersect", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => Select(a, true, ref r)) { Further = ColumnType.Dynamic },
        new("set_difference", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => Select(a, false, ref r)) { Further = ColumnType.Dynamic },
        new("set_has_element", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Bool, HasElement),
        new("jaccard_index", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Real, Jaccard),
        new("has_any_index", [ColumnType.String, ColumnType.Dynamic], ColumnType.Long, HasAnyIndex),
    ];

    private static Utf8Set SetOf(ReadOnlySpan<byte> array)
    {
        var set = new Utf8Set();
        var scratch = new ArrayBufferWriter<byte>(32);
        var elements = new JsonElements(array);
        while (elements.MoveNext())
        {
            set.Add(JsonEquality.Key(elements.Current, scratch), out _);
        }

        return set;
    }

    private static bool HasArray(in Arguments arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (JsonText.KindOf(arguments.Text(i)) == JsonKind.Array)
            {
                return true;
            }
        }

        return false;
    }

    private static void Union(in Arguments arguments, ref Result result)
    {
        if (!HasArray(arguments))
        {
            result.Null();
            return;
        }

        var seen = new Utf8Set();
        var scratch = new ArrayBufferWriter<byte>(32);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < arguments.Count; i++)
        {
            var elements = new JsonElements(arguments.Text(i));
            while (elements.MoveNext())
            {
                seen.Add(JsonEquality.Key(elements.Current, scratch), out bool isNew);
                if (isNew)
                {
                    JsonOutput.Comma(to, 0);
                    to.Write(elements.Current);
                }
            }
        }

        to.Write("]"u8);
        result.Text(to);
    }

    // The elements of the first array that are in all others, or in none of them.
    private static void Select(in Arguments arguments, bool inAll, ref Result result)
    {
        if (!HasArray(arguments))
        {
            result.Null();
            return;
        }

        var others = new List<Utf8Set>();
        for (int i = 1; i < arguments.Count; i++)
        {
            others.Add(SetOf(arguments.Text(i)));
        }

        var seen = new Utf8Set();
        var scratch = new ArrayBufferWriter<byte>(32);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        var elements = new JsonElements(arguments.Text(0));
        while (elements.MoveNext())
        {
            ReadOnlySpan<byte> key = JsonEquality.Key(elements.Current, scratch);
            seen.Add(key, out bool isTaken);
            foreach (Utf8Set other in others)
            {
                isTaken = isTaken && other.Contains(key) == inAll;
            }

            if (isTaken)
            {
                JsonOutput.Comma(to, 0);
                to.Write(elements.Current);
            }
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void HasElement(in Arguments arguments, ref Result result)
    {
        if (JsonText.KindOf(arguments.Text(0)) != JsonKind.Array)
        {
            result.Null();
            return;
        }

        bool isThere = false;
        var elements = new JsonElements(arguments.Text(0));
        while (!isThere && elements.MoveNext())
        {
            isThere = JsonEquality.AreEqual(elements.Current, arguments.Text(1));
        }

        result.Bool(isThere);
    }

    private static void Jaccard(in Arguments arguments, ref Result result)
    {
        if (JsonText.KindOf(arguments.Text(0)) != JsonKind.Array || JsonText.KindOf(arguments.Text(1)) != JsonKind.Array)
        {
            result.Null();
            return;
        }

        Utf8Set left = SetOf(arguments.Text(0)), right = SetOf(arguments.Text(1));
        int common = 0;
        for (int i = 0; i < left.Count; i++)
        {
            common += right.Contains(left[i]) ? 1 : 0;
        }

        result.Real((double)common / (left.Count + right.Count - common));
    }

    // The place of the first element that the text has as a term, as the operator has_any finds it.
    private static void HasAnyIndex(in Arguments arguments, ref Result result)
    {
        string text = arguments.String(0);
        var elements = new JsonElements(arguments.Text(1));
        for (long i = 0; elements.MoveNext(); i++)
        {
            ReadOnlySpan<byte> element = elements.Current;
            bool isString = JsonText.KindOf(element) == JsonKind.String;
            if (!JsonText.IsNull(element) && HasTerm(text, Encoding.UTF8.GetString(isString ? JsonText.Said(element, JsonText.Spare()) : element)))
            {
                result.Long(i);
                return;
            }
        }

        result.Long(-1);
    }

    private static bool HasTerm(string text, string term)
    {
        for (int at = 0; term.Length > 0 && (at = text.IndexOf(term, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            bool begins = at == 0 || !char.IsLetterOrDigit(term[0]) || !char.IsLetterOrDigit(text[at - 1]);
            int behind = at + term.Length;
            bool ends = behind >= text.Length || !char.IsLetterOrDigit(term[^1]) || !char.IsLetterOrDigit(text[behind]);
            if (begins && ends)
            {
                return true;
            }
        }

        return term.Length == 0;
    }
}
