using Quarry.Data.Files.Compression;

namespace Quarry.Data.Files.Readers;

/// <summary>One input as a stream of text: opened, decompressed by what it begins with, decoded.</summary>
internal sealed class InputSource : IDisposable
{
    private readonly InputFile _file;
    private readonly InputOptions _options;
    private readonly ByteProgress _progress;
    private readonly CancellationToken _cancellation;
    private Stream? _once; // what cannot be opened twice
    private ReplayStream? _replay;
    private CountedStream? _counted;
    private FileStream? _open;

    /// <summary>A source that is not open yet.</summary>
    public InputSource(InputFile file, InputOptions options, ByteProgress progress, CancellationToken cancellation)
    {
        _file = file;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>The path as the user wrote it.</summary>
    public string Path => _file.Path;

    /// <summary>How messages call it.</summary>
    public string Name => _file.Name;

    /// <summary>The bytes on disk when it was first opened; null where that is not known.</summary>
    public long? Length { get; private set; }

    /// <summary>Whether it has not a byte, known once it was opened.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Whether it begins as a Parquet file, known once it was opened.</summary>
    public bool IsParquet { get; private set; }

    /// <summary>Opens the text for a look; what is wrong with it is not reported.</summary>
    public Stream OpenForLook() => Open(progress: null, report: null);

    /// <summary>Opens the text to be read.</summary>
    /// <exception cref="QuarryException">It cannot be opened, or is not compressed as its name says.</exception>
    public Stream OpenText(ReadReport report)
    {
        _replay?.Rewind();
        return Open(_progress, report);
    }

    /// <summary>Reports what changed since the source was opened; called when all of it has been read.</summary>
    public void ReportChange(ReadReport report)
    {
        if (_open is null || Length is not > 0)
        {
            return;
        }

        long now = RandomAccess.GetLength(_open.SafeFileHandle);
        if (now > Length)
        {
            report.AddNote($"{Name} grew while it was read: what was added is not in the result");
        }
        else if (now < Length)
        {
            report.AddFault($"{Name} became shorter while it was read: the rows up to there were read");
        }
    }

    /// <summary>Makes an error of reading the user's.</summary>
    public QuarryException Failed(Exception e) => e as QuarryException ?? new QuarryException($"{Name} cannot be read: {e.Message}", e);

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        if (_options.StandardInput is null || !_file.IsStandardInput)
        {
            _once?.Dispose();
        }
    }

    private CountedStream OpenRaw(ByteProgress? progress)
    {
        if (_once is null && _file.IsStandardInput)
        {
            _once = _options.StandardInput ?? Console.OpenStandardInput();
            _replay = new ReplayStream(_once);
        }

        if (_replay is null)
        {
            _open?.Dispose();
            _open = OpenFile();
            if (_open.CanSeek)
            {
                Length ??= _open.Length;
            }
            else
            {
                _once = _open;
                _open = null;
                _replay = new ReplayStream(_once);
            }
        }

        // Files of the system that are made as they are read say that they have no length.
        return new CountedStream((Stream?)_replay ?? _open!, Length is > 0 ? Length.Value : long.MaxValue, progress, _cancellation);
    }

    private FileStream OpenFile()
    {
        try
        {
            return new FileStream(_file.Path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
            });
        }
        catch (UnauthorizedAccessException e)
        {
            throw new QuarryException($"There is no permission to read '{_file.Path}'. Run as a user who may, or copy the file.", e);
        }
        catch (FileNotFoundException e)
        {
            throw new QuarryException($"There is no file '{_file.Path}'.", e);
        }
        catch (IOException e)
        {
            throw new QuarryException($"'{_file.Path}' cannot be opened: {e.Message}", e);
        }
    }

    private Utf8Stream Open(ByteProgress? progress, ReadReport? report)
    {
        _counted = OpenRaw(progress);
        byte[] start = new byte[4];
        int count = _counted.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        IsEmpty = count == 0;
        IsParquet = start.AsSpan(0, count).SequenceEqual("PAR1"u8);
        Stream bytes = Decompress(new PrefixedStream(start, count, _counted), start.AsSpan(0, count), report);
        return new Utf8Stream(bytes, count => report?.AddReplacedBytes(count));
    }

    private Stream Decompress(PrefixedStream bytes, ReadOnlySpan<byte> start, ReadReport? report)
    {
        bool isGzip = start.StartsWith<byte>([0x1F, 0x8B]);
        bool isZstandard = start.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD])
            || (start.Length == 4 && (start[0] & 0xF0) == 0x50 && start[1..].SequenceEqual<byte>([0x2A, 0x4D, 0x18]));
        if (!isGzip && !isZstandard)
        {
            return FileFormats.IsNamedCompressed(_file.Path) && !IsEmpty
                ? throw new QuarryException($"'{_file.Path}' is named as a compressed file, and is neither gzip nor Zstandard. Rename it, or get it again.")
                : bytes;
        }

        Stream plain = isGzip ? new CheckedGzipStream(bytes) : new ZstandardStream(bytes);
        string kind = isGzip ? "gzip" : "Zstandard";
        return new SalvageStream(
            plain,
            reason => report?.AddFault($"{Name} ended early: the rows before it were read ({reason})"),
            reason => new QuarryException($"'{_file.Path}' is not a sound {kind} file: {reason}"));
    }
}
