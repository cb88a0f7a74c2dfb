using System.Globalization;
using System.Text;
using Quarry.Kql.Functions;
using Quarry.Kql.Functions.Conversions;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>The values that a query is run with: they are bound by type and never become text of the query.</summary>
internal static class QueryParameters
{
    /// <summary>The parameters that a query declares.</summary>
    public static IReadOnlyList<KqlParameter> DeclaredIn(SyntaxTree tree) =>
        [.. tree.Root.Statements.OfType<QueryParametersStatement>().SelectMany(statement => statement.Parameters).Select(Of)];

    /// <summary>What a declaration says of one parameter.</summary>
    public static KqlParameter Of(FunctionParameter parameter) =>
        new(parameter.Name.Text, parameter.Type is null ? ColumnType.String : ScalarTypes.Named(parameter.Type.Text) ?? ColumnType.String, parameter.Default is not null);

    /// <summary>A value for each parameter, to look whether a query can be lowered.</summary>
    public static IReadOnlyDictionary<string, object?> Nothing(IReadOnlyList<KqlParameter> declared) => declared.DistinctBy(one => one.Name).ToDictionary(one => one.Name, _ => (object?)null);

    /// <summary>The values by name, each of its parameter's type.</summary>
    /// <exception cref="KqlException">One is missing, not declared, or not of its type.</exception>
    public static IReadOnlyDictionary<string, object?> Values(IReadOnlyList<KqlParameter> declared, IReadOnlyDictionary<string, object?> given)
    {
        foreach (string name in given.Keys.Where(name => declared.All(one => one.Name != name)))
        {
            string known = declared.Count == 0 ? "It declares none: declare query_parameters(name:type);" : $"It declares {string.Join(", ", declared.Select(one => one.Name))}.";
            throw new KqlException($"The query has no parameter '{name}'. {known}");
        }

        var values = new Dictionary<string, object?>();
        foreach (KqlParameter parameter in declared)
        {
            if (given.TryGetValue(parameter.Name, out object? value))
            {
                values[parameter.Name] = Typed(parameter, value);
            }
            else if (!parameter.HasDefault)
            {
                throw new KqlException($"The query's parameter '{parameter.Name}' ({ScalarTypes.NameOf(parameter.Type)}) has no value.");
            }
        }

        return values;
    }

    private static object? Typed(KqlParameter parameter, object? value) => (value, parameter.Type) switch
    {
        (null, _) => null,
        (string text, ColumnType.String) => text,
        (string text, _) => Read(text.Trim(), parameter),
        (bool, ColumnType.Bool) or (long, ColumnType.Long) or (int, ColumnType.Int) or (double, ColumnType.Real) or (decimal, ColumnType.Decimal) => value,
        (DateTime time, ColumnType.DateTime) => time.ToUniversalTime(),
        (DateTimeOffset time, ColumnType.DateTime) => time.UtcDateTime,
        (TimeSpan, ColumnType.TimeSpan) => value,
        (Guid guid, ColumnType.Guid) => guid,
        (int number, ColumnType.Long) => (long)number,
        (int or long, ColumnType.Real) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (int or long, ColumnType.Decimal) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        _ => throw Refused(parameter, value.ToString() ?? ""),
    };

    private static object Read(string text, KqlParameter parameter)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        object? read = parameter.Type switch
        {
            ColumnType.Bool => NumericText.Bool(utf8),
            ColumnType.Int => NumericText.Long(utf8) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null,
            ColumnType.Long => NumericText.Long(utf8),
            ColumnType.Real => NumericText.Real(utf8),
            ColumnType.Decimal => NumericText.Scaled(utf8) is { } scaled ? DecimalStorage.ToDecimal(scaled) : null,
            ColumnType.DateTime => DateTimeText.Parse(utf8),
            ColumnType.TimeSpan => TimeSpanText.Parse(Encoding.UTF8.GetBytes(text.ToLowerInvariant())),
            ColumnType.Guid => Guid.TryParse(text, out Guid guid) ? guid : null,
            _ => text,
        };
        return read ?? throw Refused(parameter, text);
    }

    private static KqlException Refused(KqlParameter parameter, string value) =>
        new($"The query's parameter '{parameter.Name}' is a {ScalarTypes.NameOf(parameter.Type)}; '{value}' is none.");
}
