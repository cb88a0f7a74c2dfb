using System.Globalization;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

/// <summary>
/// Where KQL differs from SQL and from what one expects, a test a rule: queries and their results are in SemanticTraps.txt,
/// a query a line, its rows below it behind "=>", cells between bars; a null is nothing.
/// </summary>
public sealed class SemanticTrapsTests
{
    private static readonly Lazy<Dictionary<string, List<(string Query, List<string> Rows)>>> Traps = new(Read);

    public static TheoryData<string> Names => [.. Traps.Value.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_as_in_Kusto(string trap)
    {
        using KqlDatabase database = KqlDatabase.Create(new KqlDatabaseOptions { Threads = 1, Timeout = TimeSpan.FromSeconds(60) });
        var wrong = new List<string>();
        foreach ((string query, List<string> rows) in Traps.Value[trap])
        {
            try
            {
                Table table = (await database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken)).Table;
                string[] found = [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join('|', table.Columns.Select(column => Show(column.GetValue(row)))))];
                if (!found.SequenceEqual(rows))
                {
                    wrong.Add($"{query}\nexpected: {string.Join(" ; ", rows)}\nfound:    {string.Join(" ; ", found)}");
                }
            }
            catch (KqlException error)
            {
                wrong.Add($"{query}\n{error.Message}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static string Show(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static Dictionary<string, List<(string Query, List<string> Rows)>> Read()
    {
        var traps = new Dictionary<string, List<(string Query, List<string> Rows)>>();
        List<(string Query, List<string> Rows)> current = [];
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Kql", "SemanticTraps.txt")).Where(line => line.Length > 0))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                traps[line[2..]] = current = [];
            }
            else if (line.StartsWith("=>", StringComparison.Ordinal))
            {
                current[^1].Rows.Add(line.Length > 3 ? line[3..] : "");
            }
            else
            {
                current.Add((line, []));
            }
        }

        return traps;
    }
}
