using Quarry.Tables;

namespace Quarry.Decoding;

/// <summary>Decodes columns of one batch. The joined text of a column is scanned as a whole, and only the rows where something may stand are looked at.</summary>
internal sealed class BatchDecoder(
    TableBatch batch, IReadOnlyList<int> ordinals, RecordColumns records, DecodeOptions options, CancellationToken cancellation)
{
    /// <summary>When so many bytes are collected, a table is handed over and a new one begun.</summary>
    private const long FullTable = 64L << 20;

    private readonly List<TableBatch> _done = [];
    private readonly TableBuilder _builder = new(records.Schema);
    private long _collected;

    /// <summary>The records, as one table or, where they are many, several.</summary>
    public IReadOnlyList<TableBatch> Decode()
    {
        TextColumn?[] columns = [.. ordinals.Select(o => batch.Table[o].Type == ColumnType.String ? batch.Table[o] as TextColumn : null)];
        List<int>[] candidates = [.. columns.Select(c => c is null ? [] : CandidateRows(c))];
        if (columns.Length == 1)
        {
            foreach (int row in candidates[0])
            {
                DecodeCell(columns[0]!, row, 0);
            }
        }
        else
        {
            var cells = candidates.SelectMany((rows, input) => rows.Select(row => (Row: row, Input: input))).OrderBy(c => c);
            foreach ((int row, int input) in cells)
            {
                DecodeCell(columns[input]!, row, input);
            }
        }

        if (_builder.RowCount > 0)
        {
            Flush();
        }

        return _done;
    }

    /// <summary>The rows, in order, in which something may stand.</summary>
    private List<int> CandidateRows(TextColumn column)
    {
        var rows = new List<int>();
        ReadOnlySpan<int> offsets = column.Offsets;
        if (column.Length == 0)
        {
            return rows;
        }

        int origin = offsets[0];
        ReadOnlySpan<byte> text = column.Buffer[origin..offsets[^1]];
        var scanner = new EncodedScanner(text, options.MinimumRun);
        int row = 0, runDone = 0;
        while (scanner.MoveNext())
        {
            int first = scanner.Position, last = scanner.Position;
            if (scanner.IsRun)
            {
                if (first < runDone)
                {
                    continue;
                }

                // A run of the joined text may go over the ends of rows: every row it touches is looked at.
                first = Base64Text.RunStart(text, first, runDone);
                runDone = Base64Text.RunEnd(text, last);
                last = runDone - 1;
            }

            row = Advance(offsets, row, origin + first);
            while (row < column.Length && offsets[row] <= origin + last)
            {
                if ((rows.Count == 0 || rows[^1] < row) && CandidateFinder.MayContain(column[row], options))
                {
                    rows.Add(row);
                }

                if (offsets[row + 1] > origin + last)
                {
                    break;
                }

                row++;
            }
        }

        return rows;
    }

    /// <summary>The row that a position of the buffer is in, from a row at or before it.</summary>
    private static int Advance(ReadOnlySpan<int> offsets, int row, int position)
    {
        if (offsets[row + 1] > position)
        {
            return row;
        }

        int step = 1;
        while (row + step < offsets.Length - 1 && offsets[row + step + 1] <= position)
        {
            step *= 2;
        }

        int low = row + (step / 2), high = Math.Min(row + step, offsets.Length - 2);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (offsets[middle + 1] > position)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private void DecodeCell(TextColumn column, int row, int input)
    {
        ReadOnlySpan<byte> cell = column[row];
        using var unpacking = new Unpacking(options, new Budget(options, TimeProvider.System, cancellation));
        UnpackResult result = unpacking.Unpack(cell.ToArray());
        DecodedLayer? last = null;
        foreach (DecodedLayer layer in result.Layers)
        {
            bool isSameRun = last is not null && layer.Offset == last.Offset && layer.ParentReference == last.ParentReference;
            records.Append(_builder, layer, result, last is null, isSameRun, batch.FirstRow + row, input, cell);
            last = layer;
            _collected += cell.Length + result.AnnotatedUtf8.Length + layer.Length + (layer.Bytes.Length * 6L);
            if (_collected > FullTable)
            {
                Flush();
            }
        }
    }

    private void Flush()
    {
        _done.Add(new TableBatch(_builder.Build(), 0, batch.Source));
        _collected = 0;
    }
}
