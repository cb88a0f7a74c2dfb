using System.Text.RegularExpressions;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;

namespace Quarry.Kql.Binding;

/// <summary>Operators that choose, rename and reorder columns.</summary>
internal sealed partial class Binder
{
    private BoundStep BindColumnChoice(BoundRelation from, QueryOperator syntax)
    {
        List<ColumnSymbol> columns = [.. from.Schema.Columns];
        List<ColumnSymbol> chosen = syntax switch
        {
            ProjectAwayOperator away => [.. columns.Except(Chosen(away.Columns))],
            ProjectKeepOperator keep => [.. columns.Intersect(Chosen(keep.Columns))],
            ProjectReorderOperator reorder => Reordered(columns, reorder),
            ProjectRenameOperator rename => Renamed(columns, rename),
            ProjectByNamesOperator byNames => [.. ChosenByNames(byNames.Columns).Distinct()],
            _ => columns,
        };
        return Same(from, syntax) with { Schema = new RowSchema(chosen, from.Schema.IsOpen) };
    }

    private List<ColumnSymbol> Chosen(IEnumerable<Expression> patterns)
    {
        var chosen = new List<ColumnSymbol>();
        foreach (Expression pattern in patterns.SelectMany(Listed))
        {
            string? name = pattern switch
            {
                NameExpression column => column.Name.Text,
                StringLiteral text => text.Value,
                _ => null,
            };
            if (name is null)
            {
                Error(pattern, "Expected the name of a column.", DiagnosticKind.Unsupported);
            }
            else if (name.Contains('*', StringComparison.Ordinal) && pattern is StringLiteral or NameExpression { Name: WildcardName })
            {
                chosen.AddRange(_row.Columns.Where(column => Matches(name, column.Name)).Except(chosen));
            }
            else if (_row.Find(name) is { } column)
            {
                chosen.Add(column);
            }
            else if (!_row.IsOpen)
            {
                Error(pattern, MissingColumn(name), DiagnosticKind.Name);
            }
        }

        return chosen;
    }

    // project-by-names takes names that are values too: a parameter's, or those of another table.
    private List<ColumnSymbol> ChosenByNames(IEnumerable<Expression> names)
    {
        var chosen = new List<ColumnSymbol>();
        foreach (Expression name in names)
        {
            bool isValue = name is CallExpression || (name is NameExpression { Name: not WildcardName } named && Find(named.Name.Text) is BoundExpression);
            BoundExpression? value = isValue ? BindScalar(name) : null;
            while (value is BoundCall { Name: "argument", Arguments: [var inner] })
            {
                value = inner;
            }

            switch (value)
            {
                case BoundNames of:
                    chosen.AddRange(of.Names.Select(_row.Find).OfType<ColumnSymbol>());
                    break;
                case BoundLiteral literal:
                    chosen.AddRange(Chosen([literal.Literal]));
                    break;
                default:
                    chosen.AddRange(Chosen([name]));
                    break;
            }
        }

        return chosen;
    }

    // project-by-names takes arrays of names too.
    private static IEnumerable<Expression> Listed(Expression pattern) =>
        pattern is DynamicLiteral { Value: DynamicArray array } ? array.Elements : [pattern];

    private string MissingColumn(string name)
    {
        string? nearest = NearestName.Of(name, _row.Columns.Select(column => column.Name));
        return $"There is no column '{name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}";
    }

    // A pattern of stars alone: linear, whatever it and the name are.
    private static bool Matches(string pattern, string name) =>
        Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.NonBacktracking | RegexOptions.Singleline);

    private List<ColumnSymbol> Reordered(List<ColumnSymbol> columns, ProjectReorderOperator reorder)
    {
        var first = new List<ColumnSymbol>();
        foreach (ReorderedColumns one in reorder.Columns)
        {
            IEnumerable<ColumnSymbol> matching = Chosen([one.Column]).Except(first);
            string order = one.Order?.ToString() ?? "";
            first.AddRange(
                order.EndsWith("asc", StringComparison.Ordinal) ? matching.OrderBy(column => column.Name, StringComparer.Ordinal)
                : order.EndsWith("desc", StringComparison.Ordinal) ? matching.OrderByDescending(column => column.Name, StringComparer.Ordinal)
                : matching);
        }

        return [.. first, .. columns.Except(first)];
    }

    private List<ColumnSymbol> Renamed(List<ColumnSymbol> columns, ProjectRenameOperator rename)
    {
        var renamed = new Dictionary<ColumnSymbol, string>();
        foreach (Expression one in rename.Renamings)
        {
            if (one is not NamedExpression { Value: NameExpression old } named)
            {
                Error(one, "Expected: new name = column.");
            }
            else if (_row.Find(old.Name.Text) is { } column)
            {
                renamed[column] = named.Name.Text;
            }
            else if (!_row.IsOpen)
            {
                Error(old, MissingColumn(old.Name.Text), DiagnosticKind.Name);
            }
        }

        ColumnSymbol[] result = [.. columns.Select(column => renamed.TryGetValue(column, out string? name) ? new ColumnSymbol(name, column.Type) : column)];
        if (result.GroupBy(column => column.Name).FirstOrDefault(same => same.Count() > 1) is { } clash)
        {
            Error(rename, $"There is a column '{clash.Key}' already.", DiagnosticKind.Name);
        }

        return [.. result.DistinctBy(column => column.Name)];
    }
}
