namespace Quarry.Data.Files.Readers;

/// <summary>Cuts a text into records that are then read one by one.</summary>
internal interface IRecordSplitter
{
    /// <summary>The current record.</summary>
    ReadOnlySpan<byte> Record { get; }

    /// <summary>The line on which it begins, from 1.</summary>
    long Line { get; }

    /// <summary>Why it cannot be read, or null.</summary>
    string? Fault { get; }

    /// <summary>Goes to the next record; false at the end.</summary>
    bool Next();
}
