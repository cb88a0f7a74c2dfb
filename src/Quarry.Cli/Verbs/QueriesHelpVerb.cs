using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Queries;

namespace Quarry.Cli.Verbs;

/// <summary>Explains a query of the library.</summary>
internal sealed class QueriesHelpVerb
{
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _name = QueryLibraryOption.Name();

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var source = new SourceOptions();
        var library = new QueryLibraryOption(_common, source);
        var command = new Command("help", "What a query finds, its parameters, its text, and an example.") { _name, _common.Quiet, _common.NoColor };
        library.AddTo(command);
        source.AddConfigurationTo(command);
        HelpWithExamples.AddTo(command, [new AnalysisExample("quarry queries help LinuxSyslog.sudo_activity", "one of them")]);
        Guarded.SetAction(command, terminals, _common.NoColor, (parsed, terminal, _) =>
        {
            QueryDefinition definition = library.Load(parsed, terminal)[parsed.GetRequiredValue(_name)];
            Stream stream = terminal.OutputIsTerminal ? new SafeTextStream(terminal.Output) : terminal.Output;
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            Write(definition, writer);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(QueryDefinition definition, StreamWriter writer)
    {
        writer.WriteLine(definition.FullName);
        writer.WriteLine($"  {definition.Description}");
        Line(writer, "Also", string.Join(", ", definition.Aliases));
        Line(writer, "For", string.Join(", ", definition.Environments));
        Line(writer, "From", definition.IsShipped ? "Quarry" : $"{definition.Source}, line {definition.Line}");
        writer.WriteLine();
        writer.WriteLine("Parameters");
        foreach (QueryParameter one in definition.Parameters)
        {
            string value = one.IsRequired ? "required" : one.Default!.Length == 0 ? "default: nothing" : $"default: {one.Default.ReplaceLineEndings(" ")}";
            string aliases = one.Aliases.Count == 0 ? "" : $"; also {string.Join(", ", one.Aliases)}";
            writer.WriteLine($"  {one.Name} ({one.TypeName}, {value}{aliases})");
            writer.WriteLine($"      {one.Description.ReplaceLineEndings(" ")}");
        }

        writer.WriteLine();
        writer.WriteLine("Query");
        foreach (string line in definition.Text.ReplaceLineEndings("\n").Split('\n'))
        {
            writer.WriteLine($"  {line}");
        }

        writer.WriteLine();
        writer.WriteLine("Example");
        writer.WriteLine($"  {Example(definition)}");
    }

    private static void Line(StreamWriter writer, string label, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteLine($"  {label}: {text}");
        }
    }

    private static string Example(QueryDefinition definition)
    {
        IEnumerable<string> parameters = definition.Parameters.Where(one => one.IsRequired).SelectMany(one => (string[])["--param", $"{one.Name}={Value(one)}"]);
        return CommandLines.Of(["queries", "run", definition.FullName, "--folder", "logs", .. parameters]);
    }

    private static string Value(QueryParameter parameter) => (parameter.Name, parameter.Type) switch
    {
        ("table", _) => "SigninLogs",
        ("host_name", _) => "web-01",
        ("account_name", _) => "alice",
        ("ip_address" or "ip_address_list" or "source_ip_list", _) => "203.0.113.9",
        ("url" or "domain", _) => "evil.example",
        ("event_list", _) => "4624,4625",
        (_, QueryParameterType.DateTime) => "-7d",
        (_, QueryParameterType.TimeSpan) => "1h",
        (_, QueryParameterType.Long or QueryParameterType.LongList) => "10",
        (_, QueryParameterType.Real) => "1.5",
        (_, QueryParameterType.Bool) => "true",
        _ => "VALUE",
    };
}
