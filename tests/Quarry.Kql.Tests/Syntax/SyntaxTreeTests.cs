using System.Diagnostics;
using System.Text;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Tests.Syntax;

public class SyntaxTreeTests
{
    [Fact]
    public void Reads_every_recorded_query_that_kusto_answered()
    {
        string[] failures = [.. Cases.Recorded()
            .Where(recorded => !recorded.IsRejected)
            .Select(recorded => (recorded.Id, SyntaxTree.Parse(recorded.Query).Diagnostics))
            .Where(read => read.Diagnostics.Any(diagnostic => diagnostic.Kind == DiagnosticKind.Syntax))
            .Select(read => $"{read.Id}: {read.Diagnostics[0]}")];

        failures.ShouldBeEmpty();
    }

    [Fact]
    public void Prints_every_query_back_as_it_was()
    {
        foreach (string query in Cases.Grammar.Concat(Cases.Recorded().Select(recorded => recorded.Query)))
        {
            PrintsBack(query);
        }
    }

    [Fact]
    public void Neither_fails_nor_loses_text_where_a_query_is_cut_off()
    {
        // All cuts of each: a few seconds in Release, so Debug takes every seventh, another one in each query.
        int step = IsDebug ? 7 : 1;
        int offset = 0;
        foreach (string query in Cases.Grammar.Concat(Cases.Recorded().Select(recorded => recorded.Query)))
        {
            for (int length = offset++ % step; length < query.Length; length += step)
            {
                PrintsBack(query[..length]);
            }
        }
    }

    [Fact]
    public void Neither_fails_nor_loses_text_where_a_query_is_damaged()
    {
        var random = new Random(20_240);
        string[] pieces = ["(", ")", "[", "]", "{", "}", "|", ";", ",", "'", "\"", "```", "@\"", "=", "..", "let ", "by ", "*", "\\", "\0", "\uD800", "//"];
        foreach (string query in Cases.Grammar)
        {
            for (int i = 0; i < 20; i++)
            {
                var damaged = new StringBuilder(query);
                for (int left = random.Next(1, 5); left > 0 && damaged.Length > 0; left--)
                {
                    int at = random.Next(damaged.Length);
                    _ = random.Next(3) switch
                    {
                        0 => damaged.Remove(at, Math.Min(random.Next(1, 6), damaged.Length - at)),
                        1 => damaged.Insert(at, pieces[random.Next(pieces.Length)]),
                        _ => damaged.Insert(at, damaged.ToString(random.Next(damaged.Length), 1)),
                    };
                }

                PrintsBack(damaged.ToString());
            }
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("print (")]
    [InlineData("f(")]
    [InlineData("a[")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("dynamic([")]
    [InlineData("dynamic({\"a\":")]
    [InlineData("int(")]
    [InlineData("a in (")]
    [InlineData("T | where a in (")]
    [InlineData("T | mv-apply a on (")]
    [InlineData("T | union (")]
    [InlineData("let f = () { ")]
    [InlineData("toscalar(")]
    [InlineData("a between (")]
    [InlineData("- ")]
    [InlineData("```")]
    [InlineData("!")]
    [InlineData(")")]
    [InlineData("|")]
    [InlineData("a.")]
    [InlineData("1+")]
    [InlineData("a,")]
    [InlineData("a and ")]
    [InlineData("a == ")]
    [InlineData("'a' ")]
    [InlineData("# ")]
    [InlineData("partition by a { ")]
    public void Takes_a_hundred_kilobytes_of_anything_in_time_that_grows_with_its_length(string piece)
    {
        string query = "print " + string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));

        var clock = Stopwatch.StartNew();
        PrintsBack(query);

        // A hundredth of a second on an idle machine; this one may be anything but idle. The fuzzer looks for what is not linear.
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Reads_thousands_of_conditions_and_of_operators_in_a_row()
    {
        string query = "T | where " + string.Join(" or ", Enumerable.Range(0, 10_000).Select(i => $"a == 'i{i}'"))
            + string.Concat(Enumerable.Repeat(" | extend b = 1", 5_000));

        SyntaxTree.Parse(query).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void Says_that_a_query_is_nested_too_deeply()
    {
        SyntaxTree tree = SyntaxTree.Parse("print " + new string('(', 10_000) + "1" + new string(')', 10_000));

        tree.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("nested too deeply");
    }

    [Theory]
    [InlineData("T | wher a == 1", 4, "did you mean 'where'?")]
    [InlineData("T where a == 1", 2, "Expected '|' before 'where'")]
    [InlineData("T | where a = 1", 12, "to compare write '=='")]
    [InlineData("T | where a == ", 15, "Expected an expression, found the end of the query")]
    [InlineData("T | extend first = 1", 11, "written ['first']")]
    [InlineData("T | where (a == 1", 17, "Expected ')'")]
    [InlineData("T | where a == 1)", 16, "closes nothing")]
    [InlineData("T | where a == 'x", 15, "The string is not closed")]
    [InlineData("T | where a && b", 12, "the conjunction is 'and'")]
    [InlineData("T | where a == b == c", 17, "cannot be chained")]
    [InlineData("datatable(a:strin)[]", 12, "did you mean 'string'?")]
    [InlineData("T | make-graph a --> b", 4, "not supported")]
    [InlineData("T | sort a", 9, "Expected 'by', found 'a'")]
    [InlineData(".show tables", 0, "Management commands")]
    [InlineData("print “a”", 6, "typographic quotation mark")]
    public void Says_where_and_what_was_expected(string query, int position, string message)
    {
        KqlDiagnostic first = SyntaxTree.Parse(query).Diagnostics[0];

        first.Span.Start.ShouldBe(position);
        first.Message.ShouldContain(message);
    }

    [Fact]
    public void Goes_on_behind_an_error()
    {
        SyntaxTree tree = SyntaxTree.Parse("T | wher a | extend b = | take; let x 5; U | sort x");

        tree.Diagnostics.Select(diagnostic => diagnostic.Span.Start).ShouldBe([4, 24, 30, 38, 50]);
        tree.Root.Statements.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("'a\\tb' \"c\" @'\\d''e' h'f' ```g\"h```", "a\tbc\\d'efg\"h")]
    [InlineData("'\\u00e9\\x41\\101\\U0001F600\\''", "éAA😀'")]
    [InlineData("''", "")]
    public void Reads_what_strings_say(string literal, string value)
    {
        SyntaxTree tree = SyntaxTree.Parse("print " + literal);

        tree.Diagnostics.ShouldBeEmpty();
        tree.Root.DescendantsAndSelf().OfType<StringLiteral>().ShouldHaveSingleItem().Value.ShouldBe(value);
    }

    private static void PrintsBack(string query)
    {
        SyntaxTree tree = SyntaxTree.Parse(query);

        int end = 0;
        foreach (SyntaxToken token in tree.Root.Tokens())
        {
            // Millions of times, hence no assertion that describes itself.
            if (token.FullStart != end)
            {
                Assert.Fail($"'{token}' begins at {token.FullStart} and not at {end}: {query}");
            }

            end = token.End;
        }

        end.ShouldBe(query.Length, query);
    }

#if DEBUG
    private const bool IsDebug = true;
#else
    private const bool IsDebug = false;
#endif
}
