namespace Quarry.Data.Queries.Reading;

/// <summary>Names of queries, families and parameters.</summary>
internal static class QueryName
{
    private const int Longest = 200;

    /// <summary>Whether a text is one: letters, digits and underscores, no digit first.</summary>
    public static bool IsRight(string name) =>
        name.Length is > 0 and <= Longest && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
