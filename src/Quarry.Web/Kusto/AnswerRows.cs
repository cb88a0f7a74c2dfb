using System.Text;
using Quarry.Data.Files.Writers;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>Writes the parts of answers that all protocols share: columns, and rows as arrays.</summary>
/// <param name="output">Where they go.</param>
/// <param name="dynamicAsText">Whether a value of dynamic is the text of its JSON: in Log Analytics and version 1; version 2 has the JSON itself.</param>
internal sealed class AnswerRows(Utf8Output output, bool dynamicAsText)
{
    private readonly JsonCells _cells = new(output);

    /// <summary>Whether no row of the table, or of its part, was written yet.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Begins the rows of a table, or of a part of one.</summary>
    public void Begin() => IsEmpty = true;

    /// <summary>A text in quotes.</summary>
    public void Text(string text) => output.WriteJsonString(Encoding.UTF8.GetBytes(text));

    /// <summary>Rows with commas between them.</summary>
    public void Write(Table table)
    {
        for (int row = 0; row < table.RowCount; row++)
        {
            output.Write(IsEmpty ? "["u8 : ",["u8);
            IsEmpty = false;
            for (int i = 0; i < table.Columns.Count; i++)
            {
                if (i > 0)
                {
                    output.Write((byte)',');
                }

                Write(table[i], row);
            }

            output.Write((byte)']');
            output.DrainIfFull();
        }
    }

    // Decimals are texts, which no reader rounds.
    private void Write(Column column, int row)
    {
        switch (column)
        {
            case TextColumn { Type: ColumnType.Dynamic } json when dynamicAsText && !json.IsNull(row):
                output.WriteJsonString(json[row]);
                break;
            case ValueColumn<decimal> numbers when !numbers.IsNull(row):
                output.Write((byte)'"');
                output.Write(numbers.Values[row]);
                output.Write((byte)'"');
                break;
            case ValueColumn<double> numbers when !numbers.IsNull(row) && double.IsInfinity(numbers.Values[row]):
                output.Write(numbers.Values[row] > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
                break;
            default:
                _cells.Write(column, row);
                break;
        }
    }
}
