using System.Runtime.CompilerServices;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>
/// Gives every name its meaning, every expression its type and every operator the columns of its result. What it cannot
/// is reported at its place; nothing is guessed.
/// </summary>
internal sealed partial class Binder
{
    // Functions are bound anew at each call. Functions that call functions twice each would double the work at every level.
    private const int MostCalls = 2_000;

    private readonly IReadOnlyDictionary<string, RowSchema> _tables;
    private readonly DiagnosticList _diagnostics = new();
    private Scope _scope = new(null);
    private RowSchema _row = RowSchema.Empty;
    private RowSchema? _right;
    private bool _inAggregate;
    private int _calls;

    // What "set" sets.
    private readonly Dictionary<string, Expression> _settings = new(StringComparer.Ordinal);

    private readonly BindingOptions _options;
    private readonly Dictionary<string, LetFunction?> _saved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _broken = new(StringComparer.Ordinal);

    // Whether the data has to be asked to know the result's columns.
    private bool _needsHost;

    private Binder(IReadOnlyDictionary<string, RowSchema> tables, BindingOptions options)
    {
        _tables = tables;
        _options = options;
    }

    /// <summary>Binds a query to the tables of a database.</summary>
    public static BoundQuery Bind(SyntaxTree tree, IReadOnlyDictionary<string, RowSchema> tables, BindingOptions? options = null)
    {
        var binder = new Binder(tables, options ?? new BindingOptions());
        foreach (KqlDiagnostic diagnostic in tree.Diagnostics)
        {
            binder._diagnostics.Add(diagnostic.Kind, diagnostic.Span, diagnostic.Message);
        }

        List<object> results = tree.Diagnostics.Count > 0 ? [] : binder.BindStatements(tree.Root.Statements);
        return new BoundQuery(
            [.. results.OfType<BoundRelation>()],
            results.LastOrDefault() as BoundExpression,
            [.. binder._diagnostics.All.OrderBy(diagnostic => diagnostic.Span.Start)])
        {
            NeedsHost = binder._needsHost,
        };
    }

    // The values of the statements that have one: tables, or a scalar.
    private List<object> BindStatements(IEnumerable<Statement> statements)
    {
        var results = new List<object>();
        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case LetStatement let:
                    _scope.Declare(let.Name.Text, BindLet(let.Value));
                    break;
                case SetStatement { Value: { } value } set:
                    _settings[set.Name.Text] = value;
                    break;
                case QueryParametersStatement parameters:
                    foreach (FunctionParameter parameter in parameters.Parameters)
                    {
                        Expression place = parameter.Default ?? new NameExpression(parameter.Name);
                        _scope.Declare(parameter.Name.Text, new BoundCall(place, "parameter", parameter.Default is null ? [] : [BindScalar(parameter.Default)], TypeOf(parameter.Type)));
                    }

                    break;
                case ExpressionStatement query:
                    results.Add(BindTableOrScalar(query.Expression));
                    break;
            }
        }

        return results;
    }

    private object BindLet(Expression value) => value switch
    {
        FunctionExpression function => new LetFunction(function, _scope),
        MaterializeExpression materialize => new BoundMaterialized(BindTable(materialize.Query)),
        _ => BindTableOrScalar(value),
    };

    private void Error(SyntaxElement place, string message, DiagnosticKind kind = DiagnosticKind.Type) =>
        _diagnostics.Add(kind, place.Span, message);

    private BoundCall Failed(Expression syntax, string message, DiagnosticKind kind = DiagnosticKind.Type)
    {
        Error(syntax, message, kind);
        return new BoundCall(syntax, "error", [], null);
    }

    private BoundCall UnknownName(Expression place, NameSyntax name, string what, IEnumerable<string> candidates)
    {
        string? nearest = NearestName.Of(name.Text, candidates);
        return Failed(place, $"There is no {what} '{name.Text}' here{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", DiagnosticKind.Name);
    }

    private static ColumnType? TypeOf(SyntaxToken? type) => type is null ? ColumnType.String : ScalarTypes.Named(type.Text);

    private RowSchema SchemaOf(SchemaSyntax schema)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypedName column in schema.Columns.Where(column => !names.Add(column.Name.Text)))
        {
            Error(column, $"There is a column '{column.Name.Text}' already.", DiagnosticKind.Name);
        }

        return RowSchema.Of(schema.Columns.Select(column => (column.Name.Text, TypeOf(column.Type)))) with { IsOpen = schema.IsOpen };
    }

    // Runs a part of the binding on other columns.
    private T On<T>(RowSchema row, Func<T> bind, RowSchema? right = null)
    {
        (RowSchema row, RowSchema? right, bool inAggregate) before = (_row, _right, _inAggregate);
        (_row, _right, _inAggregate) = (row, right, false);
        T bound = bind();
        (_row, _right, _inAggregate) = before;
        return bound;
    }

    // Functions that call functions may nest deeper than any text.
    private bool HasStack(SyntaxElement place)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        Error(place, "The query is nested too deeply here.", DiagnosticKind.Unsupported);
        return false;
    }
}
