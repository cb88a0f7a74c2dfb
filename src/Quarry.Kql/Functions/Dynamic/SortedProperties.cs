using System.Buffers;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Writes a JSON value with the properties of its objects in the order of their names.</summary>
internal static class SortedProperties
{
    // What lies deeper is written as it is: no stack is deep enough for what an attacker can nest.
    private const int MostDepth = 200;

    /// <summary>Writes a value; nothing is null.</summary>
    public static void Write(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> to) => Write(value, to, 0);

    private static void Write(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> to, int depth)
    {
        JsonKind kind = depth < MostDepth ? JsonText.KindOf(value) : JsonKind.String;
        if (kind == JsonKind.Array)
        {
            WriteArray(value, to, depth);
        }
        else if (kind == JsonKind.Object)
        {
            WriteObject(value, to, depth);
        }
        else
        {
            JsonOutput.Json(to, value);
        }
    }

    private static void WriteArray(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> to, int depth)
    {
        int began = to.WrittenCount;
        to.Write("["u8);
        var elements = new JsonElements(value);
        while (elements.MoveNext())
        {
            JsonOutput.Comma(to, began);
            Write(elements.Current, to, depth + 1);
        }

        to.Write("]"u8);
    }

    private static void WriteObject(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> to, int depth)
    {
        var sorted = new List<(byte[] Name, byte[] Value)>();
        var properties = new JsonProperties(value);
        while (properties.MoveNext())
        {
            sorted.Add((properties.Name.ToArray(), properties.Value.ToArray()));
        }

        int began = to.WrittenCount;
        to.Write("{"u8);
        foreach ((byte[] name, byte[] property) in sorted.OrderBy(one => one.Name, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right))))
        {
            JsonOutput.Comma(to, began);
            to.Write("\""u8);
            to.Write(name);
            to.Write("\":"u8);
            Write(property, to, depth + 1);
        }

        to.Write("}"u8);
    }
}
