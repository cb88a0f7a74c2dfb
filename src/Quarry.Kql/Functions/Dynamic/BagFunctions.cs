using System.Buffers;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Functions of property bags: JSON objects. Where a bag is wanted and the value is none, the result is null.</summary>
internal static class BagFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("bag_keys", [ColumnType.Dynamic], ColumnType.Dynamic, Keys),
        new("bag_merge", [], ColumnType.Dynamic, Merge) { Further = ColumnType.Dynamic },

        // The arguments alternate: a name as the text it is, a value as JSON.
        new("bag_pack", [], ColumnType.Dynamic, Pack) { Further = ColumnType.Dynamic },
        new("pack", [], ColumnType.Dynamic, Pack) { Further = ColumnType.Dynamic },
        new("pack_dictionary", [], ColumnType.Dynamic, Pack) { Further = ColumnType.Dynamic },

        // The names as a JSON array of strings, and as many values as JSON: pack_all() and bag_pack_columns().
        new("$pack", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => PackNamed(a, false, ref r)) { Further = ColumnType.Dynamic },

        // pack_all(true): without nulls and empty strings.
        new("$pack_nonempty", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => PackNamed(a, true, ref r)) { Further = ColumnType.Dynamic },
        new("bag_has_key", [ColumnType.Dynamic, ColumnType.String], ColumnType.Bool, HasKey),
        new("bag_remove_keys", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, RemoveKeys),
        new("bag_set_key", [ColumnType.Dynamic, ColumnType.String, ColumnType.Dynamic], ColumnType.Dynamic, SetKey),
        new("bag_zip", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, Zip),
        new("treepath", [ColumnType.Dynamic], ColumnType.Dynamic, TreePath.Give),
        new("$extract_json", [ColumnType.String, ColumnType.String], ColumnType.Dynamic, Extract),
        new("$extract_json", [ColumnType.String, ColumnType.Dynamic], ColumnType.Dynamic, Extract),
    ];

    private static bool IsBag(ReadOnlySpan<byte> value) => JsonText.KindOf(value) == JsonKind.Object;

    private static void Keys(in Arguments arguments, ref Result result)
    {
        if (!IsBag(arguments.Text(0)))
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        var properties = new JsonProperties(arguments.Text(0));
        while (properties.MoveNext())
        {
            JsonOutput.Comma(to, 0);
            Quote(to, properties.Name);
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Quote(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> written)
    {
        to.Write("\""u8);
        to.Write(written);
        to.Write("\""u8);
    }

    // Of several values of a name the first counts; what is no bag is passed over.
    private static void Merge(in Arguments arguments, ref Result result)
    {
        var names = new Utf8Set();
        bool hasBag = false;
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("{"u8);
        for (int i = 0; i < arguments.Count; i++)
        {
            hasBag |= IsBag(arguments.Text(i));
            var properties = new JsonProperties(arguments.Text(i));
            while (properties.MoveNext())
            {
                names.Add(properties.Name, out bool isNew);
                if (isNew)
                {
                    JsonOutput.Comma(to, 0);
                    to.Write(properties.Whole);
                }
            }
        }

        to.Write("}"u8);
        if (hasBag)
        {
            result.Text(to);
        }
        else
        {
            result.Null();
        }
    }

    private static void Pack(in Arguments arguments, ref Result result)
    {
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("{"u8);
        for (int i = 0; i + 1 < arguments.Count; i += 2)
        {
            JsonOutput.Comma(to, 0);
            JsonOutput.String(to, arguments.Text(i));
            to.Write(":"u8);
            JsonOutput.Json(to, arguments.Text(i + 1));
        }

        to.Write("}"u8);
        result.Text(to);
    }

    private static void PackNamed(in Arguments arguments, bool onlyFilled, ref Result result)
    {
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("{"u8);
        var names = new JsonElements(arguments.Text(0));
        for (int i = 1; i < arguments.Count && names.MoveNext(); i++)
        {
            ReadOnlySpan<byte> value = arguments.Text(i);
            if (onlyFilled && (JsonText.IsNull(value) || value.SequenceEqual("\"\""u8)))
            {
                continue;
            }

            JsonOutput.Comma(to, 0);
            to.Write(names.Current);
            to.Write(":"u8);
            JsonOutput.Json(to, value);
        }

        to.Write("}"u8);
        result.Text(to);
    }

    private static void HasKey(in Arguments arguments, ref Result result)
    {
        if (!IsBag(arguments.Text(0)))
        {
            result.Null();
            return;
        }

        ReadOnlySpan<byte> value = PathOf(arguments.Text(1)) is { } path
            ? DynamicPath.Follow(arguments.Text(0), Encoding.UTF8.GetBytes(path.ToString()))
            : JsonText.Property(arguments.Text(0), arguments.Text(1));
        result.Bool(!value.IsEmpty);
    }

    private static DynamicPath? PathOf(ReadOnlySpan<byte> key) =>
        key.StartsWith("$."u8) || key.StartsWith("$["u8) ? JsonPath.Read(Encoding.UTF8.GetString(key)) : null;

    private static void RemoveKeys(in Arguments arguments, ref Result result)
    {
        if (!IsBag(arguments.Text(0)) || JsonText.KindOf(arguments.Text(1)) != JsonKind.Array)
        {
            result.Null();
            return;
        }

        var plain = new Utf8Set();
        var paths = new List<byte[]>();
        var said = new ArrayBufferWriter<byte>();
        var keys = new JsonElements(arguments.Text(1));
        while (keys.MoveNext())
        {
            said.ResetWrittenCount();
            ReadOnlySpan<byte> key = JsonText.KindOf(keys.Current) == JsonKind.String ? JsonText.Said(keys.Current, said) : default;
            if (PathOf(key) is { } path)
            {
                paths.Add(Encoding.UTF8.GetBytes(path.ToString()));
            }
            else if (!key.IsEmpty)
            {
                plain.Add(key, out _);
            }
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        WriteWithout(to, arguments.Text(0), plain);
        foreach (byte[] path in paths)
        {
            RemoveAt(to, path);
        }

        result.Text(to);
    }

    private static void WriteWithout(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bag, Utf8Set names)
    {
        var said = new ArrayBufferWriter<byte>();
        to.Write("{"u8);
        var properties = new JsonProperties(bag);
        while (properties.MoveNext())
        {
            said.ResetWrittenCount();
            JsonText.Unescape(properties.Name, said);
            if (!names.Contains(said.WrittenSpan))
            {
                JsonOutput.Comma(to, 0);
                to.Write(properties.Whole);
            }
        }

        to.Write("}"u8);
    }

    // Takes what a path leads to out of its bag: its property, with the comma on one side.
    private static void RemoveAt(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> path)
    {
        byte[] whole = text.WrittenSpan.ToArray();
        ReadOnlySpan<byte> value = DynamicPath.Follow(whole, path);
        if (value.IsEmpty || !LastStep(path, out int last))
        {
            return;
        }

        ReadOnlySpan<byte> bag = DynamicPath.Follow(whole, path[..last]);
        whole.AsSpan().Overlaps(bag, out int bagStart);
        whole.AsSpan().Overlaps(value, out int valueStart);
        var properties = new JsonProperties(bag);
        while (properties.MoveNext())
        {
            whole.AsSpan().Overlaps(properties.Whole, out int start);
            int end = start + properties.Whole.Length;
            if (end == valueStart + value.Length)
            {
                start -= start > bagStart + 1 ? 1 : 0;
                end += start == bagStart + 1 && whole[end] == (byte)',' ? 1 : 0;
                text.ResetWrittenCount();
                text.Write(whole.AsSpan(0, start));
                text.Write(whole.AsSpan(end));
                return;
            }
        }
    }

    // Where the last step of a path begins; false if it is no property.
    private static bool LastStep(ReadOnlySpan<byte> path, out int last)
    {
        last = 0;
        int at = 0;
        while (at < path.Length)
        {
            last = at;
            bool isProperty = path[at] == (byte)'.';
            int number = 0;
            for (at++; at < path.Length && path[at] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'); at++)
            {
                number = path[at] == (byte)'-' ? 0 : (number * 10) + (path[at] - '0');
            }

            at += isProperty ? number + 1 : 0;
        }

        return path.Length > 0 && path[last] == (byte)'.';
    }

    private static void SetKey(in Arguments arguments, ref Result result)
    {
        if (!IsBag(arguments.Text(0)))
        {
            result.Null();
            return;
        }

        var names = new Utf8Set();
        names.Add(arguments.Text(1), out _);
        ArrayBufferWriter<byte> to = Result.Scratch();
        WriteWithout(to, arguments.Text(0), names);
        byte[] rest = to.WrittenSpan[..^1].ToArray();
        to.ResetWrittenCount();
        to.Write(rest);
        JsonOutput.Comma(to, 0);
        JsonOutput.String(to, arguments.Text(1));
        to.Write(":"u8);
        JsonOutput.Json(to, arguments.Text(2));
        to.Write("}"u8);
        result.Text(to);
    }

    // Names without a value get null; values without a name are left.
    private static void Zip(in Arguments arguments, ref Result result)
    {
        if (JsonText.KindOf(arguments.Text(0)) != JsonKind.Array || JsonText.KindOf(arguments.Text(1)) != JsonKind.Array)
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("{"u8);
        var names = new JsonElements(arguments.Text(0));
        var values = new JsonElements(arguments.Text(1));
        while (names.MoveNext())
        {
            bool hasValue = values.MoveNext();
            if (JsonText.KindOf(names.Current) != JsonKind.String)
            {
                continue;
            }

            JsonOutput.Comma(to, 0);
            to.Write(names.Current);
            to.Write(":"u8);
            JsonOutput.Json(to, hasValue ? values.Current : default);
        }

        to.Write("}"u8);
        result.Text(to);
    }

    // extract_json(path, text): null where the text is no JSON, the path none, or nothing there.
    private static void Extract(in Arguments arguments, ref Result result)
    {
        var scratch = new ArrayBufferWriter<byte>();
        ReadOnlySpan<byte> text = arguments.Text(1);
        if (JsonPath.Read(arguments.String(0)) is { } path && JsonCompaction.TryCompact(text, scratch, out ReadOnlySpan<byte> compact))
        {
            AccessFunctions.Give(DynamicPath.Follow(compact, Encoding.UTF8.GetBytes(path.ToString())), ref result);
        }
        else
        {
            result.Null();
        }
    }
}
