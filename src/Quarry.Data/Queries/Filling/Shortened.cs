namespace Quarry.Data.Queries.Filling;

/// <summary>Values in messages.</summary>
internal static class Shortened
{
    private const int Most = 100;

    /// <summary>A value's first characters.</summary>
    public static string Of(string value) => value.Length <= Most ? value : value[..Most] + "…";
}
