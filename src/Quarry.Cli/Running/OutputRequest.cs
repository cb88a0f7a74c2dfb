using System.CommandLine;
using Quarry.Cli.Terminals;
using Quarry.Data.Files.Writers;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of the output.</summary>
/// <param name="Path">The file to write, or null for standard output.</param>
/// <param name="Format">The format; null means a table for a person.</param>
/// <param name="Limit">The most rows; null means the default of the format.</param>
/// <param name="GuardFormulas">Whether csv is guarded against formulas.</param>
internal sealed record OutputRequest(string? Path, OutputFormat? Format, long? Limit, bool GuardFormulas)
{
    private const string TableFormat = "table";

    /// <summary>Reads the options.</summary>
    /// <exception cref="UsageException">They do not fit together, or one has no such value.</exception>
    public static OutputRequest Of(ParseResult parsed, CommonOptions options, Terminal terminal)
    {
        long? limit = parsed.GetValue(options.Limit);
        if (limit < 0)
        {
            throw new UsageException($"--limit is {limit}; give a number of rows, or 0 for all.");
        }

        string? path = parsed.GetValue(options.OutputPath);
        path = path is "-" or "/dev/stdout" or "/dev/fd/1" ? null : path;
        if (path is not null && Directory.Exists(path))
        {
            throw new UsageException($"'{path}' is a directory. Give the name of a file to write.");
        }

        return new OutputRequest(
            path,
            FormatOf(parsed.GetValue(options.Format), path, terminal),
            limit == 0 ? long.MaxValue : limit,
            !parsed.GetValue(options.NoFormulaGuard));
    }

    private static OutputFormat? FormatOf(string? name, string? path, Terminal terminal)
    {
        if (name is not null)
        {
            return Named(name, path);
        }

        if (path is null)
        {
            return terminal.OutputIsTerminal ? null : OutputFormat.Jsonl;
        }

        try
        {
            return TableWriters.FormatOf(path);
        }
        catch (QuarryException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static OutputFormat? Named(string name, string? path)
    {
        string lower = name.ToLowerInvariant();
        if (lower == TableFormat)
        {
            return path is null
                ? null
                : throw new UsageException("A table for the terminal is not written to a file. Use --format md for one to read, or leave -o out.");
        }

        if (lower == "html")
        {
            throw new UsageException($"There is no html output yet. Formats: {CommonOptions.FormatNames}.");
        }

        if (!CommonOptions.FormatNames.Split(", ").Contains(lower))
        {
            string hint = NearestName.Of(lower, CommonOptions.FormatNames.Split(", ")) is { } near ? $" Did you mean {near}?" : "";
            throw new UsageException($"There is no format '{name}'.{hint} Formats: {CommonOptions.FormatNames}.");
        }

        var format = Enum.Parse<OutputFormat>(lower, ignoreCase: true);
        return format != OutputFormat.Parquet || path is not null
            ? format
            : throw new UsageException("Parquet is written to a file: name one with -o FILE.parquet.");
    }
}
