using System.Buffers;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>What mv-expand and mv-apply make of a dynamic value.</summary>
internal static class ExpansionFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        // One element a row: null one null, [] and {} none, a scalar itself, a bag each property as a bag of its own.
        new("$elements", [ColumnType.Dynamic], ColumnType.Dynamic, null) { List = (in a, ref r) => Expand(a.Text(0), false, ref r) },

        // bagexpansion=array: a property is [name, value].
        new("$elements_as_arrays", [ColumnType.Dynamic], ColumnType.Dynamic, null) { List = (in a, ref r) => Expand(a.Text(0), true, ref r) },
    ];

    private static void Expand(ReadOnlySpan<byte> value, bool asArrays, ref ListResult result)
    {
        switch (JsonText.KindOf(value))
        {
            case JsonKind.None or JsonKind.Null:
                result.AddNull();
                break;
            case JsonKind.Array:
                ExpandArray(value, ref result);
                break;
            case JsonKind.Object:
                ExpandBag(value, asArrays, ref result);
                break;
            default:
                result.Add(value);
                break;
        }
    }

    private static void ExpandArray(ReadOnlySpan<byte> value, ref ListResult result)
    {
        var elements = new JsonElements(value);
        while (elements.MoveNext())
        {
            if (JsonText.IsNull(elements.Current))
            {
                result.AddNull();
            }
            else
            {
                result.Add(elements.Current);
            }
        }
    }

    private static void ExpandBag(ReadOnlySpan<byte> value, bool asArrays, ref ListResult result)
    {
        var properties = new JsonProperties(value);
        while (properties.MoveNext())
        {
            ArrayBufferWriter<byte> to = Result.Scratch();
            to.Write(asArrays ? "[\""u8 : "{\""u8);
            to.Write(properties.Name);
            to.Write(asArrays ? "\","u8 : "\":"u8);
            to.Write(properties.Value);
            to.Write(asArrays ? "]"u8 : "}"u8);
            result.Add(to.WrittenSpan);
        }
    }
}
