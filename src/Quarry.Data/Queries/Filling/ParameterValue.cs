using System.Collections;
using System.Globalization;
using System.Text;
using Quarry.Kql.Functions.Conversions;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries.Filling;

/// <summary>
/// Values of parameters by their types: what a caller gives, or a definition has for a default, as a <see cref="string"/>,
/// <see cref="DateTime"/> (UTC), <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="TimeSpan"/>, or
/// a list of strings and longs.
/// </summary>
internal static class ParameterValue
{
    private const int MostItems = 10_000;
    private const int MostCharacters = 1 << 20;

    /// <summary>A value as one of its parameter's type.</summary>
    /// <exception cref="QuarryException">It is none.</exception>
    public static object Of(QueryParameter parameter, object value, DateTime now) => parameter.Type switch
    {
        QueryParameterType.List or QueryParameterType.LongList => Items(parameter, value),
        _ => Bounded(parameter, Single(parameter, value, now) ?? throw Refused(parameter, Shown(value))),
    };

    /// <summary>A value as text, as it stands in a string literal of the query.</summary>
    public static string Text(object value) => value switch
    {
        string text => text,
        DateTime time => Time(time),
        bool truth => truth ? "true" : "false",
        TimeSpan span => Span(span),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IReadOnlyList<object> items => string.Join(", ", items.Select(Literal)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A value as one literal of KQL; of a list the literals of its items.</summary>
    public static string Literal(object value) => value switch
    {
        string text => KqlLiteral.String(text),
        DateTime time => $"datetime({Time(time)})",
        bool truth => truth ? "true" : "false",
        TimeSpan span => Span(span) is var text && char.IsAsciiLetter(text[^1]) ? text : $"time({text})",
        long number => number >= 0 ? number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"long({number})"),
        double number => KqlLiteral.Of(number, Tables.ColumnType.Real),
        IReadOnlyList<object> items => string.Join(", ", items.Select(Literal)),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a parameter.", nameof(value)),
    };

    private static string Time(DateTime time) =>
        time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    // As one would write it, where it is a whole number of one unit.
    private static string Span(TimeSpan span)
    {
        foreach ((long ticks, string unit) in (ReadOnlySpan<(long, string)>)[(TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "m"), (TimeSpan.TicksPerSecond, "s")])
        {
            if (span.Ticks > 0 && span.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / ticks}{unit}");
            }
        }

        return span.ToString("c", CultureInfo.InvariantCulture);
    }

    private static object? Single(QueryParameter parameter, object value, DateTime now) => (parameter.Type, value) switch
    {
        (QueryParameterType.DateTime, DateTime time) => time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime(),
        (QueryParameterType.DateTime, DateTimeOffset time) => time.UtcDateTime,
        (QueryParameterType.DateTime, TimeSpan offset) => Offset(now, offset),
        (QueryParameterType.DateTime, sbyte or short or int or long) => RelativeTime.TryParse(Invariant(value), now, out DateTime time) ? time : null,
        (QueryParameterType.DateTime, string text) => RelativeTime.TryParse(text, now, out DateTime time) ? time : null,
        (QueryParameterType.TimeSpan, TimeSpan span) => span,
        (QueryParameterType.TimeSpan, string text) => TimeSpanText.Parse(Encoding.UTF8.GetBytes(text.Trim().ToLowerInvariant())) is { } ticks ? new TimeSpan(ticks) : null,
        (QueryParameterType.Bool, bool truth) => truth,
        (QueryParameterType.Bool, string text) => NumericText.Bool(Encoding.UTF8.GetBytes(text.Trim())),
        (QueryParameterType.Long, string text) => Long(text),
        (QueryParameterType.Long, sbyte or byte or short or ushort or int or uint or long) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (QueryParameterType.Real, string text) => NumericText.Real(Encoding.UTF8.GetBytes(text.Trim())),
        (QueryParameterType.Real, sbyte or byte or short or ushort or int or uint or long or float or double or decimal) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (QueryParameterType.Text or QueryParameterType.Name or QueryParameterType.Fragment, string text) => text,
        (QueryParameterType.Text, DateTime time) => Time(time.ToUniversalTime()),
        (QueryParameterType.Text, bool truth) => Text(truth),
        (QueryParameterType.Text or QueryParameterType.Fragment, IFormattable other) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static object Bounded(QueryParameter parameter, object value) =>
        value is string { Length: > MostCharacters } text
            ? throw new QuarryException(string.Create(CultureInfo.InvariantCulture, $"The parameter '{parameter.Name}' is {text.Length:N0} characters long; a query does not take more than {MostCharacters:N0}."))
            : value;

    private static List<object> Items(QueryParameter parameter, object value)
    {
        IEnumerable given = value switch
        {
            string text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            IEnumerable several => several,
            _ => new[] { value },
        };
        var items = new List<object>();
        long characters = 0;
        foreach (object? one in given)
        {
            object item = Item(parameter, one) ?? throw Refused(parameter, Shown(one));
            characters += item is string text ? text.Length : 8;
            items.Add(item);
            if (items.Count > MostItems || characters > MostCharacters)
            {
                throw new QuarryException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The list '{parameter.Name}' is longer than {MostItems:N0} values or {MostCharacters:N0} characters: put it into a table or watchlist, and join."));
            }
        }

        return items;
    }

    private static object? Item(QueryParameter parameter, object? value) => (parameter.Type, value) switch
    {
        (QueryParameterType.LongList, string text) => Long(text),
        (_, string text) => text,
        (_, sbyte or byte or short or ushort or int or uint or long) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (QueryParameterType.List, double or float or decimal) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (QueryParameterType.List, bool truth) => truth,
        (QueryParameterType.List, DateTime time) => time.ToUniversalTime(),
        (QueryParameterType.List, IFormattable other) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static object? Long(string text) => NumericText.Long(Encoding.UTF8.GetBytes(text.Trim())) is { } number ? number : null;

    private static object? Offset(DateTime now, TimeSpan offset)
    {
        long ticks = now.Ticks + offset.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Shown(object? value) => value is string text ? text : value is null ? "null" : Invariant(value);

    private static QuarryException Refused(QueryParameter parameter, string value)
    {
        string expected = parameter.Type switch
        {
            QueryParameterType.DateTime => "a time: 2026-03-05T12:00:00Z, now, or relative such as -3d, -1h@h",
            QueryParameterType.TimeSpan => "a span of time: 30m, 1h, 7d",
            QueryParameterType.Bool => "true or false",
            QueryParameterType.Long or QueryParameterType.LongList => "whole numbers",
            QueryParameterType.Real => "a number",
            QueryParameterType.List => "texts or numbers",
            _ => "a text",
        };
        return new QuarryException($"The parameter '{parameter.Name}' takes {expected}; '{Shortened.Of(value)}' is none.");
    }
}
