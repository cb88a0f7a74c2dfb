using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Terminals;
using Quarry.Logs.Commands;

namespace Quarry.Cli.Verbs;

/// <summary>The verb <c>risky</c>: as any analysis, and rules from a file.</summary>
internal sealed class RiskyVerb(Analysis analysis) : AnalysisVerb(analysis)
{
    public const string Name = "risky";

    private readonly Option<string?> _file = new("--rules-file")
    {
        Description = "Further rules from a file in MSTICPy's form: JSON, {\"log type\": [\"regular expression\", ...]}.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _logType = new("--log-type")
    {
        Description = "Whose rules of the file are used. Default: the only log type there is.",
        HelpName = "NAME",
    };

    /// <inheritdoc/>
    public override Command Create(Func<bool, Terminal> terminals)
    {
        Command command = base.Create(terminals);
        command.Add(_file);
        command.Add(_logType);
        return command;
    }

    /// <inheritdoc/>
    protected override object ReadOptions(ParseResult parsed)
    {
        var options = (RiskyOptions)base.ReadOptions(parsed);
        string? logType = parsed.GetValue(_logType);
        if (parsed.GetValue(_file) is not { } path)
        {
            return logType is null ? options : throw new UsageException("--log-type says whose rules of a file are used: name the file with --rules-file.");
        }

        return options with { Custom = RiskyRule.FromJson(Read(path), logType) };
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuarryException($"The rules in '{path}' cannot be read: {error.Message}", error);
        }
    }
}
