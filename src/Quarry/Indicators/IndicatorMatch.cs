namespace Quarry.Indicators;

/// <summary>An indicator, as it is handed to a sink: its spans live until the call returns.</summary>
public readonly ref struct IndicatorMatch
{
    internal IndicatorMatch(int row, string type, int offset, int length, ReadOnlySpan<byte> observable, ReadOnlySpan<byte> original)
    {
        Row = row;
        Type = type;
        Offset = offset;
        Length = length;
        Observable = observable;
        Original = original;
    }

    /// <summary>The row, counted from 0, of the rows that were scanned.</summary>
    public int Row { get; }

    /// <summary>The type's name: one of <see cref="IndicatorTypes.All"/>, or a user-defined one.</summary>
    public string Type { get; }

    /// <summary>Where it stands in the row, in bytes of UTF-8.</summary>
    public int Offset { get; }

    /// <summary>How many bytes of UTF-8 it takes in the row.</summary>
    public int Length { get; }

    /// <summary>The indicator, in the form that the options ask for, in UTF-8.</summary>
    public ReadOnlySpan<byte> Observable { get; }

    /// <summary>
    /// The text as it stood, in UTF-8, where it stood defanged or differs from <see cref="Observable"/>; else empty.
    /// </summary>
    public ReadOnlySpan<byte> Original { get; }
}
