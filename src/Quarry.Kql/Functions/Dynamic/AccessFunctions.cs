using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Access to parts of dynamic values: a missing property, an index out of range and access to a scalar give null.</summary>
internal static class AccessFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        // A path that is known when the query is bound; see DynamicPath.
        new("$path", [ColumnType.Dynamic, ColumnType.String], ColumnType.Dynamic,
            (in a, ref r) => Give(DynamicPath.Follow(a.Text(0), a.Text(1)), ref r)),

        // tostring(d.a.b) without the value between.
        new("$path_text", [ColumnType.Dynamic, ColumnType.String], ColumnType.String,
            (in a, ref r) => ConversionFunctions.GiveText(DynamicPath.Follow(a.Text(0), a.Text(1)), ref r)),
        new("$index", [ColumnType.Dynamic, ColumnType.Long], ColumnType.Dynamic,
            (in a, ref r) => Give(a.IsNull(1) ? default : JsonText.Element(a.Text(0), a.Long(1)), ref r)),
        new("$property", [ColumnType.Dynamic, ColumnType.String], ColumnType.Dynamic,
            (in a, ref r) => Give(a.IsNull(1) ? default : JsonText.Property(a.Text(0), a.Text(1)), ref r)),

        // d[k] where k is dynamic itself: a number is an index, a string a name.
        new("$at", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, At),
    ];

    /// <summary>Gives a part of a dynamic value; JSON's null is null.</summary>
    public static void Give(ReadOnlySpan<byte> value, ref Result result)
    {
        if (JsonText.IsNull(value))
        {
            result.Null();
        }
        else
        {
            result.Text(value);
        }
    }

    private static void At(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> value = arguments.Text(0), key = arguments.Text(1);
        if (JsonText.KindOf(key) == JsonKind.String)
        {
            Give(JsonText.Property(value, JsonText.Said(key, Result.Scratch())), ref result);
        }
        else if (JsonText.KindOf(key) == JsonKind.Number && JsonText.TryLong(key, out long index))
        {
            Give(JsonText.Element(value, index), ref result);
        }
        else
        {
            result.Null();
        }
    }
}
