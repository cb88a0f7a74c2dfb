using System.Globalization;
using Quarry.Data.Files;

namespace Quarry.Data.Kql;

/// <summary>One run of a query, and what its scans of files have to say.</summary>
internal sealed class QueryRun(long id, CancellationToken cancellation)
{
    private readonly Lock _lock = new();
    private readonly List<string> _remarks = [];
    private Exception? _failure;

    /// <summary>Its number in the database.</summary>
    public long Id { get; } = id;

    /// <summary>Stops it.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Why a scan failed: DuckDB keeps only the text of it.</summary>
    public Exception? Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>What the user has to know beside the rows; complete when the run is over.</summary>
    public IReadOnlyList<string> Remarks
    {
        get
        {
            lock (_lock)
            {
                return [.. _remarks.Distinct()];
            }
        }
    }

    /// <summary>Notes why a scan failed, the first reason only.</summary>
    public void Fail(Exception error)
    {
        lock (_lock)
        {
            _failure ??= error;
        }
    }

    /// <summary>Notes how a file was read.</summary>
    public void AddReport(KqlTable table, ReadReport? report, IReadOnlyList<(string Column, string Type, long Count)> unread)
    {
        lock (_lock)
        {
            if (report is not null)
            {
                _remarks.AddRange(report.Describe().Select(sentence => $"{table.Name}: {sentence}"));
            }

            _remarks.AddRange(unread.Where(column => column.Count > 0).Select(column => string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Name}: {column.Count:N0} {(column.Count == 1 ? "value" : "values")} of column '{column.Column}' did not read as {column.Type}, and {(column.Count == 1 ? "is" : "are")} null")));
        }
    }
}
