namespace Quarry.Data.Kql;

/// <summary>What came of <see cref="KqlDatabase.AddFolder"/>.</summary>
/// <param name="Tables">The tables that were added.</param>
/// <param name="Failures">Files that could not be added, and why, a sentence each.</param>
/// <param name="Ignored">Files that are no tables by their names.</param>
public sealed record AddedFolder(IReadOnlyList<KqlTable> Tables, IReadOnlyList<string> Failures, IReadOnlyList<string> Ignored);
