using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>The signatures of tables.</summary>
public static class TableSignatures
{
    /// <summary>Groups the rows of a table by which of its columns are filled: not null, and not text of only white space.</summary>
    /// <param name="table">The table, its columns of any type.</param>
    /// <param name="options">Which columns, by whose rules; null for the defaults.</param>
    /// <param name="threads">How many threads to use, 0 for one a processor. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static DataSignatures Signatures(
        this Table table, SignatureOptions? options = null, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Find(table.Schema, [], [table], options, threads, null, cancellation);
    }

    /// <summary>Groups the rows of a stream, in one pass and without holding its batches.</summary>
    /// <param name="stream">The rows; its batches are taken.</param>
    /// <param name="columns">The columns to look at, in this order; empty for all.</param>
    /// <param name="options">Which of these, by whose rules; null for the defaults.</param>
    /// <param name="threads">How many threads to use, 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told the number of rows done so far.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="UnknownColumnException">A column is not there.</exception>
    public static DataSignatures Signatures(
        this TableStream stream,
        IReadOnlyList<string> columns,
        SignatureOptions? options = null,
        int threads = 0,
        IProgress<long>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(columns);
        return Find(stream.Schema, columns, stream.TakeBatches().Select(b => b.Table), options, threads, progress, cancellation);
    }

    private static DataSignatures Find(
        TableSchema schema,
        IReadOnlyList<string> columns,
        IEnumerable<Table> batches,
        SignatureOptions? options,
        int threads,
        IProgress<long>? progress,
        CancellationToken cancellation)
    {
        options ??= SignatureOptions.Default;
        IEnumerable<int> asked = columns.Count > 0 ? columns.Select(schema.Require).Distinct() : Enumerable.Range(0, schema.Count);
        var dropped = new List<DroppedColumn>();
        int[] chosen = ColumnRules.Choose(schema, asked, options, dropped);
        var encoder = new TableEncoder(schema, chosen, options.Mode, threads <= 0 ? Environment.ProcessorCount : threads, cancellation);
        foreach (Table batch in batches)
        {
            encoder.Add(batch);
            progress?.Report(encoder.Rows);
        }

        encoder.Close();
        return new DataSignatures(encoder, dropped, options);
    }
}
