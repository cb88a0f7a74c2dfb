namespace Quarry.Signatures;

/// <summary>What the bytes of a dictionary's values are. Columns of one kind can equal each other.</summary>
internal enum ValueKind
{
    /// <summary>Text, as UTF-8.</summary>
    Text,

    /// <summary>A number: see <see cref="ValueKeys"/>.</summary>
    Number,

    /// <summary>True or false, as a number.</summary>
    Flag,

    /// <summary>A time, in ticks.</summary>
    Time,

    /// <summary>A length of time, in ticks.</summary>
    Span,
}
