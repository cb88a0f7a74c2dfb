using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>
/// A dynamic value beside a scalar: <c>$dynamic_equals</c> is false where one is null or the types do not fit, and null where both are null;
/// <c>$dynamic_compare</c> is -1, 0 or 1, and null where they cannot be compared.
/// </summary>
internal static class ComparisonFunctions
{
    private delegate int? Comparison(in Arguments arguments);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. Of(ColumnType.String, CompareText),
        .. Of(ColumnType.Bool, (in a) => JsonText.KindOf(a.Text(0)) == JsonKind.Bool ? (a.Text(0)[0] == (byte)'t').CompareTo(a.Bool(1)) : null),
        .. Of(ColumnType.Int, (in a) => CompareLong(a.Text(0), a.Int(1))),
        .. Of(ColumnType.Long, (in a) => CompareLong(a.Text(0), a.Long(1))),
        .. Of(ColumnType.Real, (in a) => CompareReal(a.Text(0), a.Real(1))),
        .. Of(ColumnType.DateTime, (in a) => ScalarReading.CastDateTime(a.Text(0))?.CompareTo(a.Long(1))),
        .. Of(ColumnType.TimeSpan, (in a) => ScalarReading.CastTimeSpan(a.Text(0))?.CompareTo(a.Long(1))),
        .. Of(ColumnType.Guid, CompareGuid),
    ];

    private static IEnumerable<ScalarFunction> Of(ColumnType type, Comparison compare) =>
    [
        new("$dynamic_equals", [ColumnType.Dynamic, type], ColumnType.Bool, (in a, ref r) =>
        {
            bool leftIsNull = JsonText.IsNull(a.Text(0)), rightIsNull = a.IsNull(1) && type != ColumnType.String;
            if (leftIsNull && rightIsNull)
            {
                r.Null();
                return;
            }

            r.Bool(!leftIsNull && !rightIsNull && compare(a) == 0);
        }),
        new("$dynamic_compare", [ColumnType.Dynamic, type], ColumnType.Int, (in a, ref r) =>
        {
            if ((!a.IsNull(1) || type == ColumnType.String) && compare(a) is { } order)
            {
                r.Int(Math.Sign(order));
            }
            else
            {
                r.Null();
            }
        }),
    ];

    private static int? CompareText(in Arguments arguments)
    {
        ReadOnlySpan<byte> value = arguments.Text(0);
        return JsonText.KindOf(value) switch
        {
            JsonKind.None or JsonKind.Null => null,
            JsonKind.String => JsonText.Said(value, Result.Scratch()).SequenceCompareTo(arguments.Text(1)),
            _ => value.SequenceCompareTo(arguments.Text(1)),
        };
    }

    private static int? CompareLong(ReadOnlySpan<byte> value, long number) =>
        JsonText.KindOf(value) != JsonKind.Number ? null
        : JsonText.TryLong(value, out long whole) ? whole.CompareTo(number)
        : CompareReal(value, number);

    // NaN equals nothing and is not less or greater than anything.
    private static int? CompareReal(ReadOnlySpan<byte> value, double number) =>
        ScalarReading.CastReal(value) is { } real && !double.IsNaN(real) && !double.IsNaN(number) ? real.CompareTo(number) : null;

    private static int? CompareGuid(in Arguments arguments)
    {
        ReadOnlySpan<byte> value = arguments.Text(0);
        return JsonText.KindOf(value) == JsonKind.String && Guid.TryParse(JsonText.Inside(value), out Guid left) && Guid.TryParse(arguments.Text(1), out Guid right)
            ? left.CompareTo(right) : null;
    }
}
