namespace Quarry.Indicators;

/// <summary>
/// The positions of a block of 64 bytes at which something may be found: bit i speaks of the byte at <see cref="Position"/> + i.
/// </summary>
internal struct Anchors
{
    /// <summary>Where the block begins in the text.</summary>
    public int Position;

    /// <summary>The byte after a dot that may belong to a domain, or that is the third of an address in dotted decimal form.</summary>
    public ulong Names;

    /// <summary>At signs.</summary>
    public ulong Mails;

    /// <summary>The colon of <c>://</c>.</summary>
    public ulong Urls;

    /// <summary>A colon after another, or after a group of an IPv6 address.</summary>
    public ulong Addresses;

    /// <summary>Bytes of a long run of hexadecimal digits.</summary>
    public ulong Hashes;

    /// <summary>The byte that <see cref="DefangMarks.MayStandAt"/> is asked about.</summary>
    public ulong Marks;

    /// <summary>The percent sign of an encoded <c>:</c> or of a percent sign encoded once more.</summary>
    public ulong Escapes;

    /// <summary>All but names, which alone stand in almost every row.</summary>
    public readonly ulong Rare => Mails | Urls | Addresses | Hashes | Marks | Escapes;

    /// <summary>All but hashes, which alone come in long runs.</summary>
    public readonly ulong Single => Names | Mails | Urls | Addresses | Marks | Escapes;
}
