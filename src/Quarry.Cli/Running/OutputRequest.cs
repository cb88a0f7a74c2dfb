using System.CommandLine;
using Quarry.Cli.Terminals;
using Quarry.Data.Files.Writers;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of the output.</summary>
/// <param name="Path">The file to write, or null for standard output.</param>
/// <param name="Form">The kind of output.</param>
/// <param name="Format">The format of <see cref="OutputForm.Rows"/>.</param>
/// <param name="Limit">The most rows; null means the default of the form.</param>
/// <param name="GuardFormulas">Whether csv is guarded against formulas.</param>
internal sealed record OutputRequest(string? Path, OutputForm Form, OutputFormat Format, long? Limit, bool GuardFormulas)
{
    /// <summary>Reads the options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options of the verb.</param>
    /// <param name="terminal">Where standard output is.</param>
    /// <param name="hasText">Whether the verb has a form as text.</param>
    /// <param name="isText">Whether that is the form for a terminal.</param>
    /// <exception cref="UsageException">They do not fit together, or one has no such value.</exception>
    public static OutputRequest Of(ParseResult parsed, CommonOptions options, Terminal terminal, bool hasText = false, bool isText = false)
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

        (OutputForm form, OutputFormat format) = parsed.GetValue(options.Format) is { } name
            ? Named(name, path, terminal, hasText)
            : path is null ? OfTerminal(terminal, isText) : OfPath(path, hasText);
        return new OutputRequest(path, form, format, limit == 0 ? long.MaxValue : limit, !parsed.GetValue(options.NoFormulaGuard));
    }

    private static (OutputForm Form, OutputFormat Format) OfTerminal(Terminal terminal, bool isText) =>
        terminal.Report is not null ? (OutputForm.Html, default)
        : !terminal.OutputIsTerminal ? (OutputForm.Rows, OutputFormat.Jsonl)
        : (isText ? OutputForm.Text : OutputForm.Table, default);

    private static (OutputForm Form, OutputFormat Format) OfPath(string path, bool hasText)
    {
        switch (System.IO.Path.GetExtension(path).ToLowerInvariant())
        {
            case ".html" or ".htm": return (OutputForm.Html, default);
            case ".txt" when hasText: return (OutputForm.Text, default);
        }

        try
        {
            return (OutputForm.Rows, TableWriters.FormatOf(path));
        }
        catch (QuarryException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static (OutputForm Form, OutputFormat Format) Named(string name, string? path, Terminal terminal, bool hasText)
    {
        string lower = name.ToLowerInvariant();
        switch (lower)
        {
            case "table" when path is not null:
                throw new UsageException("A table for the terminal is not written to a file. Use --format md for one to read, or leave -o out.");
            case "table":
                return (OutputForm.Table, default);
            case "text" when !hasText:
                throw new UsageException($"This verb has no form as text. Formats: {CommonOptions.FormatNames}.");
            case "text":
                return (OutputForm.Text, default);
            case "html" when path is null && terminal.OutputIsTerminal:
                throw new UsageException("A page is read in a browser: write it to a file with -o FILE.html.");
            case "html":
                return (OutputForm.Html, default);
        }

        string[] names = CommonOptions.FormatNames.Split(", ");
        if (!names.Contains(lower))
        {
            string hint = NearestName.Of(lower, names) is { } near ? $" Did you mean {near}?" : "";
            throw new UsageException($"There is no format '{name}'.{hint} Formats: {CommonOptions.FormatNames}.");
        }

        var format = Enum.Parse<OutputFormat>(lower, ignoreCase: true);
        return format != OutputFormat.Parquet || path is not null
            ? (OutputForm.Rows, format)
            : throw new UsageException("Parquet is written to a file: name one with -o FILE.parquet.");
    }
}
