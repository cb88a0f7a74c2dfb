namespace Quarry.Samples;

/// <summary>One generated file and what was planted in it.</summary>
/// <param name="Name">File name below <c>samples/</c>.</param>
/// <param name="Content">The bytes of the file, UTF-8 without byte-order mark, lines ended by LF (the audit log breaks off).</param>
/// <param name="Planted">What a hunter should find, in row order.</param>
internal sealed record SampleFile(string Name, byte[] Content, IReadOnlyList<PlantedRow> Planted);
