using System.Text;
using Quarry.Cli.Terminals;

namespace Quarry.Cli.Tests;

/// <summary>One call of the command in this process, at a terminal of the test's making.</summary>
internal sealed record CommandRun(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Calls it with its output and input redirected.</summary>
    public static CommandRun Of(params string[] arguments) => Piped(null, arguments);

    /// <summary>Calls it with something piped into it.</summary>
    public static CommandRun Piped(byte[]? input, params string[] arguments) => At(false, input, arguments);

    /// <summary>Calls it at a terminal 100 columns wide.</summary>
    public static CommandRun AtTerminal(params string[] arguments) => At(true, null, arguments);

    private static CommandRun At(bool isTerminal, byte[]? input, string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        int code = QuarryCommand.Run(arguments, noColor => new Terminal
        {
            Output = output,
            Error = error,
            Input = () => new MemoryStream(input ?? []),
            OutputIsTerminal = isTerminal,
            ErrorIsTerminal = false,
            InputIsRedirected = input is not null,
            Color = false,
            Width = 100,
        });
        return new CommandRun(code, output.ToArray(), error.ToString());
    }
}
