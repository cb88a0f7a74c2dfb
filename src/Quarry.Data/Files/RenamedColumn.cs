namespace Quarry.Data.Files;

/// <summary>A column whose name in the file was empty or taken.</summary>
/// <param name="Source">The file.</param>
/// <param name="Position">Its position, from 1.</param>
/// <param name="Original">Its name in the file.</param>
/// <param name="Name">Its name in the table.</param>
public sealed record RenamedColumn(string Source, int Position, string Original, string Name);
