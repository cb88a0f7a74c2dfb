using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Data.Tests.Sources.Answers;

/// <summary>Answers of Kusto's version 2 with random columns and cells.</summary>
internal sealed class RandomAnswer(int seed)
{
    private static readonly string[] Texts =
        ["", "a", "\"quoted\" \\ back", "tab\tline\nfeed", "žluťoučký 漢字 😀", "\u0001\u001f", "{\"a\":[1,2,{\"b\":\"c\"}]}", "[1, 2]", "null", "NaN", "1e5", "2020-01-01", "}{][,:", new string('x', 3000), "\\u0041"];

    private readonly Random _random = new(seed);

    /// <summary>An answer with up to three primary tables, white space at random, and tables about the query between them.</summary>
    public string Frames()
    {
        var json = new StringBuilder("[");
        Frame(json, """{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"}""");
        Frame(json, ",", """{"FrameType":"DataTable","TableId":0,"TableKind":"QueryProperties","TableName":"@ExtendedProperties","Columns":[{"ColumnName":"TableId","ColumnType":"int"},{"ColumnName":"Key","ColumnType":"string"},{"ColumnName":"Value","ColumnType":"dynamic"}],"Rows":[[1,"Visualization","{\"Visualization\":null}"]]}""");
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            Frame(json, ",", Table(i));
        }

        Frame(json, ",", """{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}""");
        return json.Append(White()).Append(']').Append(White()).ToString();
    }

    private void Frame(StringBuilder json, params string[] parts) => json.AppendJoin("", parts.Select(part => White() + part));

    private string White() => _random.Next(3) == 0 ? " \r\n\t"[.._random.Next(0, 5)] : "";

    private string Table(int id)
    {
        ColumnType[] types = [.. Enumerable.Range(0, _random.Next(1, 8)).Select(_ => (ColumnType)_random.Next(10))];
        string columns = string.Join(',', types.Select((type, i) => $$"""{"ColumnName":"c{{i}}","ColumnType":"{{type.KqlName()}}"}"""));
        string rows = string.Join(White() + ",", Enumerable.Range(0, _random.Next(0, 40)).Select(_ => $"{White()}[{string.Join(White() + ",", types.Select(type => White() + Cell(type)))}{White()}]"));
        string[] properties =
        [
            """
            "FrameType":"DataTable"
            """.Trim(), $"\"TableId\":{id}", "\"TableKind\":\"PrimaryResult\"", "\"TableName\":\"Table\\u005f1\"", $"\"Columns\":[{columns}]", $"\"Rows\":{White()}[{rows}]", "\"More\":[{\"x\":\"]}\\\"\"}]",
        ];
        if (_random.Next(3) == 0)
        {
            _random.Shuffle(properties);
        }

        return $"{{{string.Join(",", properties)}}}";
    }

    private string Cell(ColumnType type) => _random.Next(6) == 0 ? "null" : type switch
    {
        ColumnType.Bool => Pick("true", "false", "1", "0"),
        ColumnType.Int => Pick("0", "-1", int.MaxValue.ToString(CultureInfo.InvariantCulture), int.MinValue.ToString(CultureInfo.InvariantCulture)),
        ColumnType.Long => Pick("0", _random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture), "9223372036854775807", "-9223372036854775808"),
        ColumnType.Real => Pick("0", "-0.5", "1e300", "1.5E-7", _random.NextDouble().ToString("R", CultureInfo.InvariantCulture), "\"NaN\"", "\"Infinity\"", "\"-Infinity\""),
        ColumnType.Decimal => Pick("\"0.1\"", "\"-79228162514264337593543950335\"", "1.50", "\"1E-10\"", "42"),
        ColumnType.DateTime => Quoted(new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture)),
        ColumnType.TimeSpan => Quoted(new TimeSpan(_random.Next(2) == 0 ? _random.NextInt64(-10_000_000_000, 10_000_000_000) : _random.NextInt64(long.MinValue, long.MaxValue)).ToString("c")),
        ColumnType.Guid => Quoted(Guid.NewGuid().ToString()),
        ColumnType.Dynamic => Pick("{\"a\": [1,\"]\"]}", "[]", "1.5", "true", "\"{\\\"a\\\":1}\"", "\"plain text\"", "\"\"", Quoted(Texts[_random.Next(Texts.Length)])),
        _ => Quoted(Texts[_random.Next(Texts.Length)]),
    };

    private string Quoted(string text) => _random.Next(2) == 0
        ? JsonSerializer.Serialize(text)
        : JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
