using System.CommandLine;
using System.CommandLine.Parsing;
using Quarry.Catalogue;

namespace Quarry.Cli.Running;

/// <summary>An analysis's options as options of the command, made from the catalogue's description.</summary>
internal sealed class AnalysisOptions
{
    private const int MostInPlaceholder = 4;

    private readonly Analysis _analysis;
    private readonly (OptionDescription Description, Option Option)[] _options;

    /// <summary>Describes an analysis's options; nothing is parsed yet.</summary>
    public AnalysisOptions(Analysis analysis)
    {
        _analysis = analysis;
        _options = [.. analysis.Options.Select(o => (o, Make(o)))];
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach ((_, Option option) in _options)
        {
            command.Add(option);
        }
    }

    /// <summary>The options record that a command line means.</summary>
    /// <exception cref="UsageException">A value does not fit; the message says what would.</exception>
    public object Read(ParseResult parsed)
    {
        object options = _analysis.DefaultOptions;
        foreach ((OptionDescription description, Option option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false } given)
            {
                options = Set(options, description, given);
            }
        }

        return options;
    }

    private static object Set(object options, OptionDescription description, OptionResult given)
    {
        string[] texts = [.. given.Tokens.Select(t => t.Value)];
        try
        {
            if (description.Kind == OptionKind.Boolean && texts.Length == 0)
            {
                return description.With(options, "true");
            }

            // A list is given by repeating the option, by commas, or both.
            return description.IsList && texts.Length == 1 ? description.With(options, texts[0]) : description.WithItems(options, texts);
        }
        catch (QuarryException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static Option Make(OptionDescription description)
    {
        string summary = $"{description.Summary}{Choices(description)}{Default(description)}";
        if (description.Kind == OptionKind.Boolean)
        {
            return new Option<bool>(description.CommandName) { Description = summary };
        }

        Option option = description.IsList ? new Option<string[]>(description.CommandName) : new Option<string>(description.CommandName);
        option.Description = summary;
        option.HelpName = Placeholder(description);
        if (description.Choices.Count > 0)
        {
            option.CompletionSources.Add([.. description.Choices.Select(c => c.Name)]);
        }

        return option;
    }

    // Few choices stand in the placeholder.
    private static string Choices(OptionDescription description) =>
        description.Kind is OptionKind.Choice && description.Choices.Count > MostInPlaceholder
            ? $" One of {string.Join(", ", description.Choices.Select(c => c.Name))}."
            : "";

    // What the summary says already is not said twice.
    private static string Default(OptionDescription description)
    {
        string text = description.DefaultText;
        bool said = description.Summary.Contains("default", StringComparison.OrdinalIgnoreCase);
        return said || text.Length is 0 or > 120 ? "" : $" Default: {text}.";
    }

    private static string Placeholder(OptionDescription description) => description.Kind switch
    {
        OptionKind.Duration => "TIME",
        OptionKind.ByteSize => "SIZE",
        OptionKind.Text => "TEXT",
        OptionKind.TextList => "TEXT,…",
        OptionKind.Choice when description.Choices.Count <= MostInPlaceholder => string.Join('|', description.Choices.Select(c => c.Name)),
        OptionKind.Choice => "CHOICE",
        OptionKind.ChoiceList => "CHOICE,…",
        _ => "N",
    };
}
