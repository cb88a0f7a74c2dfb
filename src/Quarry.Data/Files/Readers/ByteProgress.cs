namespace Quarry.Data.Files.Readers;

/// <summary>How many bytes of the input, as it lies on disk, have been read.</summary>
internal sealed class ByteProgress
{
    private long _read;

    /// <summary>The bytes read so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Counts bytes.</summary>
    public void Add(long count) => Interlocked.Add(ref _read, count);
}
