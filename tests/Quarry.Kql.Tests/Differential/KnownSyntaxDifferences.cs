namespace Quarry.Kql.Tests.Differential;

/// <summary>Where Quarry's parser and Microsoft's differ, and why; the tests hold the list in both directions.</summary>
internal static class KnownSyntaxDifferences
{
    /// <summary>Each query with the reason.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
    };

    /// <summary>Whether a damaged query is of a kind in which the two differ on purpose.</summary>
    public static bool IsOfAKnownKind(string query) => query.Length == 0;
}
