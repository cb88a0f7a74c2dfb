using System.Globalization;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>Columns that are computed: their expressions, their names, and clashes of names.</summary>
internal sealed partial class Binder
{
    // A column before it has its name. Without one it gets the next free "Column1"; one that nobody wrote gives way in a clash.
    private sealed record Computed(string Name, bool IsWritten, SyntaxElement Place, BoundExpression Value, ColumnType? Type);

    private List<Computed> BindComputed(IEnumerable<Expression> expressions)
    {
        var computed = new List<Computed>();
        foreach (Expression expression in expressions)
        {
            computed.AddRange(BindComputed(expression));
        }

        return computed;
    }

    private IEnumerable<Computed> BindComputed(Expression expression)
    {
        (Expression value, IReadOnlyList<NameSyntax> names) = expression switch
        {
            NamedExpression named => (named.Value, [named.Name]),
            NamesExpression several => (several.Value, several.Names),
            _ => (expression, (IReadOnlyList<NameSyntax>)[]),
        };
        BoundExpression bound = BindScalar(value);
        List<(string Name, ColumnType? Type)> parts = Parts(value, bound, isNamed: expression is NamedExpression);
        if (parts.Count == 0)
        {
            Error(value, "This gives no column: an argument is missing.");
            parts.Add(("", null));
        }

        for (int i = 0; i < parts.Count; i++)
        {
            bool isWritten = i < names.Count || (names.Count == 0 && value is NameExpression);
            yield return new Computed(
                i < names.Count ? names[i].Text : parts[i].Name,
                isWritten,
                i < names.Count ? names[i] : expression,
                bound,
                parts[i].Type);
        }
    }

    // The columns of an expression's value: one, or several of a function with several results.
    private List<(string Name, ColumnType? Type)> Parts(Expression value, BoundExpression bound, bool isNamed)
    {
        Expression inner = value is ParenthesizedExpression parenthesized ? parenthesized.Inner : value;
        if (inner is not CallExpression call || bound is not BoundCall { Name: not "error", Type: not null } function)
        {
            return [(ColumnNames.Of(value, _inAggregate), bound.Type)];
        }

        string argument = call.Arguments.Count > 0 ? ColumnNames.Of(call.Arguments[0], _inAggregate) : "";
        switch (call.Name.Text)
        {
            case "arg_max" or "arg_min" or "argmax" or "argmin" when _inAggregate:
                return [(ArgName(call, argument), function.Arguments[0].Type), .. call.Arguments.Skip(1).SelectMany((_, i) => Returned(call, function, i + 1))];
            case "take_any" or "any" when _inAggregate:
                bool isPlain = call.Name.Text == "any" && call.Arguments.Count == 1 && call.Arguments[0] is not StarExpression;
                return isPlain ? [($"any_{argument}", bound.Type)] : [.. call.Arguments.SelectMany((_, i) => Returned(call, function, i))];
            case "percentile" or "percentiles" when _inAggregate:
                return [.. call.Arguments.Skip(1).Select(percent => ($"percentile_{argument}_{PercentText(percent)}", bound.Type))];
            case "percentilew" or "percentilesw" when _inAggregate:
                return [.. call.Arguments.Skip(2).Select(percent => ($"percentile_{argument}_{PercentText(percent)}", bound.Type))];
            case "percentiles_array" or "percentilesw_array" when _inAggregate:
                return [($"percentiles_{argument}", ColumnType.Dynamic)];
            case "array_sort_asc" or "array_sort_desc" when function.Arguments.Count(one => one.Type == ColumnType.Dynamic) > 1:
                return [.. call.Arguments.Where((_, i) => function.Arguments[i].Type == ColumnType.Dynamic)
                    .Select(array => ($"{ColumnNames.Of(array, false)}_sorted", (ColumnType?)ColumnType.Dynamic))];
            case "bin_auto":
                return [(argument, bound.Type)];
            default:
                // Named, a series function gives its first result only; an aggregate gives all.
                return !isNamed && SeriesResults.TryGetValue(call.Name.Text, out (string Name, ColumnType Type)[]? results)
                    ? [.. results.Select(result => ($"{call.Name.Text}_{argument}_{result.Name}", (ColumnType?)result.Type))]
                    : [(ColumnNames.Of(value, _inAggregate), bound.Type)];
        }
    }

    private static string ArgName(CallExpression call, string argument) => call.Name.Text switch
    {
        "argmax" => $"max_{argument}",
        "argmin" => $"min_{argument}",
        _ => argument,
    };

    private IEnumerable<(string Name, ColumnType? Type)> Returned(CallExpression call, BoundCall function, int index)
    {
        string prefix = call.Name.Text.StartsWith("arg", StringComparison.Ordinal) && !call.Name.Text.Contains('_', StringComparison.Ordinal)
            ? $"{call.Name.Text[3..]}_{ColumnNames.Of(call.Arguments[0], true)}_"
            : call.Name.Text == "any" ? "any_" : "";
        if (call.Arguments[index] is not StarExpression)
        {
            return [(prefix + ColumnNames.Of(call.Arguments[index], true), function.Arguments[index].Type)];
        }

        string maximised = index > 0 ? ColumnNames.Of(call.Arguments[0], true) : "";
        return _row.Columns.Where(column => column.Name != maximised && !_keys.Contains(column.Name)).Select(column => (prefix + column.Name, column.Type));
    }

    private static string PercentText(Expression percent) => percent is LiteralExpression literal
        ? double.TryParse(literal.Token.Text, CultureInfo.InvariantCulture, out double number)
            ? number.ToString(CultureInfo.InvariantCulture).Replace('.', '_')
            : literal.ToString()
        : "";

    private static readonly Dictionary<string, (string Name, ColumnType Type)[]> SeriesResults = new()
    {
        ["series_stats"] =
        [
            ("min", ColumnType.Real), ("min_idx", ColumnType.Long), ("max", ColumnType.Real), ("max_idx", ColumnType.Long),
            ("avg", ColumnType.Real), ("stdev", ColumnType.Real), ("variance", ColumnType.Real),
        ],
        ["series_decompose"] =
        [
            ("baseline", ColumnType.Dynamic), ("seasonal", ColumnType.Dynamic), ("trend", ColumnType.Dynamic), ("residual", ColumnType.Dynamic),
        ],
        ["series_decompose_anomalies"] = [("ad_flag", ColumnType.Dynamic), ("ad_score", ColumnType.Dynamic), ("baseline", ColumnType.Dynamic)],
        ["series_decompose_forecast"] =
        [
            ("forecast", ColumnType.Dynamic), ("seasonal", ColumnType.Dynamic), ("trend", ColumnType.Dynamic), ("residual", ColumnType.Dynamic),
        ],
        ["series_fit_line"] =
        [
            ("rsquare", ColumnType.Real), ("slope", ColumnType.Real), ("variance", ColumnType.Real), ("rvariance", ColumnType.Real),
            ("interception", ColumnType.Real), ("line_fit", ColumnType.Dynamic),
        ],
        ["series_periods_detect"] = [("periods", ColumnType.Dynamic), ("scores", ColumnType.Dynamic)],
    };

    // Adds columns to those there are. A written name must be new among the added ones; a made one gets a number.
    private List<BoundAssignment> Declare(List<ColumnSymbol> columns, List<Computed> computed, bool replaces, string unnamed = "Column")
    {
        var added = new HashSet<string>(replaces ? [] : columns.Select(column => column.Name), StringComparer.Ordinal);
        var assignments = new List<BoundAssignment>();
        for (int i = 0; i < computed.Count; i++)
        {
            Computed one = computed[i];
            string name = one.Name.Length > 0 && one.IsWritten ? one.Name
                : one.Name.Length > 0 ? Free(one.Name, added)
                : unnamed == "print_" ? $"print_{i}"
                : Free("Column", [.. added, .. columns.Select(column => column.Name)], first: 1);
            if (!added.Add(name))
            {
                Error(one.Place, $"There is a column '{name}' already.", DiagnosticKind.Name);
                continue;
            }

            var column = new ColumnSymbol(name, one.Type);
            int at = replaces ? columns.FindIndex(known => known.Name == name) : -1;
            if (at >= 0)
            {
                columns[at] = column;
            }
            else
            {
                columns.Add(column);
            }

            assignments.Add(new BoundAssignment(column, one.Value));
        }

        return assignments;
    }

    private static string Free(string name, IReadOnlySet<string> taken, int first = 0)
    {
        for (int i = first; ; i++)
        {
            string candidate = i == 0 ? name : $"{name}{i}";
            if (!taken.Contains(candidate))
            {
                return candidate;
            }
        }
    }

    private static string Free(string name, List<string> taken, int first) => Free(name, taken.ToHashSet(StringComparer.Ordinal), first);
}
