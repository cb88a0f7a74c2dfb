using System.Buffers;
using System.Globalization;
using System.Text;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Tables;

namespace Quarry.Kql.Syntax;

/// <summary>Values as literals of KQL: whatever a value holds, its literal is one token, and no part of it becomes query.</summary>
public static class KqlLiteral
{
    /// <summary>The literal of a value of a type; of null the type's null.</summary>
    /// <param name="value">A bool, int, long, double, decimal, DateTime (UTC) or its ticks, TimeSpan or its ticks, Guid or string; of dynamic a string of JSON.</param>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentException">The value is not of the type.</exception>
    public static string Of(object? value, ColumnType type) => (value, type) switch
    {
        (null, ColumnType.String) => "''",
        (null, _) => $"{type.KqlName()}(null)",
        (string text, ColumnType.String) => String(text),
        (string json, ColumnType.Dynamic) => Dynamic(json),
        (bool truth, ColumnType.Bool) => truth ? "true" : "false",
        (int or long, ColumnType.Int or ColumnType.Long) => string.Create(CultureInfo.InvariantCulture, $"{type.KqlName()}({value})"),
        (double number, ColumnType.Real) => Real(number),
        (decimal number, ColumnType.Decimal) => string.Create(CultureInfo.InvariantCulture, $"decimal({number})"),
        (DateTime time, ColumnType.DateTime) => string.Create(CultureInfo.InvariantCulture, $"datetime({time:yyyy-MM-ddTHH:mm:ss.fffffffZ})"),
        (TimeSpan span, ColumnType.TimeSpan) => TimeSpan(span),
        (long ticks, ColumnType.DateTime) => Of(new DateTime(ticks, DateTimeKind.Utc), type),
        (long ticks, ColumnType.TimeSpan) => TimeSpan(new TimeSpan(ticks)),
        (Guid guid, ColumnType.Guid) => $"guid({guid:D})",
        _ => throw new ArgumentException($"A {value.GetType().Name} is no {type.KqlName()}.", nameof(value)),
    };

    /// <summary>A text in quotes.</summary>
    public static string String(string text) => Quoted(text, '\'');

    /// <summary>A column's or table's name as KQL takes any name: in brackets and quotes.</summary>
    public static string Name(string name) => $"[{Quoted(name, '\'')}]";

    private static string Quoted(string text, char quote)
    {
        var quoted = new StringBuilder(text.Length + 2).Append(quote);
        foreach (char c in text)
        {
            switch (c)
            {
                case '\\': quoted.Append(@"\\"); break;
                case '\t': quoted.Append(@"\t"); break;
                case '\n': quoted.Append(@"\n"); break;
                case '\r': quoted.Append(@"\r"); break;
                case '\'' or '"': quoted.Append('\\').Append(c); break;
                case < ' ' or (>= '\x7F' and < '\xA0') or '\u2028' or '\u2029': quoted.Append(@"\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: quoted.Append(c); break;
            }
        }

        return quoted.Append(quote).ToString();
    }

    private static string Real(double number) =>
        double.IsNaN(number) ? "real(nan)"
        : double.IsInfinity(number) ? (number > 0 ? "real(+inf)" : "real(-inf)")
        : string.Create(CultureInfo.InvariantCulture, $"real({number:R})");

    private static string TimeSpan(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"time({span:c})");

    // What is no JSON is a text, as parse_json() has it.
    private static string Dynamic(string json)
    {
        bool isJson = JsonCompaction.TryCompact(Encoding.UTF8.GetBytes(json), new ArrayBufferWriter<byte>(), out ReadOnlySpan<byte> compact);
        return isJson ? $"dynamic({Encoding.UTF8.GetString(compact)})" : $"dynamic({String(json)})";
    }
}
