namespace Quarry.Data.Files.Readers;

/// <summary>Reads the rows of one file.</summary>
internal interface IRowReader
{
    /// <summary>Adds the next row to a sink; malformed rows are reported and passed over. False at the end.</summary>
    bool ReadRow(RowSink sink);
}
