using System.Text;
using Quarry.Catalogue;
using Quarry.Data.Tests.Kql;
using Quarry.Decoding;
using Quarry.Indicators;
using Quarry.Tables;

namespace Quarry.Data.Tests.PushDown;

/// <summary>What is picked out where the rows are and looked into here, against looking into all rows.</summary>
public sealed class PushedCandidatesTests
{
    private static readonly string[] Pieces =
    [
        "powershell -enc ", "-EncodedCommand ", "/ec:", "\u2013e ", "\u2015EN=\"", "FromBase64String('", "base64_decode(\"", "b64decode(", "atob(", "data:text/plain;base64,",
        "echo ", " | base64 -d", "base64 --decode <<< ", "aQBlAHgAIAAxACsAMQA=", "SGVsbG8gd29ybGQsIHRoaXMgaXMgYSB0ZXN0IG9mIGl0", "48656c6c6f20776f726c642c2068656c6c6f", "0x48656c6c6f20776f726c642c2068656c",
        @"\x48\x65\x6c\x6c\x6f\x20\x57", "%48%65%6c%6c%6f%20%77%6f", "0x48,0x65,0x6c, 0x6c,0x6f,0x20,0x77,0x6f", "[char]73+[char]69+[char]88", "[char[]](73,69,88)", "73,69,88|%{[char]$_}",
        "String.fromCharCode(73,69,88)", "chr(73).chr(69).chr(88)", "h\0e\0l\0l\0o\0 \0w\0o\0r\0l\0d\0", "\r\n", "\n",
        "http://evil.example.com/x?y=1", "hxxps://evil[.]example[.]com", "evil(dot)example(dot)com", "evil dot example dot com", "me[at]example[.]org", "me@example.org", "10.0.0.1", "10[.]0[.]0[.]1", "192.168.0.0/24",
        "fe80::1", "2001:db8::8a2e:370:7334", "::ffff:10.1.2.3", "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "cve-2021-44228", "CVE-2024-12345", "T1059.001", "AS15169", "asn64496", "00:1a:2b:3c:4d:5e", "001a.2b3c.4d5e",
        @"C:\Windows\System32\cmd.exe", "C:/Users/me/a.txt", "/etc/passwd", @"\\server\share\x", @"HKLM\Software\Run", "invoice.pdf", "evil.exe", "münchen.example.com", "例え。テスト.com", "evil\uFF0Ecom", "a\u3002com",
        "http%3a%2f%2fevil.com%2Fa", "https%253A%252F%252Fevil.example.com", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "0x52908400098527886E0F7030069857D2E4169EE7",
        "dc1.corp.local", "a1.2.3.4b", "user:pw@host.example.com", "[2001:db8::1]", "plain words", "Grüße", "日本語", "\u00a0", "=", "'", "\"", ")", "(", "]", "[.", ".]", @"\.", "::", "@", "%", "-", "/", ".", ",", "x", " ", "\t",
    ];

    [Fact]
    public Task Decoding_finds_all_that_it_finds_in_all_rows() => Compare(DecodeAnalysis.Entry, DecodeOptions.Default, 1);

    [Theory]
    [InlineData(8, 4, true)]
    [InlineData(12, 8, false)]
    [InlineData(2000, 8, true)]
    public Task Decoding_by_other_measures_does_so_too(int run, int inContext, bool weak) => Compare(
        DecodeAnalysis.Entry, new DecodeOptions { MinimumRun = run, MinimumRunInContext = inContext, ReportWeak = weak }, run);

    [Fact]
    public Task Indicators_of_the_default_types_are_all_found() => Compare(IndicatorAnalysis.Entry, new IndicatorOptions(), 2);

    [Fact]
    public Task Indicators_of_all_types_are_all_found() => Compare(IndicatorAnalysis.Entry, new IndicatorOptions { Types = ["all"], IgnoreTlds = true }, 3);

    [Fact]
    public Task Indicators_in_encoded_text_are_all_found() => Compare(IndicatorAnalysis.Entry, new IndicatorOptions { Types = ["url"], Decode = true }, 4);

    [Fact]
    public async Task Indicators_of_each_type_alone_are_all_found()
    {
        foreach (string type in IndicatorTypes.All)
        {
            await Compare(IndicatorAnalysis.Entry, new IndicatorOptions { Types = [type], Defanged = type.Length % 2 == 0 }, type.Length, rows: 800);
        }
    }

    [Fact]
    public async Task A_pattern_of_the_user_lets_everything_travel_and_says_so()
    {
        using PushedTables tables = await Compare(IndicatorAnalysis.Entry, new IndicatorOptions { Patterns = ["odd=[xé]{1,}"] }, 5, rows: 300);

        tables.Remarks.ShouldContain(remark => remark.Contains("pattern of your own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_without_anything_do_not_travel()
    {
        var builder = new TableBuilder(("a", ColumnType.String), ("n", ColumnType.Long));
        for (int row = 0; row < 1000; row++)
        {
            builder.AddRow(row == 700 ? "powershell -enc aQBlAHgAIAAxACsAMQA=" : "nothing to see in this row", (long)row);
        }

        using PushedTables tables = PushedTables.Of(builder.Build());

        Table found = await tables.There(DecodeAnalysis.Entry, DecodeOptions.Default);

        found.RowCount.ShouldBe(1);
        found["src_index"].GetValue(0).ShouldBe(0L);
        tables.Remarks.ShouldContain(remark => remark.StartsWith("src_index counts the rows that travel", StringComparison.Ordinal));
        tables.Remarks.ShouldContain("1 row travelled.");
        tables.Queries[^1].ShouldEndWith("| project ['a']");
    }

    [Theory]
    [InlineData("office_activity_user.csv")]
    [InlineData("processes_on_host.csv")]
    public async Task The_corpus_gives_the_same_there(string name)
    {
        using PushedTables tables = await PushedTables.OfCorpus(name);

        await Compare(tables, DecodeAnalysis.Entry, DecodeOptions.Default);
        await Compare(tables, IndicatorAnalysis.Entry, new IndicatorOptions());
    }

    [Fact]
    public async Task A_table_without_text_has_nothing_to_decode()
    {
        using PushedTables tables = PushedTables.Of(new TableBuilder(("n", ColumnType.Long)).AddRow(1L).Build());

        (await tables.There(DecodeAnalysis.Entry, DecodeOptions.Default)).RowCount.ShouldBe(0);
        await Should.ThrowAsync<QuarryException>(() => tables.There(IndicatorAnalysis.Entry, new IndicatorOptions()));
        await Should.ThrowAsync<QuarryException>(() => tables.There(DecodeAnalysis.Entry, DecodeOptions.Default, "n"));
    }

    private static async Task<PushedTables> Compare(Analysis analysis, object options, int seed, int rows = 3000)
    {
        PushedTables tables = PushedTables.Of(Texts(seed, rows));
        await Compare(tables, analysis, options);
        tables.Dispose();
        return tables;
    }

    // The rows' positions are others there: all that is left must be the same, in the same order.
    private static async Task Compare(PushedTables tables, Analysis analysis, object options)
    {
        Table here = await tables.Here(analysis, options), there = await tables.There(analysis, options);
        int index = here.Schema.IndexOf(analysis == DecodeAnalysis.Entry ? "src_index" : "SourceIndex");
        string[] expected = Lines(here, index);
        there.Schema.ToArray().ShouldBe(here.Schema.ToArray());
        Lines(there, index).ShouldBe(expected, tables.Queries[^1]);
    }

    private static string[] Lines(Table table, int index) => [.. table.Rows().Select(row => string.Join(" | ", row.Where((_, i) => i != index)))];

    private static Table Texts(int seed, int rows)
    {
        var random = new System.Random(seed);
        var builder = new TableBuilder(("a", ColumnType.String), ("n", ColumnType.Long), ("b", ColumnType.String), ("j", ColumnType.Dynamic));
        for (int row = 0; row < rows; row++)
        {
            string json = System.Text.Json.JsonSerializer.Serialize(new { v = Text(random) });
            builder.AddRow(random.Next(10) == 0 ? null : Text(random), (long)row, Text(random), random.Next(3) == 0 ? null : json);
        }

        return builder.Build();
    }

    // Pieces of what is looked for, whole, cut, or with a character changed.
    private static string Text(System.Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(5); i > 0; i--)
        {
            string piece = Pieces[random.Next(Pieces.Length)];
            switch (random.Next(6))
            {
                case 0: piece = piece[..random.Next(piece.Length + 1)]; break;
                case 1: piece = piece[random.Next(piece.Length)..]; break;
                case 2: piece = random.Next(2) == 0 ? piece.ToUpperInvariant() : piece.ToLowerInvariant(); break;
                case 3: piece = piece.Insert(random.Next(piece.Length + 1), ((char)random.Next(random.Next(2) == 0 ? 128 : 0x3100)).ToString()); break;
            }

            text.Append(piece);
        }

        return text.ToString();
    }
}
