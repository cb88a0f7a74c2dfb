using Quarry.Kql.Binding;
using Quarry.Kql.Functions;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Calls of operators and functions: those with a rule of their own here, the others in C#.</summary>
internal sealed partial class Lowerer
{
    // What series functions give, by the function in C# that gives all of it as one array.
    private static string? PartsOf(BoundCall call) => call.Name switch
    {
        "series_stats" or "series_decompose" or "series_decompose_anomalies" or "series_decompose_forecast" or "series_fit_line" or "series_fit_2lines"
            or "series_periods_detect" or "series_periods_validate" => "$" + call.Name,
        "array_sort_asc" or "array_sort_desc" when call.Arguments.Count(argument => argument.Type == ColumnType.Dynamic) > 1 => "$" + call.Name,
        _ => null,
    };

    private SqlValue CallOf(BoundCall call)
    {
        if (_isGrouping && FunctionCatalogue.Aggregates.ContainsKey(call.Name) && call.Syntax is CallExpression)
        {
            return AggregateOf(call);
        }

        switch (call.Name)
        {
            case "error":
                throw Refused(call.Syntax, "This is not understood.");
            case "parameter":
                return Parameter(call);
            case "argument":
                return Converted(Scalar(call.Arguments[0]), TypeOf(call.Arguments[0]), TypeOf(call), call.Syntax);
            case "and" or "or":
                return Logical(call);
            case "not":
                SqlValue truth = Truth(call.Arguments[0]);
                return truth with { Text = $"(NOT {truth})", IsConstant = false };
            case "==" or "!=" or "<>" or "<" or "<=" or ">" or ">=":
                return Compared(call, call.Arguments[0], call.Arguments[1], isFilter: false);
            case "+" or "-" or "*" or "/" or "%":
                return Arithmetic(call);
            case "between" or "!between":
                return Between(call);
            case "in" or "!in" or "in~" or "!in~":
                return In(call);
            case "has_any" or "has_all":
                return HasList(call);
            default:
                return TextOperators.TryGetValue(call.Name, out (string Function, bool IsNegated) text) && call.Arguments.Count == 2
                    ? TextComparison(call, text.Function, text.IsNegated)
                    : Function(call);
        }
    }

    private SqlValue Parameter(BoundCall call)
    {
        string name = call.Syntax is NameExpression named ? named.Name.Text : "";
        return _options.Parameters.TryGetValue(name, out object? value) ? SqlText.Literal(value, TypeOf(call))
            : call.Arguments.Count > 0 ? Converted(Scalar(call.Arguments[0]), TypeOf(call.Arguments[0]), TypeOf(call), call.Syntax)
            : throw Refused(call.Syntax, $"The parameter '{name}' has no value.");
    }

    private static readonly Dictionary<string, (string Function, bool IsNegated)> TextOperators = new(StringComparer.Ordinal)
    {
        ["=~"] = ("$equals_ci", false),
        ["!~"] = ("$equals_ci", true),
        ["has"] = ("$has", false),
        ["!has"] = ("$has", true),
        [":"] = ("$has", false),
        ["has_cs"] = ("$has_cs", false),
        ["!has_cs"] = ("$has_cs", true),
        ["hasprefix"] = ("$hasprefix", false),
        ["!hasprefix"] = ("$hasprefix", true),
        ["hasprefix_cs"] = ("$hasprefix_cs", false),
        ["!hasprefix_cs"] = ("$hasprefix_cs", true),
        ["hassuffix"] = ("$hassuffix", false),
        ["!hassuffix"] = ("$hassuffix", true),
        ["hassuffix_cs"] = ("$hassuffix_cs", false),
        ["!hassuffix_cs"] = ("$hassuffix_cs", true),
        ["contains"] = ("$contains", false),
        ["!contains"] = ("$contains", true),
        ["notcontains"] = ("$contains", true),
        ["contains_cs"] = ("$contains_cs", false),
        ["containscs"] = ("$contains_cs", false),
        ["!contains_cs"] = ("$contains_cs", true),
        ["notcontainscs"] = ("$contains_cs", true),
        ["startswith"] = ("$startswith", false),
        ["!startswith"] = ("$startswith", true),
        ["startswith_cs"] = ("$startswith_cs", false),
        ["!startswith_cs"] = ("$startswith_cs", true),
        ["endswith"] = ("$endswith", false),
        ["!endswith"] = ("$endswith", true),
        ["endswith_cs"] = ("$endswith_cs", false),
        ["!endswith_cs"] = ("$endswith_cs", true),
        ["matches"] = ("$matches_regex", false),
    };

    private SqlValue TextComparison(BoundCall call, string function, bool isNegated)
    {
        if (call.Arguments[0] is BoundLiteral { Literal: StarExpression })
        {
            return AnyColumn(call);
        }

        SqlValue found = Managed(function, call.Syntax, (TextOf(call.Arguments[0]), ColumnType.String), (TextOf(call.Arguments[1]), ColumnType.String));
        if (function == "$matches_regex")
        {
            RequireRegex(call.Arguments[1]);
        }

        return new SqlValue(isNegated ? $"(NOT {found})" : found.Text, false);
    }

    // A pattern that is known before must be one.
    private static void RequireRegex(BoundExpression pattern)
    {
        if (pattern is BoundLiteral { Literal: StringLiteral text } && !Functions.Text.RegexSyntax.IsValid(text.Value, out string message))
        {
            throw new LoweringRefusedException(text, message, Diagnostics.DiagnosticKind.Syntax);
        }
    }

    private SqlValue HasList(BoundCall call)
    {
        if (call.Arguments[0] is BoundLiteral { Literal: StarExpression })
        {
            return AnyColumn(call);
        }

        SqlValue text = TextOf(call.Arguments[0]);
        SqlValue needles;
        if (call.Arguments is [_, BoundQueryValue { IsScalar: false } query])
        {
            needles = ListOf(query);
        }
        else if (call.Arguments is [_, { Type: ColumnType.Dynamic } list])
        {
            needles = Scalar(list);
        }
        else
        {
            // Arrays among the items count with their elements.
            needles = Joined(call.Arguments.Skip(1), call.Syntax);
        }

        return Managed(call.Name == "has_any" ? "$has_any" : "$has_all", call.Syntax, (text, ColumnType.String), (needles, ColumnType.Dynamic)) with { MayBeNull = false };
    }

    // The first column of a table as an array; of arrays, with their elements.
    private SqlValue ListOf(BoundQueryValue query)
    {
        Relation relation = Lower(query.Relation);
        string column = relation.Columns[query.Relation.Schema.Columns[0]];
        string element = Json(new SqlValue(column), TypeOf(query), query.Syntax).Text;
        if (TypeOf(query) == ColumnType.Dynamic)
        {
            string elements = Managed("$elements", query.Syntax, (new SqlValue(column), ColumnType.Dynamic)).Text;
            relation = Emit($"SELECT unnest({elements}) AS e FROM {relation.Name}", relation.Columns);
            element = "e";
        }

        return new SqlValue($"(SELECT coalesce('[' || string_agg({element}, ',') || ']', '[]') FROM {relation.Name})", false);
    }

    private SqlValue Joined(IEnumerable<BoundExpression> items, Expression place)
    {
        BoundExpression[] all = [.. items];
        if (all.All(item => item is BoundLiteral { Literal: StringLiteral }))
        {
            IEnumerable<string> texts = all.Select(item => ((StringLiteral)((BoundLiteral)item).Literal).Value);
            return new SqlValue(SqlText.Literal(JsonOutput.Strings(texts)), false, true);
        }

        (SqlValue, ColumnType)[] arrays = [.. all.Select(item => item.Type == ColumnType.Dynamic
            ? (Scalar(item), ColumnType.Dynamic)
            : (Managed("pack_array", place, (JsonOf(item), ColumnType.Dynamic)), ColumnType.Dynamic))];
        return Managed("array_concat", place, arrays);
    }

    private SqlValue Function(BoundCall call)
    {
        if (Special(call) is { } special)
        {
            return special;
        }

        RequirePatterns(call);
        (SqlValue Value, ColumnType Type)[] arguments = [.. call.Arguments.Select(argument => (Scalar(argument), TypeOf(argument)))];
        if (FormOf(call.Name, [.. arguments.Select(argument => argument.Type)]) is null && TextForm(call.Name, arguments) is { } form)
        {
            // A function of texts takes any value by its text.
            arguments = [.. arguments.Select((argument, i) => form.Parameters[i] == ColumnType.String
                ? (Converted(argument.Value, argument.Type, ColumnType.String, call.Syntax), ColumnType.String)
                : argument)];
        }

        SqlValue value = Managed(call.Name, call.Syntax, arguments);
        ColumnType returned = Form(call.Name, call.Syntax, [.. arguments.Select(argument => argument.Type)]).Returns;
        return Converted(value, returned, TypeOf(call), call.Syntax);
    }

    private static ScalarFunction? TextForm(string name, (SqlValue Value, ColumnType Type)[] arguments) =>
        FunctionLibrary.Scalars.GetValueOrDefault(name)?.FirstOrDefault(form => arguments.Length >= form.Required && arguments.Length <= form.Parameters.Count
            && arguments.Select((argument, i) => form.Parameters[i] == ColumnType.String || ScalarTypes.IsPromotable(argument.Type, form.Parameters[i])).All(fits => fits));

    private static void RequirePatterns(BoundCall call)
    {
        if (call.Name is "extract" or "extract_all" or "extractall" or "replace_regex" or "replace" or "trim" or "trim_start" or "trim_end" or "indexof_regex")
        {
            RequireRegex(call.Arguments[call.Name is "replace_regex" or "indexof_regex" ? 1 : 0]);
        }

        if (call.Name is "format_datetime" or "format_timespan" && call.Arguments is [_, BoundLiteral { Literal: StringLiteral format }])
        {
            try
            {
                _ = Functions.Time.TimeFormat.Of(format.Value, isSpan: call.Name == "format_timespan");
            }
            catch (QuarryException error)
            {
                throw Refused(format, error.Message);
            }
        }
    }
}
