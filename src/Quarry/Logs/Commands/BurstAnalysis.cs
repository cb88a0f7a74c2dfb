using System.Globalization;
using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Logs.Commands;

/// <summary>The search for bursts of commands as the catalogue describes it to every face.</summary>
public static class BurstAnalysis
{
    private const int MostListed = 100;

    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<BurstOptions> Entry { get; } = new()
    {
        Name = "bursts",
        Summary = "Finds bursts of commands, given faster than a person types: many of one user on one machine in a few seconds.",
        Shape = AnalysisShape.WholeTable,
        ReadsLines = true,
        Keywords = ["cmd_speed", "speed", "script", "automation", "sudo", "command", "burst", "linux", "fast", "rate"],
        Examples =
        [
            new("quarry bursts /var/log/auth.log", "ten commands of sudo or cron within five seconds"),
            new("quarry bursts sudo.csv --column Command --time 1m --events 20", "slower and longer"),
        ],
        Headline = ["Start", "Count", "Duration", "User", "Computer", "Commands"],
        Output =
        [
            new("Start", ColumnType.DateTime, "The time of the first command, UTC."),
            new("End", ColumnType.DateTime, "The time of the last command, UTC."),
            new("Count", ColumnType.Long, "How many commands."),
            new("Duration", ColumnType.TimeSpan, "From the first to the last."),
            new("User", ColumnType.String, "Who gave them."),
            new("Computer", ColumnType.String, "Where."),
            new("Commands", ColumnType.Dynamic, "The commands, the first hundred of them."),
            new("SourceIndex", ColumnType.Long, "The row of the input of the first, from 0."),
        ],
        Function = static (input, options, context) => new TableStream(Schema(), Batches(input, options, context), input),
        Charts = static (result, _) => Draw(result),
    };

    private static TableSchema Schema() => new(Entry.Output.Select(c => new ColumnSchema(c.Name, c.Type)));

    private static IEnumerable<TableBatch> Batches(TableStream input, BurstOptions options, AnalysisContext context)
    {
        LoggedCommand[] commands = [.. input.ReadCommands(context)];
        int timeless = commands.Count(c => c.Time is null);
        if (timeless > 0)
        {
            context.Remark?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{timeless:N0} commands have no time that could be read, and were left out."));
        }

        var rows = new TableBuilder(Schema());
        var json = new JsonBuffer();
        foreach (CommandBurst burst in commands.FindBursts(options))
        {
            json.Reset();
            LogJson.Array(json, burst.Commands.Take(MostListed).Select(c => c.Command));
            rows.AddRow(
                burst.Start, burst.End, (long)burst.Commands.Count, burst.End - burst.Start, burst.User, burst.Computer,
                System.Text.Encoding.UTF8.GetString(json.Written), burst.Commands[0].SourceIndex);
        }

        yield return new TableBatch(rows.Build());
    }

    private static IReadOnlyList<Chart> Draw(Table result)
    {
        TimelineEvent[] events =
        [
            .. Enumerable.Range(0, result.RowCount).Select(row => new TimelineEvent(
                (DateTime)result["Start"].GetValue(row)!, (DateTime)result["End"].GetValue(row)!, result.Text("User").GetString(row) ?? "",
                string.Create(CultureInfo.InvariantCulture, $"{result["Count"].GetValue(row)} commands"), true)),
        ];
        return events.Length == 0 ? [] : [new TimelineChart("Bursts of commands", "User", events)];
    }
}
