using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Quarry.Cli.Running;

/// <summary>The arguments and options that every verb on tables has.</summary>
internal sealed class CommonOptions
{
    public const string FormatNames = "table, jsonl, json, csv, tsv, md, parquet, html";

    public Argument<string[]> Inputs { get; } = new("INPUT")
    {
        Description = "Files, globs, or - for standard input: csv, tsv, json, jsonl, parquet (csv, tsv and json also as .gz and .zst), or plain text.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string?> Text { get; } = new("--text")
    {
        Description = "Work on this string instead of INPUT. Write --text=-x if it begins with a dash.",
        HelpName = "STRING",
    };

    public Option<string[]> Columns { get; } = new("--column", "-c")
    {
        Description = "A column to work on; repeat it for several. Default: every column that holds text.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> OutputPath { get; } = new("--output", "-o")
    {
        Description = "Write to this file; its extension picks the format. It appears only when it is whole. - is standard output.",
        HelpName = "FILE",
    };

    public Option<string?> Format { get; } = new("--format", "-f")
    {
        Description = $"How to write: {FormatNames}. Default: table on a terminal, jsonl in a pipe.",
        HelpName = "FORMAT",
    };

    public Option<string?> InputFormat { get; } = new("--input-format")
    {
        Description = "What INPUT is, where its name and content do not tell: csv, tsv, json, jsonl, parquet, lines, text.",
        HelpName = "FORMAT",
    };

    public Option<long?> Limit { get; } = new("--limit", "-n")
    {
        Description = "Stop after this many rows of output; 0 for all. Default: 1000 for a table on a terminal, else all.",
        HelpName = "N",
        CustomParser = result => (long?)WholeNumber(result),
    };

    public Option<long?> Threads { get; } = new("--threads")
    {
        Description = "How many threads work. Default: one a processor.",
        HelpName = "N",
        CustomParser = result => (long?)WholeNumber(result),
    };

    public Option<bool> NoFormulaGuard { get; } = new("--no-formula-guard")
    {
        Description = "In csv and tsv, leave text that a spreadsheet would take for a formula as it is.",
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Say nothing on standard error but errors.",
    };

    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colours on the terminal (also: the environment variable NO_COLOR).",
    };

    private static long WholeNumber(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            result.AddError($"--{result.Argument.Name.TrimStart('-')} is '{text}'; give a whole number.");
        }

        return number;
    }

    /// <summary>Adds what says of the input.</summary>
    /// <param name="command">The command.</param>
    /// <param name="takesText">Whether it works on one string as well.</param>
    /// <param name="takesColumns">Whether it asks which columns to work on.</param>
    public void AddInputTo(Command command, bool takesText = true, bool takesColumns = true)
    {
        command.Add(Inputs);
        if (takesText)
        {
            command.Add(Text);
        }

        if (takesColumns)
        {
            command.Add(Columns);
        }

        command.Add(InputFormat);
        command.Add(Threads);
        Format.CompletionSources.Add(FormatNames.Split(", "));
        InputFormat.CompletionSources.Add("csv", "tsv", "json", "jsonl", "parquet", "lines", "text");
    }

    /// <summary>Adds what says of the output.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hasText">Whether the result has a form as text.</param>
    public void AddOutputTo(Command command, bool hasText = false)
    {
        if (hasText)
        {
            Format.Description = $"How to write: text, {FormatNames}. Default: for a person on a terminal, jsonl in a pipe.";
            Format.CompletionSources.Add("text");
        }

        command.Add(OutputPath);
        command.Add(Format);
        command.Add(Limit);
        command.Add(NoFormulaGuard);
        command.Add(Quiet);
        command.Add(NoColor);
    }
}
