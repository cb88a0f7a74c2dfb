using Quarry.Kql.Completion;
using Quarry.Tables;

namespace Quarry.Kql.Tests.Completion;

public class KqlCompletionTests
{
    private static readonly Dictionary<string, TableSchema> Tables = new()
    {
        ["SecurityEvent"] = new(new ColumnSchema("TimeGenerated", ColumnType.DateTime), new ColumnSchema("Computer", ColumnType.String), new ColumnSchema("EventID", ColumnType.Int)),
        ["Syslog"] = new(new ColumnSchema("HostName", ColumnType.String), new ColumnSchema("odd 'name'", ColumnType.String)),
        ["my table"] = new(new ColumnSchema("A", ColumnType.Long)),
    };

    [Theory]
    [InlineData("^", "SecurityEvent")]
    [InlineData("Sec^", "SecurityEvent")]
    [InlineData("sec^", "SecurityEvent")]
    [InlineData("my^", "['my table']")]
    [InlineData("SecurityEvent | ^", "where")]
    [InlineData("SecurityEvent | project-a^", "project-away")]
    [InlineData("SecurityEvent | where ^", "Computer")]
    [InlineData("SecurityEvent | where Comp^", "Computer")]
    [InlineData("SecurityEvent | where tolower(Com^", "Computer")]
    [InlineData("SecurityEvent | extend Host = Computer | where Ho^", "Host")]
    [InlineData("SecurityEvent | where EventID == 1 and Com^", "Computer")]
    [InlineData("Syslog | where ^", "['odd \\'name\\'']")]
    [InlineData("SecurityEvent | summarize n = coun^", "count")]
    [InlineData("SecurityEvent | summarize count() ^", "by")]
    [InlineData("SecurityEvent | summarize Most = count() by Computer | where Mo^", "Most")]
    [InlineData("SecurityEvent | where Computer ha^", "has")]
    [InlineData("SecurityEvent | join (Sys^", "Syslog")]
    [InlineData("SecurityEvent | join kind=^", "leftouter")]
    [InlineData("SecurityEvent | join kind=inner (Syslog | where Host^", "HostName")]
    [InlineData("SecurityEvent | join kind=inner (Syslog) ^", "on")]
    [InlineData("SecurityEvent | join kind=inner (Syslog) on $left.Comp^", "Computer")]
    [InlineData("union Sys^", "Syslog")]
    [InlineData("SecurityEvent | render ti^", "timechart")]
    [InlineData("SecurityEvent | evaluate io^", "iocs")]
    [InlineData("let hosts = 1; ho^", "hosts")]
    [InlineData("let T = SecurityEvent | where EventID == 1; T | where Comp^", "Computer")]
    [InlineData("let T = Sec^", "SecurityEvent")]
    [InlineData("SecurityEvent | fork (^", "where")]
    [InlineData("SecurityEvent | fork (where Comp^", "Computer")]
    [InlineData("SecurityEvent | where Comp^ | count", "Computer")]
    public void A_place_offers_what_may_stand_there(string marked, string expected) =>
        Texts(marked).ShouldContain(expected);

    [Theory]
    [InlineData("SecurityEvent | where ^", "summarize")]
    [InlineData("SecurityEvent | ^", "Computer")]
    [InlineData("SecurityEvent | where Computer == 'Com^", "Computer")]
    [InlineData("SecurityEvent // Sec^", "SecurityEvent")]
    [InlineData("SecurityEvent | project EventID | where Comp^", "Computer")]
    [InlineData("SecurityEvent | take 1^", "Computer")]
    [InlineData("SecurityEvent | join kind=inner (Syslog | where Comp^", "Computer")]
    [InlineData("SecurityEvent | where coun^", "countif")]
    public void What_may_not_stand_there_is_not_offered(string marked, string unexpected) =>
        Texts(marked).ShouldNotContain(unexpected);

    [Fact]
    public void A_candidate_stands_in_place_of_the_word_that_was_begun()
    {
        KqlCompletion found = At("SecurityEvent | where Comp^");

        ("SecurityEvent | where Comp"[..found.Start] + found.Candidates.Single(one => one.Kind == CandidateKind.Column).Text).ShouldBe("SecurityEvent | where Computer");
        found.Length.ShouldBe(4);
    }

    [Fact]
    public void Columns_come_first_and_have_their_types()
    {
        KqlCandidate first = At("SecurityEvent | where ^").Candidates[0];

        first.ShouldBe(new KqlCandidate("Computer", CandidateKind.Column, "string"));
    }

    [Fact]
    public void What_all_candidates_begin_with_is_told()
    {
        At("SecurityEvent | project-re^").CommonStart().ShouldBe("project-re");
        At("SecurityEvent | wh^").CommonStart().ShouldBe("where");
        At("SecurityEvent | where 'x^").CommonStart().ShouldBe("");
    }

    [Theory]
    [InlineData("SecurityEvent | join kind=leftouter (Syslog | extend a = [b](c) {d} \"e\" 'f | where x in (1, 2)) on $left.a == $right.b | evaluate pivot(x); let y = (z:long) { z + 1 }; print y(1) ))) ]] }} | | ,, ; ;")]
    [InlineData("]]])))}}};;;|||")]
    [InlineData("datatable(a:long)[1,2,3] | mv-apply b = a on (top 1 by b | extend ['")]
    public void No_place_of_any_text_makes_it_fail(string text)
    {
        for (int caret = 0; caret <= text.Length; caret++)
        {
            KqlCompletion found = KqlCompletion.At(text, caret, Tables);

            (found.Start + found.Length).ShouldBe(caret);
        }
    }

    [Fact]
    public void Brackets_without_end_take_no_time()
    {
        KqlCompletion.At(new string('(', 90_000), 90_000, Tables).Start.ShouldBe(90_000);
        KqlCompletion.At(new string('(', 200_000), 200_000, Tables).Candidates.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_with_control_characters_is_not_offered() =>
        KqlCompletion.At("", 0, new Dictionary<string, TableSchema> { ["a\u001b[2Jb"] = new() }).Candidates.ShouldNotContain(one => one.Kind == CandidateKind.Table);

    private static string[] Texts(string marked) => [.. At(marked).Candidates.Select(one => one.Text)];

    private static KqlCompletion At(string marked)
    {
        int caret = marked.IndexOf('^', StringComparison.Ordinal);
        return KqlCompletion.At(marked.Remove(caret, 1), caret, Tables, ["iocs", "decode"]);
    }
}
