using Quarry.Cli.Prompts;

namespace Quarry.Cli.Tests.Prompts;

public sealed class QueryHistoryTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Queries_are_kept_for_the_next_prompt_and_only_the_user_can_read_them()
    {
        string path = Path.Combine(_scratch["state"], "quarry", "query-history");
        new QueryHistory(path).Add("T\n| where a == \"\u001b\u2028x\"");
        new QueryHistory(path).Add("U");

        new QueryHistory(path).Entries.ShouldBe(["T\n| where a == \"\u001b\u2028x\"", "U"]);
        File.ReadAllLines(path).Length.ShouldBe(2);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void No_more_than_a_thousand_are_kept()
    {
        string path = _scratch.Write("history", string.Concat(Enumerable.Range(0, 1500).Select(i => $"\"q{i}\"\n")));
        new QueryHistory(path).Add("last");

        var history = new QueryHistory(path);

        history.Entries.Count.ShouldBe(QueryHistory.Most);
        history.Entries[^1].ShouldBe("last");
        history.Entries[0].ShouldBe("q501");
    }

    [Fact]
    public void What_was_repeated_or_begins_with_a_blank_is_not_kept()
    {
        var history = new QueryHistory(_scratch["history"]);
        history.Add("T");
        history.Add("T");
        history.Add(" secret");

        new QueryHistory(_scratch["history"]).Entries.ShouldBe(["T"]);
    }

    [Fact]
    public void A_broken_file_or_folder_is_no_reason_to_fail()
    {
        string path = _scratch.Write("history", "\"T\"\nnot json\n17\n\"\\ud800\"\n{}\n");
        new QueryHistory(path).Entries.ShouldBe(["T"]);

        var history = new QueryHistory(Path.Combine(path, "below", "a-file"));
        history.Add("T");
        history.Entries.ShouldBe(["T"]);
    }
}
