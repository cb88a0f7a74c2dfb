using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>Calls: of built-in functions, of aggregates, and of functions the query defines.</summary>
internal sealed partial class Binder
{
    private BoundExpression BindCall(CallExpression call)
    {
        string name = call.Name.Text;
        if (Find(name) is LetFunction let)
        {
            return CallLet(call, let, call.Arguments) as BoundExpression ?? Failed(call, $"'{name}' gives a table and not a value; toscalar(...) takes its first value.");
        }

        if (name == "column_names_of" && call.Arguments.Count == 1)
        {
            return NamesOf(call);
        }

        FunctionSymbol? function = (_inAggregate ? FunctionCatalogue.Aggregates.GetValueOrDefault(name) : null)
            ?? FunctionCatalogue.Functions.GetValueOrDefault(name);
        if (function is null)
        {
            _missingTables++;
            return FunctionCatalogue.Aggregates.ContainsKey(name)
                ? Failed(call, $"The aggregate '{name}' belongs into summarize, make-series or top-nested.")
                : UnknownName(call, call.Name, "function", FunctionCatalogue.Functions.Keys.Concat(FunctionCatalogue.Aggregates.Keys));
        }

        List<BoundExpression> arguments = [.. call.Arguments.Select(BindArgument)];
        if (name == "bin_auto" && arguments.Count == 1)
        {
            return BinAuto(call, arguments[0]);
        }

        if (IsWindowFunction(name))
        {
            CheckWindow(call, arguments);
        }
        else if (_inSearch && name == "not")
        {
            return new BoundCall(call, name, arguments, ColumnType.Bool);
        }

        ColumnType? type = ResultOf(call, function, arguments);
        return new BoundCall(call, name, arguments, type);
    }

    // The size of the bins and one of their borders stand before the query: set query_bin_auto_size = 1h;
    private BoundCall BinAuto(CallExpression call, BoundExpression value)
    {
        if (!_settings.TryGetValue("query_bin_auto_size", out Expression? size))
        {
            return Failed(call, "bin_auto needs the size of the bins before the query: set query_bin_auto_size = 1h;");
        }

        List<BoundExpression> arguments = [value, BindScalar(size)];
        if (_settings.TryGetValue("query_bin_auto_at", out Expression? at))
        {
            arguments.Add(BindScalar(at));
        }

        bool fits = value.Type is null || arguments[1].Type is null
            || (ScalarTypes.IsNumber(value.Type.Value) ? ScalarTypes.IsNumber(arguments[1].Type!.Value) : arguments[1].Type == ColumnType.TimeSpan);
        return !fits || (arguments.Count == 3 && arguments[2].Type != value.Type)
            ? Failed(call, $"bin_auto: query_bin_auto_size or query_bin_auto_at is of a type that does not divide a {ScalarTypes.NameOf(value.Type)}.")
            : new BoundCall(call, arguments.Count == 3 ? "bin_at" : "bin", arguments, value.Type);
    }

    private BoundExpression NamesOf(CallExpression call)
    {
        BoundRelation table = On(RowSchema.Empty, () => BindTable(call.Arguments[0]));
        return new BoundNames(call, [.. table.Schema.Columns.Select(column => column.Name)]);
    }

    private static bool IsWindowFunction(string name) => name is "prev" or "next" || name.StartsWith("row_", StringComparison.Ordinal);

    private void CheckWindow(CallExpression call, List<BoundExpression> arguments)
    {
        if (!_row.IsSerialized)
        {
            Error(call, $"{call.Name.Text} needs rows in an order: put sort or serialize before it.");
        }
        else if (call.Name.Text is "prev" or "next" && arguments.Count > 2 && arguments[2] is BoundColumn)
        {
            Error(call.Arguments[2], $"The default of {call.Name.Text} is the same for all rows: expected a literal.");
        }
    }

    private BoundExpression BindArgument(Expression argument) => IsTable(argument) ? FirstColumn(argument, BindTable(argument)) : BindScalar(argument);

    private ColumnType? ResultOf(CallExpression call, FunctionSymbol function, List<BoundExpression> arguments)
    {
        (Expression Place, string Message)? complaint = null;
        foreach (Signature signature in function.Signatures)
        {
            complaint = Complaint(call, signature, arguments);
            if (complaint is null)
            {
                return ResultOf(call, signature, arguments);
            }
        }

        if (function.Signatures.All(signature => signature.Match(arguments.Count) is null))
        {
            complaint = (call, $"{function.Name} does not take {arguments.Count} argument{(arguments.Count == 1 ? "" : "s")}.");
        }

        Error(complaint!.Value.Place, complaint.Value.Message);
        return null;
    }

    private static (Expression Place, string Message)? Complaint(CallExpression call, Signature signature, List<BoundExpression> arguments)
    {
        if (signature.Match(arguments.Count) is not { } parameters)
        {
            return (call, $"{call.Name.Text} takes other arguments.");
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            bool isStar = call.Arguments[i] is StarExpression;
            if (!isStar && arguments[i].Type is { } type && !parameters[i].Takes(type))
            {
                return (call.Arguments[i], $"{call.Name.Text}: argument {i + 1} is a {ScalarTypes.NameOf(type)}; expected {parameters[i].Description}.");
            }
        }

        return null;
    }

    private ColumnType? ResultOf(CallExpression call, Signature signature, List<BoundExpression> arguments)
    {
        ColumnType? first = arguments.Count > 0 ? arguments[0].Type : null;
        switch (signature.Result)
        {
            case "Parameter0":
                return first;
            case "Parameter1":
                return call.Name.Text.StartsWith("column", StringComparison.Ordinal) && call.Arguments[0] is StringLiteral column
                    && _row.Find(column.Value) is { } found
                        ? found.Type
                        : arguments[1].Type;
            case "Parameter0Promoted":
                return first == ColumnType.Int ? ColumnType.Long : first;
            case "Parameter0Array":
                return ColumnType.Dynamic;
            case "Widest":
                return arguments.Any(argument => argument.Type is null) ? null
                    : arguments.Select(argument => argument.Type!.Value).Aggregate(ScalarTypes.Wider);
            case "Common" or "CommonNonDynamic":
                return CommonOf(call, signature, arguments);
            case "ParameterNLiteral":
                return call.Arguments[^1] is TypeofExpression { Types: [NameExpression type] } ? ScalarTypes.Named(type.Name.Text) : ColumnType.Dynamic;
            case "Custom":
                return call.Name.Text.StartsWith("percentile", StringComparison.Ordinal) && !call.Name.Text.EndsWith("array", StringComparison.Ordinal)
                    || call.Name.Text is "bin_auto" or "any" or "take_any" or "arg_max" or "arg_min" or "argmax" or "argmin"
                        ? first
                        : call.Name.Text.StartsWith("series_fit", StringComparison.Ordinal) || call.Name.Text == "series_stats" ? ColumnType.Real
                        : ColumnType.Dynamic;
            default:
                return ScalarTypes.Named(signature.Result);
        }
    }

    private ColumnType? CommonOf(CallExpression call, Signature signature, List<BoundExpression> arguments)
    {
        IReadOnlyList<Parameter> parameters = signature.Match(arguments.Count)!;
        List<BoundExpression> common = [.. arguments.Where((_, i) => parameters[i].Kind.StartsWith("Common", StringComparison.Ordinal))];
        if (common.Any(argument => argument.Type is null))
        {
            return null;
        }

        bool dynamicAllowed = signature.Result == "CommonNonDynamic";
        ColumnType? type = ScalarTypes.Common(common.Select(argument => argument.Type!.Value), dynamicAllowed);
        if (type is null && !dynamicAllowed)
        {
            Error(call, $"The arguments of {call.Name.Text} have no type in common.");
        }

        return type ?? (dynamicAllowed ? ColumnType.Dynamic : null);
    }

    // What a name means: in the query, or as a function saved in the workspace.
    private object? Find(string name) => _scope.Find(name) ?? Saved(name);

    private LetFunction? Saved(string name)
    {
        if (_saved.TryGetValue(name, out LetFunction? known))
        {
            return known;
        }

        LetFunction? function = _options.Function(name) is { } text ? Read(name, text) : null;
        _saved[name] = function;
        return function;
    }

    // "let name = (parameters) { body };", or the body alone.
    private LetFunction Read(string name, string text)
    {
        LetStatement? let = SyntaxTree.Parse(text) is { Diagnostics.Count: 0 } tree
            ? tree.Root.Statements.OfType<LetStatement>().FirstOrDefault(one => one.Name.Text == name && one.Value is FunctionExpression)
            : null;
        SyntaxTree saved = SyntaxTree.Parse($"let saved = () {{\n{text.TrimEnd().TrimEnd(';')}\n}}");
        if (let is null && saved.Diagnostics.Count > 0)
        {
            _broken[name] = saved.Diagnostics[0].Message;
        }

        let ??= saved.Root.Statements.OfType<LetStatement>().First();
        return new LetFunction((FunctionExpression)let.Value, new Scope(null), name);
    }

    // A BoundRelation or a BoundExpression, or null if the function gives nothing.
    private object? CallLet(Expression call, LetFunction function, IReadOnlyList<Expression> arguments)
    {
        if (++_calls > MostCalls || !HasStack(call))
        {
            return Failed(call, $"The query calls its own functions more than {MostCalls} times.");
        }

        if (function.SavedAs is { } name && _broken.TryGetValue(name, out string? message))
        {
            return Failed(call, $"The saved function '{name}' is no query: {message}", DiagnosticKind.Syntax);
        }

        var scope = new Scope(function.Scope);
        for (int i = 0; i < function.Syntax.Parameters.Count; i++)
        {
            FunctionParameter parameter = function.Syntax.Parameters[i];
            Expression? argument = arguments.OfType<NamedExpression>().FirstOrDefault(named => named.Name.Text == parameter.Name.Text)?.Value
                ?? (i < arguments.Count && arguments[i] is not NamedExpression ? arguments[i] : parameter.Default);
            object? value = i == 0 && _invoked is not null ? _invoked : argument is null ? null : BindParameter(parameter, argument);
            if (value is null)
            {
                return Failed(call, $"The argument '{parameter.Name.Text}' is missing.");
            }

            scope.Declare(parameter.Name.Text, value);
        }

        if (arguments.Count > function.Syntax.Parameters.Count)
        {
            return Failed(call, $"The function takes {function.Syntax.Parameters.Count} arguments and not {arguments.Count}.");
        }

        (Scope outer, BoundRelation? invoked) = (_scope, _invoked);
        (_scope, _invoked) = (scope, null);
        int errors = _diagnostics.All.Count;
        object? result = On(RowSchema.Empty, () => BindStatements(function.Syntax.Body.Statements).LastOrDefault());
        (_scope, _invoked) = (outer, invoked);
        if (function.SavedAs is { } saved)
        {
            // Its text is not the query's: what is wrong in it is told where it is called.
            _diagnostics.Relocate(errors, call.Span, $"In the saved function '{saved}': ");
        }

        return result is BoundExpression bound ? bound with { Syntax = call } : result;
    }

    private object? BindParameter(FunctionParameter parameter, Expression argument)
    {
        if (parameter.Schema is not null)
        {
            return BindTable(argument);
        }

        BoundExpression value = BindScalar(argument);
        ColumnType? wanted = TypeOf(parameter.Type);
        bool fits = value.Type is not { } type || wanted is not { } known || ScalarTypes.IsPromotable(type, known)
            || (ScalarTypes.IsNumber(type) && ScalarTypes.IsNumber(known)) || known == ColumnType.Dynamic || type == ColumnType.Dynamic;
        return fits
            ? new BoundCall(argument, "argument", [value], wanted)
            : Failed(argument, $"The argument '{parameter.Name.Text}' is a {ScalarTypes.NameOf(value.Type)}; expected a {ScalarTypes.NameOf(wanted)}.");
    }
}
