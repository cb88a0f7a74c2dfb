using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Logs.Commands;

/// <summary>The search for risky commands as the catalogue describes it to every face.</summary>
public static class RiskyAnalysis
{
    private const int BatchRows = 8192;

    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<RiskyOptions> Entry { get; } = new()
    {
        Name = "risky",
        Summary = "Finds risky commands in sudo, cron and audit logs by rules, also inside encoded content, with the technique of MITRE ATT&CK.",
        Shape = AnalysisShape.RowWise,
        ReadsLines = true,
        Keywords =
        [
            "risky_cmd_line", "cmd_line", "sudo", "command", "commandline", "shell", "reverse shell", "linux", "bash", "suspicious", "mitre", "attack", "rules", "regex",
            "syslog", "auditd", "persistence", "privilege escalation",
        ],
        Examples =
        [
            new("quarry risky /var/log/auth.log", "the commands of sudo and cron in a raw log"),
            new("quarry risky audit.log --rules 'kubectl=kubectl exec'", "of audit records, and by a rule of your own"),
            new("quarry risky sudo.csv --column Command", "in a column of a table"),
        ],
        Headline = ["TimeGenerated", "Rule", "Command", "User", "Computer", "Technique", "Layer"],
        Output =
        [
            new("TimeGenerated", ColumnType.DateTime, "When, UTC."),
            new("Command", ColumnType.String, "The command."),
            new("Rule", ColumnType.String, "The rule that matched."),
            new("Technique", ColumnType.String, "The rule's technique of MITRE ATT&CK."),
            new("User", ColumnType.String, "Who gave the command."),
            new("Computer", ColumnType.String, "Where."),
            new("Layer", ColumnType.String, "The decoded layer in which the rule matched; null for the command itself."),
            new("Evidence", ColumnType.String, "What matched."),
            new("SourceIndex", ColumnType.Long, "The row of the input, from 0."),
        ],
        Function = static (input, options, context) =>
            new TableStream(Schema(), Batches(input.ReadCommands(context).FindRisky(options.All())), input),
        Charts = static (result, _) => Draw(result),
    };

    private static TableSchema Schema() => new(Entry.Output.Select(c => new ColumnSchema(c.Name, c.Type)));

    private static IEnumerable<TableBatch> Batches(IEnumerable<RiskyCommand> found)
    {
        var rows = new TableBuilder(Schema());
        long first = 0;
        foreach (RiskyCommand one in found)
        {
            LoggedCommand c = one.Command;
            rows.AddRow(c.Time, c.Command, one.Rule.Name, one.Rule.Technique, c.User, c.Computer, one.Layer, one.Evidence, c.SourceIndex);
            if (rows.RowCount >= BatchRows || rows.TextBytes > 1 << 24)
            {
                Table table = rows.Build();
                yield return new TableBatch(table, first);
                first += table.RowCount;
            }
        }

        if (rows.RowCount > 0)
        {
            yield return new TableBatch(rows.Build(), first);
        }
    }

    private static IReadOnlyList<Chart> Draw(Table result)
    {
        TimelineEvent[] events =
        [
            .. Enumerable.Range(0, result.RowCount)
                .Where(row => !result["TimeGenerated"].IsNull(row))
                .Select(row => new TimelineEvent(
                    (DateTime)result["TimeGenerated"].GetValue(row)!, null, result.Text("Rule").GetString(row)!, result.Text("Command").GetString(row)!, true)),
        ];
        return events.Length == 0 ? [] : [new TimelineChart("Risky commands", "Rule", events)];
    }
}
