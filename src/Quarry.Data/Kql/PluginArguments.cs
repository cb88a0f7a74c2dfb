using Quarry.Catalogue;
using Quarry.Kql.Lowering;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;

namespace Quarry.Data.Kql;

/// <summary>
/// An analysis of the catalogue as a plugin of <c>evaluate</c>: columns first, then options by name,
/// <c>evaluate decode(CommandLine, max_depth=3)</c>.
/// </summary>
internal static class PluginArguments
{
    // Names that KQL's users would look for.
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal) { ["process_tree"] = "tree" };

    /// <summary>The names of the plugins.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(Analyses.All.Select(analysis => analysis.Name).Concat(Others.Keys), StringComparer.Ordinal);

    /// <summary>The analysis of a plugin's name.</summary>
    public static Analysis AnalysisOf(string plugin) => Analyses.All.First(analysis => analysis.Name == Others.GetValueOrDefault(plugin, plugin));

    /// <summary>The columns and the options that a call gives.</summary>
    /// <exception cref="LoweringRefusedException">An argument is neither a column nor an option's value.</exception>
    public static (IReadOnlyList<string> Columns, object Options) Read(EvaluateOperator plugin, RowSchema input)
    {
        Analysis analysis = AnalysisOf(plugin.Call.Name.Text);
        object options = analysis.DefaultOptions;
        var columns = new List<string>();
        foreach (Expression argument in plugin.Call.Arguments)
        {
            if (argument is NamedExpression named)
            {
                try
                {
                    OptionDescription option = analysis.Option(named.Name.Text);
                    options = ListOf(named.Value) is { } items ? option.WithItems(options, items, named.Name.Text) : option.With(options, TextOf(named.Value), named.Name.Text);
                }
                catch (QuarryException error)
                {
                    throw new LoweringRefusedException(argument, error.Message, Quarry.Kql.Diagnostics.DiagnosticKind.Type);
                }
            }
            else if (argument is NameExpression column)
            {
                columns.Add(ColumnOf(column, column.Name.Text, input));
            }
            else if (argument is StringLiteral text)
            {
                columns.Add(ColumnOf(text, text.Value, input));
            }
            else
            {
                throw new LoweringRefusedException(
                    argument, $"{plugin.Call.Name.Text}: expected a column, or an option as name=value.", Quarry.Kql.Diagnostics.DiagnosticKind.Type);
            }
        }

        if (columns.Count > 0 && !analysis.TakesColumns)
        {
            throw new LoweringRefusedException(plugin.Call, $"{plugin.Call.Name.Text} looks at the whole table and takes no columns, only options as name=value.", Quarry.Kql.Diagnostics.DiagnosticKind.Type);
        }

        return (columns, options);
    }

    private static string ColumnOf(Expression place, string name, RowSchema input)
    {
        if (input.Find(name) is not null)
        {
            return name;
        }

        string? nearest = NearestName.Of(name, input.Columns.Select(column => column.Name));
        throw new LoweringRefusedException(
            place, $"There is no column '{name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", Quarry.Kql.Diagnostics.DiagnosticKind.Name);
    }

    private static List<string>? ListOf(Expression value) =>
        value is DynamicLiteral { Value: DynamicArray array } ? [.. array.Elements.Select(TextOf)] : null;

    private static string TextOf(Expression value) => value switch
    {
        StringLiteral text => text.Value,
        NameExpression name => name.Name.Text,
        _ => value.ToString().Trim(),
    };
}
