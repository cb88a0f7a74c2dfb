using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Quarry.Catalogue;

namespace Quarry.Cli.Running;

/// <summary>The help of a verb, with examples to copy at its end.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<AnalysisExample> examples, string? after = null) : SynchronousCommandLineAction
{
    /// <summary>Gives a command a help option of its own that ends in examples.</summary>
    public static void AddTo(Command command, IReadOnlyList<AnalysisExample> examples, string? after = null)
    {
        var option = new HelpOption();
        option.Action = new HelpWithExamples((HelpAction)option.Action!, examples, after);
        command.Add(option);
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (AnalysisExample example in examples)
            {
                output.WriteLine($"  {example.Command}");
                output.WriteLine($"      {example.Summary}");
            }

            output.WriteLine();
        }

        if (after is not null)
        {
            output.WriteLine(after);
            output.WriteLine();
        }

        return code;
    }
}
