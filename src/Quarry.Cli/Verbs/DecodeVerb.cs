using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Files;
using Quarry.Decoding;

namespace Quarry.Cli.Verbs;

/// <summary>The verb <c>decode</c>: as any analysis, and <c>--annotate</c> for one string.</summary>
internal sealed class DecodeVerb(Analysis analysis) : AnalysisVerb(analysis)
{
    public const string Name = "decode";

    private readonly Option<bool> _annotate = new("--annotate")
    {
        Description = "With --text: print the string alone, each encoded part replaced by what it decodes to.",
    };

    /// <summary>A script or a mail is one text: what is encoded in it may be wrapped over its lines.</summary>
    protected override FileFormat PlainText => FileFormat.Text;

    /// <inheritdoc/>
    public override Command Create(Func<bool, Terminal> terminals)
    {
        Command command = base.Create(terminals);
        command.Add(_annotate);
        return command;
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        if (!parsed.GetValue(_annotate))
        {
            return base.Run(parsed, terminal, interruption);
        }

        UnknownOption.Refuse(parsed, Common.Inputs);
        if (parsed.GetValue(Common.OutputPath) is not null || parsed.GetValue(Common.Format) is not null || parsed.GetValue(Common.Inputs) is { Length: > 0 })
        {
            throw new UsageException("--annotate prints one string, given with --text STRING, to standard output: leave INPUT, -o and --format out.");
        }

        string text = parsed.GetValue(Common.Text) ?? throw new UsageException("--annotate works on one string: give it with --text STRING.");
        UnpackResult result = Base64Unpacker.Unpack(text, (DecodeOptions)ReadOptions(parsed), interruption.Token);
        using var writer = new StreamWriter(terminal.OutputIsTerminal ? new SafeTextStream(terminal.Output) : terminal.Output, leaveOpen: true);
        writer.Write(result.AnnotatedText);
        writer.Write('\n');
        return ExitCode.Done;
    }
}
