namespace Quarry.Data.Engine;

/// <summary>Writes the next rows, and tells how many, from 0 to <see cref="DuckDbOutputChunk.Capacity"/>.</summary>
/// <param name="chunk">Where to write. It is empty at every call.</param>
public delegate int DuckDbChunkFiller(DuckDbOutputChunk chunk);
