using Quarry.Tables;

namespace Quarry.Indicators;

/// <summary>Finds the indicators in the text columns of tables.</summary>
public static class IndicatorTables
{
    // Input repeats the cell for each of its indicators: a long cell with many of them is cut, lest the result grow with
    // the square of its length.
    private const int MostInputBytes = 1 << 24, FewestInputBytes = 256;
    private const long MostPartBytes = 1 << 23;

    /// <summary>
    /// The columns of a result: IoCType (string), Observable (string), SourceIndex (long, the row of the input from 0), Input
    /// (string, the cell), then Column (string), Offset and Length (int, bytes of the cell's, or layer's, UTF-8), Original
    /// (string, the text as it stood where it was defanged or encoded, else null), Reference (string, the decoded layer it was
    /// found in, to which Offset then refers, else null).
    /// </summary>
    public static TableSchema Schema { get; } = new(
        new ColumnSchema("IoCType", ColumnType.String),
        new ColumnSchema("Observable", ColumnType.String),
        new ColumnSchema("SourceIndex", ColumnType.Long),
        new ColumnSchema("Input", ColumnType.String),
        new ColumnSchema("Column", ColumnType.String),
        new ColumnSchema("Offset", ColumnType.Int),
        new ColumnSchema("Length", ColumnType.Int),
        new ColumnSchema("Original", ColumnType.String),
        new ColumnSchema("Reference", ColumnType.String));

    /// <summary>The indicators in one column: see <see cref="ExtractIndicators(TableStream, IReadOnlyList{string}, IndicatorOptions?, int, ICellLayers?, CancellationToken)"/>.</summary>
    /// <exception cref="UnknownColumnException">The table does not have the column.</exception>
    /// <exception cref="QuarryException">The options are not right.</exception>
    public static Table ExtractIndicators(this Table table, string column, IndicatorOptions? options = null) =>
        table.ExtractIndicators([column], options);

    /// <summary>The indicators in some columns: see <see cref="ExtractIndicators(TableStream, IReadOnlyList{string}, IndicatorOptions?, int, ICellLayers?, CancellationToken)"/>.</summary>
    /// <exception cref="UnknownColumnException">The table does not have a column.</exception>
    /// <exception cref="QuarryException">The options are not right.</exception>
    public static Table ExtractIndicators(
        this Table table,
        IReadOnlyList<string> columns,
        IndicatorOptions? options = null,
        int degree = 1,
        ICellLayers? layers = null,
        CancellationToken cancellation = default)
    {
        using TableStream found = TableStream.Of(table).ExtractIndicators(columns, options, degree, layers, cancellation);
        return found.Gather();
    }

    /// <summary>
    /// The indicators in some columns of a stream, of <see cref="Schema"/>: one row for each distinct observable of a cell,
    /// in the order of the rows, of the columns as they are named, and of the text, on any number of threads. Null cells and
    /// columns that are not text have none. Input is cut, and ends in an ellipsis, where it would repeat more than 16 MiB for
    /// one cell.
    /// </summary>
    /// <param name="stream">The table; it is disposed with the result.</param>
    /// <param name="columns">The columns to look in.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="degree">How many batches are scanned at a time.</param>
    /// <param name="layers">Decodes cells, to look in what is hidden in them too; an observable of the cell is not repeated.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="UnknownColumnException">The stream does not have a column.</exception>
    /// <exception cref="QuarryException">The options are not right.</exception>
    public static TableStream ExtractIndicators(
        this TableStream stream,
        IReadOnlyList<string> columns,
        IndicatorOptions? options = null,
        int degree = 1,
        ICellLayers? layers = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            throw new QuarryException("No column was named to look for indicators in. Name at least one.");
        }

        int[] ordinals = [.. columns.Distinct(StringComparer.Ordinal).Select(stream.Schema.Require)];
        var extractor = new IndicatorExtractor(options);
        return new TableStream(Schema, Batches(stream, batch => Find(batch, ordinals, extractor, layers), degree, cancellation), stream);
    }

    private static IEnumerable<TableBatch> Batches(
        TableStream stream, Func<TableBatch, (TableBatch, IEnumerator<Table>, bool)> find, int degree, CancellationToken cancellation)
    {
        long rows = 0;
        foreach ((TableBatch batch, IEnumerator<Table> parts, bool isThere) in OrderedParallel.Select(stream.TakeBatches(), find, degree, cancellation))
        {
            using (parts)
            {
                for (bool goesOn = isThere; goesOn; goesOn = parts.MoveNext())
                {
                    Table table = parts.Current;
                    yield return new TableBatch(table, rows, batch.Source);
                    rows += table.RowCount;
                }
            }
        }
    }

    // The first part of the result is built here, by whichever thread it is: mostly it is all of it. The others are built
    // when they are asked for: cells that are repeated must not be held for several batches at once.
    private static (TableBatch Batch, IEnumerator<Table> Parts, bool IsThere) Find(
        TableBatch batch, int[] ordinals, IndicatorExtractor extractor, ICellLayers? layers)
    {
        var found = new List<FoundIndicators>();
        foreach (int ordinal in ordinals)
        {
            if (batch.Table[ordinal] is TextColumn text)
            {
                var column = new FoundIndicators(batch.Table.Schema[ordinal].Name, text);
                column.Scan(extractor, layers);
                found.Add(column);
            }
        }

        IEnumerator<Table> parts = Build(batch, [.. found]).GetEnumerator();
        return (batch, parts, parts.MoveNext());
    }

    private static IEnumerable<Table> Build(TableBatch batch, FoundIndicators[] found)
    {
        var builder = new TableBuilder(Schema);
        int[] next = new int[found.Length];
        long size = 0;

        // Room at once for most of what the first part will take: growing by doubling would touch twice the memory.
        builder.Text(3).GetSpan((int)Math.Min(MostPartBytes, found.Sum(column => column.CellBytes)));
        while (NextRow(found, next) is >= 0 and int row)
        {
            for (int i = 0; i < found.Length; i++)
            {
                int last = next[i];
                while (last < found[i].Count && found[i][last].Row == row)
                {
                    last++;
                }

                int inputLength = InputLength(found[i].Text[row], last - next[i]);
                for (; next[i] < last; next[i]++)
                {
                    size += Append(builder, found[i], next[i], batch.FirstRow, inputLength);
                    if (size > MostPartBytes)
                    {
                        size = 0;
                        yield return builder.Build();
                    }
                }
            }
        }

        if (builder.RowCount > 0)
        {
            yield return builder.Build();
        }
    }

    private static int NextRow(FoundIndicators[] found, int[] next)
    {
        int row = -1;
        for (int i = 0; i < found.Length; i++)
        {
            if (next[i] < found[i].Count && (row < 0 || found[i][next[i]].Row < row))
            {
                row = found[i][next[i]].Row;
            }
        }

        return row;
    }

    private static int InputLength(ReadOnlySpan<byte> cell, int count)
    {
        if ((long)cell.Length * count <= MostInputBytes)
        {
            return cell.Length;
        }

        int length = Math.Min(cell.Length, Math.Max(FewestInputBytes, MostInputBytes / count));
        while (length > 0 && length < cell.Length && (cell[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length;
    }

    // Adds a row, and says how many bytes of text it took.
    private static int Append(TableBuilder builder, FoundIndicators found, int index, long firstRow, int inputLength)
    {
        ref readonly FoundIndicators.Entry entry = ref found[index];
        ReadOnlySpan<byte> input = found.Text[entry.Row];
        builder.Text(0).Append(entry.Type);
        builder.Text(1).Append(found.Observable(in entry));
        builder.Values<long>(2).Append(firstRow + entry.Row);
        if (inputLength == input.Length)
        {
            builder.Text(3).Append(input);
        }
        else
        {
            builder.Text(3).Append([.. input[..inputLength], .. "…"u8]);
        }

        builder.Text(4).Append(found.Column);
        builder.Values<int>(5).Append(entry.Offset);
        builder.Values<int>(6).Append(entry.Length);
        if (entry.OriginalLength > 0)
        {
            builder.Text(7).Append(found.Original(in entry));
        }
        else
        {
            builder.Text(7).AppendNull();
        }

        builder.Text(8).Append(entry.Reference);
        return entry.ObservableLength + inputLength + entry.OriginalLength;
    }
}
