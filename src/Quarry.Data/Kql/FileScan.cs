using Quarry.Data.Engine;
using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>One reading of a table's files by a query, of the columns it needs.</summary>
internal sealed class FileScan : IDisposable
{
    /// <summary>The table function's name in SQL; its arguments are a table's number and a run's.</summary>
    public const string Function = "quarry_scan";

    private readonly KqlTable _table;
    private readonly ColumnSchema[] _columns;
    private readonly QueryRun _run;
    private TableInput? _input;
    private TableFeed? _feed;

    private FileScan(KqlTable table, IReadOnlyList<int> wanted, QueryRun run)
    {
        _table = table;
        _run = run;

        // Where only rows are counted, one column has to be read all the same.
        _columns = wanted.Count > 0 ? [.. wanted.Select(i => table.Schema[i])] : [.. table.Schema.Take(1)];
    }

    /// <summary>What DuckDB has to know to read a table in a run.</summary>
    public static DuckDbTableScan Of(KqlTable table, QueryRun run) => new()
    {
        Columns = table.Schema.Count == 0
            ? [new DuckDbColumn("c0", DuckDbType.Boolean)]
            : [.. table.Schema.Select((column, i) => new DuckDbColumn(StoredTables.ColumnName(i), KqlStorage.TypeOf(column.Type)))],
        RowCount = table.RowCount,
        Open = wanted => table.Schema.Count == 0 ? _ => 0 : new FileScan(table, wanted, run).Fill,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_feed is not null)
        {
            _run.AddReport(_table, _input!.Report, [.. _columns.Select((column, i) => (column.Name, column.Type.KqlName(), _feed.Unread[i]))]);
        }

        _feed?.Dispose();
        _input?.Dispose();
        _feed = null;
        _input = null;
    }

    private int Fill(DuckDbOutputChunk chunk)
    {
        try
        {
            if (_feed is null)
            {
                InputOptions options = _table.Input! with { Columns = [.. _columns.Select(column => column.Name)] };
                _input = TableInput.Open(_table.Patterns, options, _run.Cancellation);
                _feed = new TableFeed(_input.Stream, _columns);
            }

            return _feed.Fill(chunk);
        }
        catch (Exception error)
        {
            _run.Fail(error);
            throw;
        }
    }
}
