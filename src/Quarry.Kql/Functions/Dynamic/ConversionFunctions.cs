using System.Buffers;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Conversions to and from dynamic values.</summary>
internal static class ConversionFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("parse_json", [ColumnType.String], ColumnType.Dynamic, ParseJson),
        new("parsejson", [ColumnType.String], ColumnType.Dynamic, ParseJson),
        new("todynamic", [ColumnType.String], ColumnType.Dynamic, ParseJson),
        new("toobject", [ColumnType.String], ColumnType.Dynamic, ParseJson),

        // A cell of a file's dynamic column, which may hold any text.
        new("$dynamic", [ColumnType.String], ColumnType.Dynamic, ParseJson),

        // parse_json() of what is dynamic already: a string is read again, all else stays.
        new("$parse_json_dynamic", [ColumnType.Dynamic], ColumnType.Dynamic, ParseDynamic),
        new("$text_of_dynamic", [ColumnType.Dynamic], ColumnType.String, (in a, ref r) => GiveText(a.Text(0), ref r)),
        new("dynamic_to_json", [ColumnType.Dynamic], ColumnType.String, SortedJson),
        .. FromDynamic(),
        .. Casts(),
        .. ToJson(),
        .. Types(),
        new("$isnull_dynamic", [ColumnType.Dynamic], ColumnType.Bool, (in a, ref r) => r.Bool(JsonText.IsNull(a.Text(0)))),
        new("$isempty_dynamic", [ColumnType.Dynamic], ColumnType.Bool,
            (in a, ref r) => r.Bool(JsonText.IsNull(a.Text(0)) || a.Text(0).SequenceEqual("\"\""u8))),
    ];

    /// <summary>Gives the text of a dynamic value: a string's without quotes, nothing for null, else its JSON.</summary>
    public static void GiveText(ReadOnlySpan<byte> value, ref Result result)
    {
        switch (JsonText.KindOf(value))
        {
            case JsonKind.None or JsonKind.Null:
                result.Text(ReadOnlySpan<byte>.Empty);
                break;
            case JsonKind.String:
                result.Text(JsonText.Said(value, Result.Scratch()));
                break;
            default:
                result.Text(value);
                break;
        }
    }

    /// <summary>Gives a text as a dynamic value: what its JSON says, itself as a string if it is none, null if it is empty.</summary>
    public static void GiveParsed(ReadOnlySpan<byte> text, ref Result result)
    {
        if (text.IsEmpty)
        {
            result.Null();
            return;
        }

        ArrayBufferWriter<byte> scratch = Result.Scratch();
        if (JsonCompaction.TryCompact(text, scratch, out ReadOnlySpan<byte> compact))
        {
            AccessFunctions.Give(compact, ref result);
            return;
        }

        scratch.ResetWrittenCount();
        JsonOutput.String(scratch, text);
        result.Text(scratch);
    }

    private static void ParseJson(in Arguments arguments, ref Result result) => GiveParsed(arguments.Text(0), ref result);

    private static void ParseDynamic(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> value = arguments.Text(0);
        if (JsonText.KindOf(value) == JsonKind.String)
        {
            var said = new ArrayBufferWriter<byte>();
            GiveParsed(JsonText.Said(value, said), ref result);
        }
        else
        {
            AccessFunctions.Give(value, ref result);
        }
    }

    private static IEnumerable<ScalarFunction> FromDynamic() =>
    [
        new("$dynamic_to_long", [ColumnType.Dynamic], ColumnType.Long, (in a, ref r) => r.Long(ScalarReading.ToLong(a.Text(0)))),
        new("$dynamic_to_int", [ColumnType.Dynamic], ColumnType.Int, (in a, ref r) => Give(ScalarReading.ToInt(a.Text(0)), ref r)),
        new("$dynamic_to_real", [ColumnType.Dynamic], ColumnType.Real, (in a, ref r) => r.Real(ScalarReading.ToReal(a.Text(0)))),
        new("$dynamic_to_bool", [ColumnType.Dynamic], ColumnType.Bool, (in a, ref r) => Give(ScalarReading.ToBool(a.Text(0)), ref r)),
    ];

    // mv-expand ... to typeof(T): the type has to be right, nothing is parsed but what JSON holds as a string.
    private static IEnumerable<ScalarFunction> Casts() =>
    [
        new("$cast_long", [ColumnType.Dynamic], ColumnType.Long, (in a, ref r) => r.Long(ScalarReading.CastLong(a.Text(0)))),
        new("$cast_int", [ColumnType.Dynamic], ColumnType.Int,
            (in a, ref r) => Give(ScalarReading.CastLong(a.Text(0)) is { } whole ? unchecked((int)whole) : null, ref r)),
        new("$cast_real", [ColumnType.Dynamic], ColumnType.Real, (in a, ref r) => r.Real(ScalarReading.CastReal(a.Text(0)))),
        new("$cast_decimal", [ColumnType.Dynamic], ColumnType.Decimal, CastDecimal),
        new("$cast_bool", [ColumnType.Dynamic], ColumnType.Bool,
            (in a, ref r) => Give(JsonText.KindOf(a.Text(0)) == JsonKind.Bool ? a.Text(0)[0] == (byte)'t' : null, ref r)),
        new("$cast_datetime", [ColumnType.Dynamic], ColumnType.DateTime, (in a, ref r) => r.Long(ScalarReading.CastDateTime(a.Text(0)))),
        new("$cast_timespan", [ColumnType.Dynamic], ColumnType.TimeSpan, (in a, ref r) => r.Long(ScalarReading.CastTimeSpan(a.Text(0)))),
        new("$cast_guid", [ColumnType.Dynamic], ColumnType.Guid, CastGuid),
        new("$cast_string", [ColumnType.Dynamic], ColumnType.String, (in a, ref r) => GiveText(a.Text(0), ref r)),
    ];

    private static IEnumerable<ScalarFunction> ToJson() =>
    [
        Json(ColumnType.Bool, (in a, to) => JsonOutput.Bool(to, a.Bool(0))),
        Json(ColumnType.Int, (in a, to) => JsonOutput.Long(to, a.Int(0))),
        Json(ColumnType.Long, (in a, to) => JsonOutput.Long(to, a.Long(0))),
        Json(ColumnType.Real, (in a, to) => JsonOutput.Real(to, a.Real(0))),
        Json(ColumnType.Decimal, (in a, to) => JsonOutput.Decimal(to, a.Scaled(0))),
        Json(ColumnType.DateTime, (in a, to) => JsonOutput.DateTime(to, a.Long(0))),
        Json(ColumnType.TimeSpan, (in a, to) => JsonOutput.TimeSpan(to, a.Long(0))),
        Json(ColumnType.String, (in a, to) => JsonOutput.String(to, a.Text(0))),
        Json(ColumnType.Guid, (in a, to) => JsonOutput.String(to, a.Text(0))),
        new("$json", [ColumnType.Dynamic], ColumnType.Dynamic, (in a, ref r) => AccessFunctions.Give(a.Text(0), ref r)),
    ];

    private static IEnumerable<ScalarFunction> Types() =>
    [
        new("gettype", [ColumnType.Dynamic], ColumnType.String, (in a, ref r) => r.Text(TypeOf(a.Text(0)))),
        .. Enum.GetValues<ColumnType>().Where(type => type != ColumnType.Dynamic).Select(type =>
        {
            byte[] name = System.Text.Encoding.UTF8.GetBytes(Symbols.ScalarTypes.NameOf(type));
            return new ScalarFunction("gettype", [type], ColumnType.String, (in a, ref r) => r.Text(name));
        }),
    ];

    private static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> value) => JsonText.KindOf(value) switch
    {
        JsonKind.Array => "array"u8,
        JsonKind.Object => "dictionary"u8,
        JsonKind.String => "string"u8,
        JsonKind.Bool => "bool"u8,
        JsonKind.Number => JsonText.TryLong(value, out _) ? "long"u8 : "double"u8,
        _ => "null"u8,
    };

    private delegate void Writing(in Arguments arguments, ArrayBufferWriter<byte> to);

    private static ScalarFunction Json(ColumnType type, Writing write) => new("$json", [type], ColumnType.Dynamic, (in a, ref r) =>
    {
        if (a.IsNull(0) && type != ColumnType.String)
        {
            r.Null();
            return;
        }

        ArrayBufferWriter<byte> scratch = Result.Scratch();
        write(a, scratch);
        r.Text(scratch);
    });

    private static void CastDecimal(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> value = arguments.Text(0);
        value = JsonText.KindOf(value) == JsonKind.String ? JsonText.Inside(value) : value;
        if (decimal.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal number))
        {
            result.Decimal(number);
        }
        else
        {
            result.Null();
        }
    }

    private static void CastGuid(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> value = arguments.Text(0);
        if (JsonText.KindOf(value) == JsonKind.String && Guid.TryParse(JsonText.Inside(value), out Guid guid))
        {
            result.Text(guid.ToString());
        }
        else
        {
            result.Null();
        }
    }

    // Kusto writes the properties of an object by their names here.
    private static void SortedJson(in Arguments arguments, ref Result result)
    {
        ArrayBufferWriter<byte> scratch = Result.Scratch();
        SortedProperties.Write(arguments.Text(0), scratch);
        result.Text(scratch);
    }

    private static void Give(int? value, ref Result result)
    {
        if (value is { } given)
        {
            result.Int(given);
        }
        else
        {
            result.Null();
        }
    }

    private static void Give(bool? value, ref Result result)
    {
        if (value is { } given)
        {
            result.Bool(given);
        }
        else
        {
            result.Null();
        }
    }
}
