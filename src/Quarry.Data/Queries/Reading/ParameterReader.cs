using System.Globalization;
using Quarry.Data.Queries.Filling;

namespace Quarry.Data.Queries.Reading;

/// <summary>Reads the parameters of queries.</summary>
/// <param name="isShipped">Whether they are of Quarry's own definitions.</param>
internal sealed class ParameterReader(bool isShipped)
{
    private const int MostParameters = 200;

    // In MSTICPy's definitions these are pieces of KQL by their names; their type says str.
    private static readonly HashSet<string> RawNames = new(StringComparer.Ordinal)
    {
        "add_query_items", "where_clause", "query_project", "query_condition", "subscription_filter", "aggregatefunction", "filter_clause", "project_clause",
    };

    private static readonly Dictionary<string, QueryParameterType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["str"] = QueryParameterType.Text,
        ["string"] = QueryParameterType.Text,
        ["datetime"] = QueryParameterType.DateTime,
        ["int"] = QueryParameterType.Long,
        ["integer"] = QueryParameterType.Long,
        ["long"] = QueryParameterType.Long,
        ["float"] = QueryParameterType.Real,
        ["real"] = QueryParameterType.Real,
        ["double"] = QueryParameterType.Real,
        ["bool"] = QueryParameterType.Bool,
        ["boolean"] = QueryParameterType.Bool,
        ["timespan"] = QueryParameterType.TimeSpan,
        ["list"] = QueryParameterType.List,
        ["strlist"] = QueryParameterType.List,
        ["intlist"] = QueryParameterType.LongList,
        ["name"] = QueryParameterType.Name,
        ["table"] = QueryParameterType.Name,
        ["column"] = QueryParameterType.Name,
        ["kql"] = QueryParameterType.Fragment,
    };

    /// <summary>The parameter that a name is where no definition defines it: what is added behind a query.</summary>
    public static QueryParameter? Implied(string name, int line) => name != "add_query_items" ? null
        : new QueryParameter(name, QueryParameterType.Fragment, "Further operators, behind the query.") { Default = "", Line = line };

    /// <summary>The parameters of a mapping.</summary>
    /// <param name="mapping">The mapping; null for none.</param>
    /// <param name="problem">Is told what is wrong, with its line.</param>
    public IReadOnlyList<QueryParameter> Read(YamlMapping? mapping, Action<int, string> problem)
    {
        var parameters = new List<QueryParameter>();
        foreach ((YamlScalar name, YamlNode node) in mapping?.Entries ?? [])
        {
            if (!QueryName.IsRight(name.Text))
            {
                problem(name.Line, $"'{Shortened.Of(name.Text)}' is no name for a parameter: letters, digits and underscores, and no digit first.");
            }
            else if (node is not YamlMapping properties)
            {
                problem(node.Line, $"The parameter '{name.Text}' has keys below it: description, type, default.");
            }
            else
            {
                parameters.Add(Read(name, properties, problem));
            }
        }

        return parameters.Count <= MostParameters
            ? parameters
            : throw new YamlProblemException(mapping!.Line, string.Create(CultureInfo.InvariantCulture, $"There are more than {MostParameters} parameters."));
    }

    private QueryParameter Read(YamlScalar name, YamlMapping properties, Action<int, string> problem)
    {
        QueryParameterType type = Type(name, properties, problem);
        YamlNode? value = properties["default"];
        if (value is YamlMapping || (value is YamlSequence && type is not (QueryParameterType.List or QueryParameterType.LongList)))
        {
            problem(value.Line, $"The default of '{name.Text}' is one value.");
        }

        if (properties["format"] is { } format)
        {
            problem(format.Line, $"The parameter '{name.Text}' has a format of its own, which Quarry does not take: values are written by their types.");
        }

        string[]? items = value is YamlSequence sequence ? [.. sequence.Items.OfType<YamlScalar>().Select(item => item.Text)] : null;
        return new QueryParameter(name.Text, type, (properties["description"] as YamlScalar)?.Text.Trim() ?? "")
        {
            Default = items is not null ? string.Join(", ", items) : value is YamlScalar { IsNull: false } one ? one.Text : value is YamlScalar { IsPlain: false } ? "" : null,
            DefaultItems = items,
            Aliases = Aliases(properties["aliases"]),
            Line = name.Line,
        };
    }

    private QueryParameterType Type(YamlScalar name, YamlMapping properties, Action<int, string> problem)
    {
        QueryParameterType type = QueryParameterType.Text;
        if (properties["type"] is { } node)
        {
            string said = (node as YamlScalar)?.Text.Trim() ?? "";
            if (!Types.TryGetValue(said, out type))
            {
                string hint = NearestName.Of(said, Types.Keys) is { } near ? $" Did you mean {near}?" : "";
                problem(node.Line, $"The parameter '{name.Text}' has the type '{Shortened.Of(said)}'.{hint} Types: {string.Join(", ", Types.Keys)}.");
            }
        }

        bool isRaw = properties["raw"] is YamlScalar raw && raw.Text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return isRaw || (!isShipped && type == QueryParameterType.Text && RawNames.Contains(name.Text)) ? QueryParameterType.Fragment : type;
    }

    private static IReadOnlyList<string> Aliases(YamlNode? node) => node switch
    {
        YamlSequence several => [.. several.Items.OfType<YamlScalar>().Select(item => item.Text)],
        YamlScalar { IsNull: false } one => [one.Text],
        _ => [],
    };
}
