using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>Writes tables of one schema, one after another, as one document.</summary>
public interface ITableWriter : IDisposable
{
    /// <summary>Writes the rows of a table, which has the schema the writer was made for.</summary>
    void Write(Table table);

    /// <summary>Writes what ends the document and everything still held back. Nothing may be written after it.</summary>
    void Complete();
}
