namespace Quarry.Data.Engine;

/// <summary>The arguments of one call of a table function: bool, long, ulong, double or string, whichever is nearest, or null.</summary>
public sealed class DuckDbTableArguments
{
    private readonly object?[] _positional;
    private readonly Dictionary<string, object?> _named;

    internal DuckDbTableArguments(object?[] positional, Dictionary<string, object?> named)
    {
        _positional = positional;
        _named = named;
    }

    /// <summary>The argument at a position from 0.</summary>
    public object? this[int position] => _positional[position];

    /// <summary>The argument of a name, or null where it was not given.</summary>
    public object? this[string name] => _named.GetValueOrDefault(name);
}
