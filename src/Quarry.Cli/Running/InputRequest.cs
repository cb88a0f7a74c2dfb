using System.CommandLine;
using Quarry.Cli.Terminals;
using Quarry.Data.Files;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of the input.</summary>
/// <param name="Paths">Files, globs, and - for standard input.</param>
/// <param name="Text">The string to work on instead, or null.</param>
/// <param name="Columns">The columns to work on; none means all that hold text.</param>
/// <param name="Format">The format that was forced, or null.</param>
/// <param name="Threads">How many threads work.</param>
internal sealed record InputRequest(
    IReadOnlyList<string> Paths, string? Text, IReadOnlyList<string> Columns, FileFormat? Format, int Threads)
{
    /// <summary>Reads the options.</summary>
    /// <exception cref="UsageException">There is no input, or too much of it, or a value makes no sense.</exception>
    public static InputRequest Of(ParseResult parsed, CommonOptions options, Terminal terminal)
    {
        UnknownOption.Refuse(parsed, options.Inputs);
        string[] paths = parsed.GetValue(options.Inputs) ?? [];
        string? text = parsed.GetValue(options.Text);
        if (text is not null && paths.Length > 0)
        {
            throw new UsageException("Give either --text or INPUT, not both.");
        }

        if (text is null && paths.Length == 0)
        {
            paths = terminal.InputIsRedirected
                ? ["-"]
                : throw new UsageException(parsed.CommandResult.Command.Options.Contains(options.Text)
                    ? "There is nothing to read: name files, pipe something in, or give --text STRING."
                    : "There is nothing to read: name files, or pipe something in.");
        }

        long? threads = parsed.GetValue(options.Threads);
        return threads is < 1 or > 1024
            ? throw new UsageException($"--threads is {threads}; give a number from 1 to 1024.")
            : new InputRequest(paths, text, parsed.GetValue(options.Columns) ?? [], FormatOf(parsed.GetValue(options.InputFormat)), (int)(threads ?? (text is null ? Environment.ProcessorCount : 1)));
    }

    /// <summary>Opens the input. Every column is read as text, so that no odd value can hide in a column of numbers.</summary>
    /// <param name="plainText">What plain text is read as: lines, or each file as one text.</param>
    /// <param name="readsLines">Whether text is not to be taken for a table because it looks delimited.</param>
    /// <param name="terminal">Where standard input is.</param>
    /// <param name="cancellation">Stops reading.</param>
    public OpenedInput Open(FileFormat plainText, bool readsLines, Terminal terminal, CancellationToken cancellation)
    {
        if (Text is not null)
        {
            return OpenedInput.Of(Text);
        }

        var options = new InputOptions
        {
            Format = Format,
            PlainText = plainText,
            RecogniseDelimited = !readsLines,
            Columns = Columns,
            Typing = ValueTyping.Text,
            StandardInput = Paths.Contains(InputFile.StandardInput) ? terminal.Input() : null,
        };
        return OpenedInput.Of(TableInput.Open(Paths, options, cancellation));
    }

    /// <summary>The format of a name; null where none is given.</summary>
    /// <exception cref="UsageException">There is none of the name.</exception>
    public static FileFormat? FormatOf(string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (Enum.TryParse(name, ignoreCase: true, out FileFormat format) && Enum.IsDefined(format) && !char.IsAsciiDigit(name[0]))
        {
            return format;
        }

        string[] names = [.. Enum.GetNames<FileFormat>().Select(n => n.ToLowerInvariant())];
        string hint = NearestName.Of(name, names) is { } near ? $" Did you mean {near}?" : "";
        throw new UsageException($"There is no input format '{name}'.{hint} Formats: {string.Join(", ", names)}.");
    }
}
