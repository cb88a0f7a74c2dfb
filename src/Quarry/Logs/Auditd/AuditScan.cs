using Quarry.Tables;

namespace Quarry.Logs.Auditd;

/// <summary>The records of one batch.</summary>
/// <param name="Records">The records and the lines that are none, in order.</param>
/// <param name="Rows">How many rows the batch has.</param>
/// <param name="Blank">How many cells were blank.</param>
internal sealed record AuditScan(AuditRecord[] Records, int Rows, long Blank)
{
    /// <summary>Reads the headers of a batch's lines.</summary>
    public static AuditScan Read(TableBatch batch, int[] columns)
    {
        Table table = batch.Table;
        var records = new List<AuditRecord>(table.RowCount);
        int computer = table.Schema.IndexOf("Computer");
        long blank = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            foreach (int ordinal in columns)
            {
                var column = (TextColumn)table[ordinal];
                ReadOnlySpan<byte> line = column[row];
                if (CellReading.IsBlank(line))
                {
                    blank++;
                }
                else if (AuditHeader.TryRead(line, out AuditHeader header))
                {
                    records.Add(new AuditRecord { Text = column, Row = row, SourceIndex = batch.FirstRow + row, Header = header });
                }
                else if (AuditCells.IsCell(line)
                    && AuditCells.Id(table, row) is { IsEmpty: false } id
                    && AuditCells.Lines(line, id, computer >= 0 && table[computer] is TextColumn names ? names[row] : []) is { } lines)
                {
                    AddLines(records, lines, batch.FirstRow + row);
                }
                else
                {
                    records.Add(new AuditRecord { Text = column, Row = row, SourceIndex = batch.FirstRow + row, Header = new AuditHeader { Type = AuditType.Unreadable } });
                }
            }
        }

        return new AuditScan([.. records], table.RowCount, blank);
    }

    private static void AddLines(List<AuditRecord> records, List<byte[]> lines, long sourceIndex)
    {
        var text = new TextColumnBuilder();
        foreach (byte[] line in lines)
        {
            text.Append(line);
        }

        var column = (TextColumn)text.Build();
        for (int row = 0; row < column.Length; row++)
        {
            // A type from a hostile cell may hold what no header holds.
            records.Add(new AuditRecord
            {
                Text = column,
                Row = row,
                SourceIndex = sourceIndex,
                Header = AuditHeader.TryRead(column[row], out AuditHeader header) ? header : new AuditHeader { Type = AuditType.Unreadable },
            });
        }
    }
}
