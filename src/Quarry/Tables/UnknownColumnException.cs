namespace Quarry.Tables;

/// <summary>A column was asked for that the table does not have.</summary>
public sealed class UnknownColumnException : QuarryException
{
    // A hostile header must not flood the reader's terminal.
    private const int MostListed = 200;
    private const int LongestListed = 80;

    /// <summary>An error that names the column asked for, the nearest one, and all there are.</summary>
    public UnknownColumnException(string name, IEnumerable<string> columns)
        : this(name, [.. columns])
    {
    }

    private UnknownColumnException(string name, string[] columns)
        : base(Describe(name, columns))
    {
        Name = name;
        Columns = columns;
    }

    /// <summary>The name that was asked for.</summary>
    public string Name { get; }

    /// <summary>The names there are, in the table's order.</summary>
    public IReadOnlyList<string> Columns { get; }

    private static string Describe(string name, string[] columns)
    {
        if (columns.Length == 0)
        {
            return $"There is no column '{name}': the table has no columns.";
        }

        string? nearest = NearestName.Of(name, columns);
        string hint = nearest is null ? "" : $" Did you mean '{Shorten(nearest)}'?";
        string rest = columns.Length > MostListed ? $" and {columns.Length - MostListed:N0} more" : "";
        return $"There is no column '{Shorten(name)}'.{hint} The columns are: {string.Join(", ", columns.Take(MostListed).Select(Shorten))}{rest}.";
    }

    private static string Shorten(string name) => name.Length <= LongestListed ? name : name[..LongestListed] + "…";
}
