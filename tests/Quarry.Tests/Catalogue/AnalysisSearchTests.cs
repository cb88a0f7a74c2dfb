using Quarry.Catalogue;

namespace Quarry.Tests.Catalogue;

public class AnalysisSearchTests
{
    private static readonly Analysis[] Sample =
    [
        SampleAnalysis.Named("iocs", "Extracts indicators of compromise.", "indicator", "hash", "ip address"),
        SampleAnalysis.Named("decode", "Finds and unpacks encoded content such as a hash.", "base64", "gzip"),
        SampleAnalysis.Named("hash", "Counts rows.", "sum"),
    ];

    [Fact]
    public void Puts_the_name_before_a_keyword_before_the_summary()
    {
        IReadOnlyList<SearchHit> hits = AnalysisSearch.Find(Sample, "hash");

        hits.Select(hit => hit.Analysis.Name).ShouldBe(["hash", "iocs", "decode"]);
        hits.Select(hit => hit.Reasons.Single().Field).ShouldBe([SearchField.Name, SearchField.Keyword, SearchField.Summary]);
    }

    [Theory]
    [InlineData("DECODE", SearchField.Name, "decode", SearchMatch.Exact)]
    [InlineData("deco", SearchField.Name, "decode", SearchMatch.Prefix)]
    [InlineData("zip", SearchField.Keyword, "gzip", SearchMatch.Substring)]
    [InlineData("bsae64", SearchField.Keyword, "base64", SearchMatch.Spelling)]
    [InlineData("unpacks", SearchField.Summary, "unpacks", SearchMatch.Exact)]
    public void Says_why_it_found_something(string word, SearchField field, string found, SearchMatch match)
    {
        SearchHit hit = AnalysisSearch.Find(Sample, word).ShouldHaveSingleItem();

        hit.Analysis.Name.ShouldBe("decode");
        hit.Reasons.ShouldBe([new SearchReason(word, field, found, match)]);
    }

    [Theory]
    [InlineData("--max-depth", "--max-depth", SearchMatch.Exact)]
    [InlineData("max_depth", "--max-depth", SearchMatch.Exact)]
    [InlineData("depth", "--max-depth", SearchMatch.Substring)]
    [InlineData("md5_hash", "--level md5_hash", SearchMatch.Exact)]
    public void Finds_options_and_their_choices(string word, string found, SearchMatch match)
    {
        IReadOnlyList<SearchHit> hits = AnalysisSearch.Find(Sample, word);

        hits.Count.ShouldBe(Sample.Length);
        hits[0].Reasons.ShouldBe([new SearchReason(word.TrimStart('-'), SearchField.Option, found, match)]);
    }

    [Fact]
    public void Finds_columns_of_the_result()
    {
        AnalysisSearch.Find(Sample, "SourceIndex")[0].Reasons.Single().Field.ShouldBe(SearchField.Column);
    }

    [Fact]
    public void Puts_what_has_more_of_the_words_first()
    {
        IReadOnlyList<SearchHit> hits = AnalysisSearch.Find(Sample, "hash gzip");

        hits[0].Analysis.Name.ShouldBe("decode");
        hits[0].Reasons.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \t ,.; ")]
    [InlineData("quuxquux")]
    [InlineData("--")]
    public void Finds_nothing_where_there_is_nothing(string words)
    {
        AnalysisSearch.Find(Sample, words).ShouldBeEmpty();
    }

    [Fact]
    public void Cuts_a_query_that_is_too_long()
    {
        string words = string.Join(' ', Enumerable.Repeat("decode", 100_000)) + new string('x', 1_000_000);

        AnalysisSearch.Find(Sample, words).ShouldHaveSingleItem().Reasons.Count.ShouldBe(16);
    }

    [Fact]
    public void Shows_a_reason_to_people()
    {
        new SearchReason("depth", SearchField.Option, "--max-depth", SearchMatch.Substring).ToString()
            .ShouldBe("option --max-depth");
        new SearchReason("bsae64", SearchField.Keyword, "base64", SearchMatch.Spelling).ToString()
            .ShouldBe("keyword base64 (for “bsae64”)");
    }
}
