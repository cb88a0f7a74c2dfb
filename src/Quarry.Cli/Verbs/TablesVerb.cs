using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;
using Quarry.Data.Kql.Schemas;
using Quarry.Data.Sources;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>Tells which tables a query would see.</summary>
internal sealed class TablesVerb
{
    public const string Name = "tables";

    public const string Summary = "Lists the tables that quarry query would see, with columns and types; and the tables of Sentinel and Defender that it knows.";

    /// <summary>Words that lead to the verb.</summary>
    public static readonly string[] Keywords = ["kql", "table", "tables", "schema", "columns", "types", "sentinel", "defender"];

    public static readonly AnalysisExample[] Examples =
    [
        new("quarry tables --folder logs", "the tables in a folder"),
        new("quarry tables --folder logs --schema SecurityEvent", "the columns of one"),
        new("quarry tables --source MSSentinel --workspace Default", "the tables of a workspace of the configuration"),
        new("quarry tables --known signin", "tables of Sentinel and Defender with that in their names, or a column called so"),
    ];

    private readonly CommonOptions _common = new();
    private readonly QueryTables _tables;
    private readonly SourceOptions _source = new();
    private readonly Option<string?> _schema = new("--schema") { Description = "The columns of this table; of a file's, or else of Sentinel's or Defender's.", HelpName = "NAME" };
    private readonly Option<string?> _known = new("--known") { Description = "List the known tables of Sentinel and Defender with this in their names, or with a column of this name; '' lists all.", HelpName = "TEXT" };

    /// <summary>The verb.</summary>
    public TablesVerb() => _tables = new QueryTables(_common);

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command(Name, Summary);
        _tables.AddTo(command);
        command.Add(_schema);
        command.Add(_known);
        _source.AddTo(command);
        _common.AddOutputTo(command);
        HelpWithExamples.AddTo(command, Examples);
        Guarded.SetAction(command, terminals, _common.NoColor, Run);
        return command;
    }

    /// <summary>The tables of a database, a row each.</summary>
    public static Table List(KqlDatabase database)
    {
        TableBuilder builder = Builder(("Table", ColumnType.String), ("Rows", ColumnType.Long), ("Schema", ColumnType.String), ("Columns", ColumnType.String), ("Source", ColumnType.String));
        foreach (KqlTable table in database.Tables)
        {
            builder.AddRow(table.Name, table.RowCount, table.KnownAs ?? "", ColumnsText(table.Schema), table.Source ?? "");
        }

        return builder.Build();
    }

    /// <summary>The columns of a table, a row each; null if there is no such table.</summary>
    public static Table? Schema(KqlDatabase database, string name)
    {
        TableSchema? schema = database.Tables.FirstOrDefault(table => table.Name == name)?.Schema ?? KnownTable.Named(name).FirstOrDefault()?.Columns;
        return schema is null ? null : Columns(schema);
    }

    /// <summary>The tables of a service, a row each.</summary>
    public static Table List(IReadOnlyList<SourceTable> tables)
    {
        TableBuilder builder = Builder(
            ("Table", ColumnType.String), ("Kind", ColumnType.String), ("Rows", ColumnType.Long), ("Columns", ColumnType.String), ("Parameters", ColumnType.String), ("Description", ColumnType.String), ("Source", ColumnType.String));
        foreach (SourceTable table in tables)
        {
            builder.AddRow(table.Name, table.Kind, table.RowCount, ColumnsText(table.Schema), table.Parameters, table.Description, table.Origin);
        }

        return builder.Build();
    }

    /// <summary>The columns of a schema, a row each.</summary>
    public static Table Columns(TableSchema schema)
    {
        TableBuilder builder = Builder(("Column", ColumnType.String), ("Type", ColumnType.String));
        foreach (ColumnSchema column in schema)
        {
            builder.AddRow(column.Name, column.Type.KqlName());
        }

        return builder.Build();
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        OutputRequest output = OutputRequest.Of(parsed, _common, terminal);
        string? known = parsed.GetValue(_known);
        if (known is not null && parsed.GetValue(_schema) is not null)
        {
            throw new UsageException("Give either --known or --schema, not both.");
        }

        Table found = known is not null ? Known(known)
            : _source.IsGiven(parsed) ? AtSource(parsed, terminal, interruption.Token)
            : Local(parsed, terminal);
        var view = new ResultView("Tables") { Command = CommandLines.Of(parsed), Explanation = Summary };
        using ResultOutput rows = ResultOutput.Open(output, terminal, found.Schema, view);
        rows.Write(found);
        rows.Complete();
        if (found.RowCount == 0 && !parsed.GetValue(_common.Quiet))
        {
            terminal.Error.WriteLine(known is null
                ? "quarry: no tables: name files with --table NAME=FILE or --folder DIR, or look for known ones with --known TEXT"
                : "quarry: no known table or column is called so");
        }

        return ExitCode.Done;
    }

    private Table Local(ParseResult parsed, Terminal terminal)
    {
        using KqlDatabase database = KqlDatabase.Create();
        _tables.AddTo(database, parsed, terminal);
        return parsed.GetValue(_schema) is { } name
            ? Schema(database, name) ?? throw NoTable(name, [.. database.Tables.Select(table => table.Name), .. KnownTable.Find("").Select(table => table.Name)])
            : List(database);
    }

    private Table AtSource(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        _tables.RequireNone(parsed);
        IReadOnlyList<SourceTable> tables = _source.At(
            parsed, terminal, engine: null, cancellation, source => source.TablesAsync(cancellation).WaitAsync(cancellation).GetAwaiter().GetResult());
        return parsed.GetValue(_schema) is not { } name ? List(tables)
            : tables.FirstOrDefault(table => table.Name == name) is { } found ? Columns(found.Schema)
            : throw NoTable(name, [.. tables.Select(table => table.Name)]);
    }

    private static QuarryException NoTable(string name, IReadOnlyList<string> known)
    {
        string? near = NearestName.Of(name, known);
        return new QuarryException($"There is no table '{name}'{(near is null ? "." : $"; did you mean '{near}'?")}");
    }

    private static Table Known(string text)
    {
        TableBuilder builder = Builder(("Table", ColumnType.String), ("Product", ColumnType.String), ("Columns", ColumnType.String));
        foreach (KnownTable table in KnownTable.Find(text))
        {
            builder.AddRow(table.Name, table.Product, ColumnsText(table.Columns));
        }

        return builder.Build();
    }

    private static TableBuilder Builder(params (string Name, ColumnType Type)[] columns) => new(columns);

    private static string ColumnsText(TableSchema schema) => string.Join(", ", schema.Select(column => $"{column.Name}:{column.Type.KqlName()}"));
}
