using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>Which types all values of a column seen so far can have.</summary>
internal sealed class ColumnGuess
{
    private Kinds _kinds = Kinds.All;
    private bool _hasValue, _hasJson;

    [Flags]
    private enum Kinds : byte
    {
        None = 0,
        Bool = 1,
        Long = 2,
        Real = 4,
        DateTime = 8,
        TimeSpan = 16,
        Guid = 32,
        Dynamic = 64,
        All = 127,
    }

    /// <summary>The narrowest type that all values have; string where there is none or no value.</summary>
    public ColumnType Type => !_hasValue ? ColumnType.String
        : _kinds.HasFlag(Kinds.Bool) ? ColumnType.Bool
        : _kinds.HasFlag(Kinds.Long) ? ColumnType.Long
        : _kinds.HasFlag(Kinds.Real) ? ColumnType.Real
        : _kinds.HasFlag(Kinds.DateTime) ? ColumnType.DateTime
        : _kinds.HasFlag(Kinds.TimeSpan) ? ColumnType.TimeSpan
        : _kinds.HasFlag(Kinds.Guid) ? ColumnType.Guid
        : _kinds.HasFlag(Kinds.Dynamic) || _hasJson ? ColumnType.Dynamic
        : ColumnType.String;

    /// <summary>Adds a field of delimited text.</summary>
    /// <param name="text">Its content.</param>
    /// <param name="isText">Whether quotes say that it is text, not a number or a truth value.</param>
    /// <param name="json">To check JSON with.</param>
    public void AddField(ReadOnlySpan<byte> text, bool isText, JsonScanner json)
    {
        _hasValue = true;
        _kinds &= isText ? ~(Kinds.Bool | Kinds.Long | Kinds.Real) : Kinds.All;
        Keep(Kinds.Bool, _kinds.HasFlag(Kinds.Bool) && TypedText.TryBool(text, out _));
        Keep(Kinds.Long, _kinds.HasFlag(Kinds.Long) && TypedText.TryLong(text, out _));
        Keep(Kinds.Real, _kinds.HasFlag(Kinds.Real) && TypedText.TryReal(text, out _));
        Keep(Kinds.DateTime, _kinds.HasFlag(Kinds.DateTime) && TypedText.TryDateTime(text, out _));
        Keep(Kinds.TimeSpan, _kinds.HasFlag(Kinds.TimeSpan) && TypedText.TryTimeSpan(text, out _));
        Keep(Kinds.Guid, _kinds.HasFlag(Kinds.Guid) && TypedText.TryGuid(text, out _));
        Keep(Kinds.Dynamic, _kinds.HasFlag(Kinds.Dynamic) && text.Length > 1 && text[0] is (byte)'{' or (byte)'[' && json.IsValue(text));
    }

    /// <summary>Adds a JSON value that is not null.</summary>
    public void AddJson(JsonKind kind, ReadOnlySpan<byte> text)
    {
        _hasValue = true;
        _hasJson |= kind != JsonKind.String;
        Kinds possible = kind switch
        {
            JsonKind.Bool => Kinds.Bool,
            JsonKind.Number => (TypedText.TryLong(text, out _) ? Kinds.Long : 0) | (TypedText.TryReal(text, out _) ? Kinds.Real : 0),
            JsonKind.String => TypedText.TryDateTime(text, out _) ? Kinds.DateTime : 0,
            _ => Kinds.Dynamic,
        };
        _kinds &= possible;
    }

    /// <summary>Adds what another file showed of the same column.</summary>
    public void Add(ColumnGuess other)
    {
        if (other._hasValue)
        {
            _kinds &= other._kinds;
            _hasValue = true;
            _hasJson |= other._hasJson;
        }
    }

    private void Keep(Kinds kind, bool isPossible) => _kinds &= isPossible ? Kinds.All : ~kind;
}
