using Quarry.Kql.Binding;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Tests.Binding;
using Quarry.Kql.Tests.Syntax;

namespace Quarry.Kql.Tests.Differential;

public class BinderDifferentialTests(MicrosoftParser microsoft) : IClassFixture<MicrosoftParser>
{
    private static readonly Dictionary<string, Dictionary<string, string>> Tables = new()
    {
        ["T"] = Columns("a:int b:long r:real s:string t:datetime d:dynamic x:bool ts:timespan g:guid"),
        ["U"] = Columns("a:long s:string s1:string z:int t:string"),
    };

    private static Dictionary<string, string> Columns(string text) =>
        text.Split(' ').Select(column => column.Split(':')).ToDictionary(column => column[0], column => column[1]);

    [Fact]
    public void Gives_the_names_and_types_that_microsofts_binder_gives()
    {
        string[] queries = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "schemas.txt")).Where(line => line.Length > 0)];

        Differences(queries).ShouldBeEmpty();
    }

    [Fact]
    public void Gives_the_names_and_types_that_microsofts_binder_gives_to_documented_examples()
    {
        RecordedCase[] cases = [.. Cases.Recorded().Where(one => one.Columns is null && !one.IsRejected)];

        Dictionary<string, string> differences = Differences([.. cases.Select(one => one.Query)])
            .ToDictionary(difference => cases.First(one => difference.EndsWith(one.Query, StringComparison.Ordinal)).Id);

        differences.Keys.ShouldBe(KnownBindingGaps.Documented.Keys, ignoreOrder: true, string.Join("\n", differences.Values));
    }

    private IEnumerable<string> Differences(IReadOnlyList<string> queries)
    {
        Dictionary<string, RowSchema> tables = Tables.ToDictionary(
            table => table.Key,
            table => RowSchema.Of(table.Value.Select(column => (column.Key, ScalarTypes.Named(column.Value)))));
        IReadOnlyList<MicrosoftAnswer> answers = microsoft.Ask([.. queries.Select(query => new MicrosoftQuestion(query, Bind: true, Tables))]);
        for (int i = 0; i < queries.Count; i++)
        {
            BoundQuery bound = Binder.Bind(SyntaxTree.Parse(queries[i]), tables);
            MicrosoftAnswer theirs = answers[i];
            theirs.Error.ShouldBeNull(queries[i]);
            if (bound.Diagnostics.Any(diagnostic => diagnostic.Kind == DiagnosticKind.Unsupported))
            {
                continue;
            }

            if (theirs.Semantic!.Count > 0 != bound.Diagnostics.Count > 0)
            {
                yield return $"{(bound.Diagnostics.Count > 0 ? "we refuse: " + bound.Diagnostics[0].Message : "they refuse: " + theirs.Semantic[0].Message)} in {queries[i]}";
            }
            else if (bound.Diagnostics.Count == 0 && bound.Results.Count > 0 && theirs.Columns is not null)
            {
                RowSchema schema = bound.Results[^1].Schema;
                string ours = string.Join(", ", schema.Columns);
                if (!schema.IsOpen && ours != string.Join(", ", theirs.Columns))
                {
                    yield return $"{ours} <> {string.Join(", ", theirs.Columns)} in {queries[i]}";
                }
            }
        }
    }
}
