namespace Quarry.Decoding;

/// <summary>One file of an archive.</summary>
/// <param name="Name">Its name, as it stands there: data, never a path.</param>
/// <param name="Bytes">What could be read of it.</param>
/// <param name="StoppedBy">What kept it from being read whole; null where it is.</param>
internal readonly record struct ArchiveEntry(string Name, ReadOnlyMemory<byte> Bytes, string? StoppedBy = null);

/// <summary>What an archive held.</summary>
/// <param name="Type">Its type, for example <c>zip</c> or, told by its files, <c>docx</c>.</param>
/// <param name="Codec">The codec's name in the records.</param>
/// <param name="Entries">Its files in order.</param>
/// <param name="StoppedBy">What kept it from being read whole; null where it was.</param>
internal sealed record Archive(string Type, string Codec, IReadOnlyList<ArchiveEntry> Entries, string? StoppedBy = null);
