using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Catalogue;

/// <summary>
/// One analysis as the faces see it. The help, <c>quarry search</c>, the KQL <c>evaluate</c> plugin, the agent tool and
/// the reference documentation are read from this description; see <see cref="Analysis{TOptions}"/> for how one is made.
/// </summary>
public abstract class Analysis
{
    private protected Analysis()
    {
    }

    /// <summary>The verb of the command, for example <c>decode</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>How much of its input it needs at once.</summary>
    public required AnalysisShape Shape { get; init; }

    /// <summary>Whether <see cref="AnalysisContext.Columns"/> means something to it. Default: true.</summary>
    public bool TakesColumns { get; init; } = true;

    /// <summary>Whether one string makes sense as its input. Default: true; it does not for an analysis of whole tables.</summary>
    public bool TakesOneString => Shape == AnalysisShape.RowWise;

    /// <summary>The columns of its result, in order; a <see cref="AnalysisContext.Columns">column of the input</see> may follow them.</summary>
    public required IReadOnlyList<OutputColumn> Output { get; init; }

    /// <summary>Words that a person may look for and that are not in the name or summary.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Command lines that show it at work.</summary>
    public IReadOnlyList<AnalysisExample> Examples { get; init; } = [];

    /// <summary>The columns of the output that a person looks at first; none means all. A terminal shows only these.</summary>
    public IReadOnlyList<string> Headline { get; init; } = [];

    /// <summary>
    /// Whether plain text is what it reads by nature, line by line: a text file is then not taken for a table because it
    /// looks delimited. Default: false.
    /// </summary>
    public bool ReadsLines { get; init; }

    /// <summary>Whether it has a form as text: see <see cref="WriteText"/>.</summary>
    public abstract bool HasText { get; }

    /// <summary>The headline where its names depend on the input: from the result's schema. Null where <see cref="Headline"/> says it.</summary>
    public Func<TableSchema, IReadOnlyList<string>>? HeadlineOf { get; init; }

    /// <summary>Its options. Built when first asked for.</summary>
    public abstract IReadOnlyList<OptionDescription> Options { get; }

    /// <summary>Its options record as it is when nothing is said.</summary>
    public abstract object DefaultOptions { get; }

    /// <summary>Runs the analysis.</summary>
    /// <param name="input">The rows; taken as the result's batches are taken, and disposed with it.</param>
    /// <param name="options">The options record; <see cref="DefaultOptions"/> or made from it by <see cref="OptionDescription.With"/>.</param>
    /// <param name="context">The columns to look at, and how to run.</param>
    /// <exception cref="ArgumentException">The options are those of another analysis.</exception>
    /// <exception cref="QuarryException">The input or an option is not what the analysis needs.</exception>
    public abstract TableStream Run(TableStream input, object options, AnalysisContext context);

    /// <summary>Whether a person is served better by <see cref="WriteText"/> than by a table, with these options.</summary>
    public abstract bool IsText(object options);

    /// <summary>The charts that show a result; none where the analysis has none, or the result nothing to draw.</summary>
    /// <param name="result">All rows that <see cref="Run"/> gave.</param>
    /// <param name="options">The options it was given.</param>
    public abstract IReadOnlyList<Chart> Draw(Table result, object options);

    /// <summary>
    /// Writes a result as text for a person. Control characters of the data are made visible, and lines are broken to the
    /// width where that can be done.
    /// </summary>
    /// <param name="result">All rows that <see cref="Run"/> gave.</param>
    /// <param name="options">The options it was given.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="width">How many columns a line has.</param>
    /// <exception cref="NotSupportedException"><see cref="HasText"/> is false.</exception>
    public abstract void WriteText(Table result, object options, TextWriter writer, int width);

    /// <summary>The option that is called so in any face: <c>MaxDepth</c>, <c>--max-depth</c> or <c>max_depth</c>.</summary>
    /// <exception cref="QuarryException">There is none; the message names the nearest.</exception>
    public OptionDescription Option(string name)
    {
        foreach (OptionDescription option in Options)
        {
            if (name == option.Name || name == option.CommandName || name == option.ArgumentName)
            {
                return option;
            }
        }

        bool isCommand = name.StartsWith('-');
        string[] names = [.. Options.Select(option => isCommand ? option.CommandName : option.ArgumentName)];
        string hint = NearestName.Of(name, names) is { } nearest ? $" Did you mean {nearest}?" : "";
        string all = names.Length == 0 ? "It has no options." : $"Its options are {string.Join(", ", names)}.";
        throw new QuarryException($"{Name} has no option {name}.{hint} {all}");
    }
}
