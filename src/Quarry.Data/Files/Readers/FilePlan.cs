using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>What a look at a file's beginning says of how to read it.</summary>
/// <param name="Source">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Columns">The names of its columns, in order.</param>
internal sealed record FilePlan(InputSource Source, FileFormat Format, IReadOnlyList<string> Columns)
{
    /// <summary>What the values of each column in the sample can be.</summary>
    public IReadOnlyList<ColumnGuess> Guesses { get; init; } = [.. Columns.Select(_ => new ColumnGuess())];

    /// <summary>Whether the sample held the whole file, so that nothing new can follow.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What stands between the fields of delimited text.</summary>
    public byte Delimiter { get; init; } = (byte)',';

    /// <summary>Whether quotes in delimited text tell text from numbers: so where some values stand in none.</summary>
    public bool QuotesMeanText { get; init; }

    /// <summary>The types that the file itself gives its columns, where it does.</summary>
    public IReadOnlyList<ColumnType>? Types { get; init; }

    /// <summary>Per column with a type whether its values are read as they are, not as their text.</summary>
    public IReadOnlyList<bool>? IsRead { get; init; }

    /// <summary>The rows that the file says it has.</summary>
    public long Rows { get; init; }
}
