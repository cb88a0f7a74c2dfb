using System.CommandLine;
using System.Globalization;
using Quarry.Cli.Terminals;
using Quarry.Data.Files;
using Quarry.Data.Kql;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of the tables that queries read.</summary>
internal sealed class QueryTables
{
    // More names than these are counted.
    private const int MostNamed = 5;

    private readonly Option<string[]> _tables = new("--table", "-t")
    {
        Description = "A table: NAME=FILE, NAME='GLOB' for many files as one table, NAME=- for standard input; FILE alone has the file's name without extensions. Repeat it for several.",
        HelpName = "NAME=FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _folders = new("--folder")
    {
        Description = "Each file of this folder as a table by its name; files of one name (Logs.csv, Logs.json.gz) are one table. Repeat it for several.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    private readonly CommonOptions _common;

    public QueryTables(CommonOptions common) => _common = common;

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_tables);
        command.Add(_folders);
        command.Add(_common.InputFormat);
        _common.InputFormat.Description = "What the files of --table and --folder are, where their names and content do not tell: csv, tsv, json, jsonl, parquet, lines, text.";
        _common.InputFormat.CompletionSources.Add("csv", "tsv", "json", "jsonl", "parquet", "lines", "text");
    }

    /// <summary>Whether a table is read from standard input.</summary>
    public bool TakesStandardInput(ParseResult parsed) => Requests(parsed).Any(request => request.File == InputFile.StandardInput);

    /// <summary>Refuses files where a service is asked.</summary>
    /// <exception cref="UsageException">There are some.</exception>
    public void RequireNone(ParseResult parsed)
    {
        if (parsed.GetValue(_tables) is { Length: > 0 } || parsed.GetValue(_folders) is { Length: > 0 })
        {
            throw new UsageException("--table and --folder are files, and --source asks a service: give either.");
        }
    }

    /// <summary>Adds the tables; what was left out is said on standard error.</summary>
    /// <exception cref="UsageException">A table is not named as it should be.</exception>
    /// <exception cref="QuarryException">A file of <c>--table</c> or a folder cannot be read.</exception>
    public void AddTo(KqlDatabase database, ParseResult parsed, Terminal terminal)
    {
        foreach ((string? name, string file) in Requests(parsed))
        {
            var options = new InputOptions
            {
                Format = InputRequest.FormatOf(parsed.GetValue(_common.InputFormat)),
                StandardInput = file == InputFile.StandardInput ? terminal.Input() : null,
            };
            foreach ((string tableName, string source) in name is null ? ByName(file) : [(name, file)])
            {
                Say(terminal, parsed, database.AddFile(tableName, source, options).Remarks);
            }
        }

        foreach (string folder in parsed.GetValue(_folders) ?? [])
        {
            AddedFolder added = database.AddFolder(folder, new InputOptions { Format = InputRequest.FormatOf(parsed.GetValue(_common.InputFormat)) });
            foreach (string failure in added.Failures)
            {
                terminal.Error.WriteLine($"quarry: {SafeText.Escape(failure)}");
            }

            Say(terminal, parsed, added.Tables.SelectMany(table => table.Remarks));
            Say(terminal, parsed, added.Ignored.Count == 0 ? [] : [Ignored(folder, added.Ignored)]);
        }
    }

    private IEnumerable<(string? Name, string File)> Requests(ParseResult parsed)
    {
        foreach (string request in parsed.GetValue(_tables) ?? [])
        {
            // A file whose own name has an equals sign is that file.
            int equals = File.Exists(request) ? -1 : request.IndexOf('=', StringComparison.Ordinal);
            (string? name, string file) = equals < 0 ? (null, request) : (request[..equals], request[(equals + 1)..]);
            if (name is "" || file.Length == 0)
            {
                throw new UsageException($"--table is '{request}'; give NAME=FILE.");
            }

            yield return name is null && file == InputFile.StandardInput
                ? throw new UsageException("Standard input has no name: give --table NAME=-.")
                : (name, file);
        }
    }

    // A glob whose files have one name is one table, else each name is one.
    private static IEnumerable<(string Name, string Source)> ByName(string file)
    {
        IGrouping<string, string>[] names = [.. InputPattern.Resolve([file]).Select(one => one.Path).GroupBy(KqlTable.NameOf, StringComparer.Ordinal)];
        if (names.Length == 1)
        {
            return [(names[0].Key, file)];
        }

        return names.SelectMany(same => same.Count() == 1
            ? same.Select(path => (same.Key, path))
            : throw new QuarryException($"'{file}' has {same.Count()} files of the name {same.Key} beside others. Give them one table: --table {same.Key}='GLOB'."));
    }

    private void Say(Terminal terminal, ParseResult parsed, IEnumerable<string> remarks)
    {
        foreach (string remark in parsed.GetValue(_common.Quiet) ? [] : remarks)
        {
            terminal.Error.WriteLine($"quarry: {SafeText.Escape(remark)}");
        }
    }

    private static string Ignored(string folder, IReadOnlyList<string> files)
    {
        string names = string.Join(", ", files.Take(MostNamed).Select(Path.GetFileName));
        string more = files.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {files.Count - MostNamed:N0} more") : "";
        return $"{folder}: no tables by their names: {names}{more}";
    }
}
