namespace Quarry.Samples;

/// <summary>A row that was put into a sample on purpose.</summary>
/// <param name="Index">Row number from 0, not counting a header: the <c>src_index</c> of Quarry's output.</param>
/// <param name="Time">The event's time, UTC.</param>
/// <param name="What">What it shows; rows with the same words form one entry of the page.</param>
/// <param name="Evidence">Text that stands in the row.</param>
internal sealed record PlantedRow(int Index, DateTime Time, string What, string Evidence);
