using Quarry.Tables;

namespace Quarry.Decoding;

/// <summary>Decoding of table columns: the records of all that is hidden in them, as a table.</summary>
public static class DecodeTables
{
    /// <summary>
    /// Unpacks every cell of a text column. The result has one row a layer, in the order of the rows and, within a row, level by level:
    /// <c>reference</c>, <c>original_string</c>, <c>file_name</c>, <c>file_type</c>, <c>input_bytes</c> (the bytes in base64), <c>decoded_string</c> (null for
    /// binary), <c>encoding_type</c>, <c>file_hashes</c> (dynamic: md5, sha1, sha256), <c>md5</c>, <c>sha1</c>, <c>sha256</c>, <c>printable_bytes</c>,
    /// <c>src_index</c> (the row's position, long), the column itself under its own name, <c>full_decoded_string</c> (the annotated text of the cell),
    /// <c>codec</c>, <c>depth</c>, <c>offset</c>, <c>length</c> (long), <c>parent_reference</c>, <c>stopped_by</c>; all others string.
    /// </summary>
    /// <remarks>
    /// Null cells are skipped, and so are columns without text. A column whose name is one of the above appears with <c>_input</c> behind its name.
    /// A text of more than 1 MiB that several records of a cell share (the cell, its annotated text, the run) stands in the first of them
    /// and is null in the others, so that a hostile cell cannot fill the memory.
    /// </remarks>
    /// <param name="table">The table.</param>
    /// <param name="column">The column to decode.</param>
    /// <param name="options">What to look for and where to stop; null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="UnknownColumnException">There is no such column.</exception>
    public static Table Decode(this Table table, string column, DecodeOptions? options = null, CancellationToken cancellation = default) =>
        table.Decode([column], options, cancellation);

    /// <summary>
    /// Unpacks every cell of several columns. As for one column; the cells of all columns follow row by row in the order in which the columns are
    /// named, and of the columns under their own names that one is filled which the layer comes from, the others are null.
    /// </summary>
    /// <inheritdoc cref="Decode(Table, string, DecodeOptions?, CancellationToken)"/>
    public static Table Decode(
        this Table table, IReadOnlyList<string> columns, DecodeOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        int[] ordinals = [.. columns.Select(table.Schema.Require).Distinct()];
        var records = new RecordColumns(ordinals.Select(o => table.Schema[o].Name));
        IReadOnlyList<TableBatch> found =
            new BatchDecoder(new TableBatch(table), ordinals, records, options ?? DecodeOptions.Default, cancellation).Decode();
        return found.Count == 1 ? found[0].Table : Table.Concat(records.Schema, found.Select(b => b.Table));
    }

    /// <summary>
    /// Unpacks columns of a stream of batches, several batches at a time; the result is the same, in the same order, whatever
    /// their number. <c>src_index</c> counts from the first row of the stream.
    /// </summary>
    /// <param name="stream">The batches; disposed with the result.</param>
    /// <param name="columns">The columns to decode.</param>
    /// <param name="options">What to look for and where to stop; null for the defaults.</param>
    /// <param name="degree">How many batches to work on at a time; 0 for as many as there are processors.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="UnknownColumnException">There is no such column.</exception>
    public static TableStream Decode(
        this TableStream stream,
        IReadOnlyList<string> columns,
        DecodeOptions? options = null,
        int degree = 0,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(columns);
        int[] ordinals = [.. columns.Select(stream.Schema.Require).Distinct()];
        var records = new RecordColumns(ordinals.Select(o => stream.Schema[o].Name));
        DecodeOptions chosen = options ?? DecodeOptions.Default;
        IEnumerable<TableBatch> batches = OrderedParallel
            .Select(
                stream.TakeBatches(),
                batch => new BatchDecoder(batch, ordinals, records, chosen, cancellation).Decode(),
                degree <= 0 ? Environment.ProcessorCount : degree,
                cancellation)
            .SelectMany(tables => tables);
        return new TableStream(records.Schema, Number(batches), stream);
    }

    private static IEnumerable<TableBatch> Number(IEnumerable<TableBatch> batches)
    {
        long row = 0;
        foreach (TableBatch batch in batches)
        {
            yield return batch with { FirstRow = row };
            row += batch.Table.RowCount;
        }
    }
}
