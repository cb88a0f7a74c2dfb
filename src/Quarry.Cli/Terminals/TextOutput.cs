using System.Text;
using Quarry.Data.Files.Writers;
using Quarry.Tables;

namespace Quarry.Cli.Terminals;

/// <summary>Collects the rows and writes them as text for a person, in one go.</summary>
/// <param name="stream">Where to; stays open.</param>
/// <param name="schema">The columns of the rows.</param>
/// <param name="write">Writes the text.</param>
internal sealed class TextOutput(Stream stream, TableSchema schema, Action<Table, TextWriter> write) : ITableWriter
{
    private readonly TableBuilder _rows = new(schema);

    /// <inheritdoc/>
    public void Write(Table table) => _rows.AppendAll(table);

    /// <inheritdoc/>
    public void Complete()
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        write(_rows.Build(), writer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
