using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;
using Quarry.Kql.Tests.Syntax;

namespace Quarry.Kql.Tests.Differential;

public class SyntaxDifferentialTests(MicrosoftParser microsoft) : IClassFixture<MicrosoftParser>
{
    [Fact]
    public void Accepts_and_rejects_what_microsofts_parser_does_but_for_a_known_list()
    {
        IReadOnlyList<string> queries = Cases.Grammar;

        string[] differences = [.. Differences(queries)];

        differences.ShouldBe(KnownSyntaxDifferences.All.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Accepts_and_rejects_recorded_queries_as_microsofts_parser_does()
    {
        string[] queries = [.. Cases.Recorded().Select(recorded => recorded.Query)];

        Differences(queries).ShouldBeEmpty();
    }

    [Fact]
    public void Accepts_and_rejects_damaged_queries_as_microsofts_parser_does()
    {
        // The seed is fixed: a new difference is found by changing it, and becomes a line of grammar.txt.
        string[] queries = [.. Damaged(new Random(4), Cases.Grammar, 1_500).Where(query => !KnownSyntaxDifferences.IsOfAKnownKind(query))];

        string[] differences = [.. Differences(queries)];

        // Where tokens are thrown together at random the two grammars part in corners nobody writes; few are tolerated.
        differences.Length.ShouldBeLessThanOrEqualTo(queries.Length / 50, string.Join("\n", differences));
    }

    private IEnumerable<string> Differences(IReadOnlyList<string> queries)
    {
        IReadOnlyList<MicrosoftAnswer> answers = microsoft.Ask([.. queries.Select(query => new MicrosoftQuestion(query))]);
        for (int i = 0; i < queries.Count; i++)
        {
            IReadOnlyList<KqlDiagnostic> ours = SyntaxTree.Parse(queries[i]).Diagnostics;
            bool unsupported = ours.Any(diagnostic => diagnostic.Kind == DiagnosticKind.Unsupported);
            if (answers[i].Error is null && !unsupported && (ours.Count > 0) != (answers[i].Syntax!.Count > 0))
            {
                yield return queries[i];
            }
        }
    }

    // Whole tokens are taken out, doubled or put elsewhere: what people do while they write.
    private static IEnumerable<string> Damaged(Random random, IReadOnlyList<string> queries, int count)
    {
        for (int i = 0; i < count; i++)
        {
            List<string> tokens = [.. SyntaxTree.Parse(queries[random.Next(queries.Count)]).Root.Tokens().Select(token => token.ToString())];
            int at = random.Next(tokens.Count);
            string token = tokens[at];
            if (random.Next(2) == 0)
            {
                tokens.RemoveAt(at);
            }

            if (random.Next(3) == 0)
            {
                tokens.Insert(random.Next(tokens.Count + 1), token);
            }

            yield return string.Join(' ', tokens);
        }
    }
}
