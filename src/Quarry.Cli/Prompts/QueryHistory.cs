using System.Text;
using System.Text.Json;

namespace Quarry.Cli.Prompts;

/// <summary>
/// The queries typed at the prompt, the latest last, kept in a file that only the user can read: a JSON string a line. A query
/// that begins with a blank is not kept.
/// </summary>
internal sealed class QueryHistory
{
    /// <summary>How many queries are kept.</summary>
    public const int Most = 1000;

    private const int LongestEntry = 100_000;
    private const long LargestFile = 64 << 20;

    private readonly string? _path;
    private readonly List<string> _entries = [];
    private string _typed = "";
    private int _at;

    /// <summary>The history of a file; null for none that is kept.</summary>
    public QueryHistory(string? path)
    {
        _path = path;
        _entries.AddRange(Read());
        _at = _entries.Count;
    }

    /// <summary>The queries.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>Where the user's history is; null where the user has no folder for it.</summary>
    public static string? UsualPath()
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } set && Path.IsPathRooted(set) ? set
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".local", "state")
            : "";
        return state.Length == 0 ? null : Path.Combine(state, "quarry", "query-history");
    }

    /// <summary>Notes a query, and keeps it. What cannot be written is not kept, which is no reason to stop.</summary>
    public void Add(string query)
    {
        if (query.Length is > 0 and <= LongestEntry && query[0] != ' ' && !(_entries.Count > 0 && _entries[^1] == query))
        {
            // Another prompt may have written meanwhile: its queries are kept too.
            List<string> kept = _path is null ? [.. _entries] : [.. Read()];
            kept.Add(query);
            _entries.Add(query);
            Write([.. kept.TakeLast(Most)]);
        }

        Leave();
    }

    /// <summary>Goes back to what is typed next, for a prompt that begins anew.</summary>
    public void Leave()
    {
        _at = _entries.Count;
        _typed = "";
    }

    /// <summary>The query before; null at the first.</summary>
    /// <param name="typed">What stands at the prompt, to come back to.</param>
    public string? Previous(string typed)
    {
        if (_at == 0)
        {
            return null;
        }

        _typed = _at == _entries.Count ? typed : _typed;
        return _entries[--_at];
    }

    /// <summary>The query behind, or what was typed; null there.</summary>
    public string? Next()
    {
        if (_at >= _entries.Count)
        {
            return null;
        }

        return ++_at == _entries.Count ? _typed : _entries[_at];
    }

    private List<string> Read()
    {
        try
        {
            if (_path is null || !File.Exists(_path) || new FileInfo(_path).Length > LargestFile)
            {
                return [];
            }

            return [.. File.ReadLines(_path).Select(Entry).OfType<string>().TakeLast(Most)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Entry(string line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 and <= LongestEntry } entry ? entry : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Under another name first: a prompt that ends while it writes leaves the old history.
    private void Write(string[] entries)
    {
        if (_path is null)
        {
            return;
        }

        string unfinished = $"{_path}.{Environment.ProcessId}";
        try
        {
            string folder = Path.GetDirectoryName(_path)!;
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            File.Delete(unfinished);
            using (var writer = new StreamWriter(unfinished, new UTF8Encoding(false), options))
            {
                foreach (string entry in entries)
                {
                    writer.Write($"\"{JsonEncodedText.Encode(entry)}\"\n");
                }
            }

            File.Move(unfinished, _path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing is lost but the history.
        }
    }
}
