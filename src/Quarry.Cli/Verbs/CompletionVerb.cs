using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;

namespace Quarry.Cli.Verbs;

/// <summary>Prints the script that teaches a shell to complete quarry's command lines.</summary>
internal static class CompletionVerb
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = """
            # quarry completion bash >> ~/.bashrc
            _quarry() {
                local IFS=$'\n'
                COMPREPLY=( $(compgen -W "$(quarry "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F _quarry quarry
            """,
        ["zsh"] = """
            # quarry completion zsh >> ~/.zshrc
            _quarry() {
                local line="${words[*]}"
                local -a found
                found=("${(@f)$(quarry "[suggest:${#line}]" "${line}" 2>/dev/null)}")
                compadd -a found
                _files
            }
            compdef _quarry quarry
            """,
        ["fish"] = """
            # quarry completion fish > ~/.config/fish/completions/quarry.fish
            complete -c quarry -a '(set -l line (commandline -cp); quarry "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
            """,
        ["pwsh"] = """
            # quarry completion pwsh >> $PROFILE
            Register-ArgumentCompleter -Native -CommandName quarry -ScriptBlock {
                param($word, $line, $position)
                quarry "[suggest:$position]" "$line" 2>$null |
                    Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    /// <summary>The command.</summary>
    public static Command Create(Func<bool, Terminal> terminals)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var noColor = new Option<bool>("--no-color") { Hidden = true };
        var command = new Command("completion", "Prints the script that makes a shell complete quarry's command lines.") { shell, noColor };
        HelpWithExamples.AddTo(command, [new AnalysisExample("source <(quarry completion bash)", "completion in this shell")]);
        Guarded.SetAction(command, terminals, noColor, (parsed, terminal, _) =>
        {
            string name = parsed.GetRequiredValue(shell);
            string script = Scripts.GetValueOrDefault(name)
                ?? throw new UsageException($"There is no completion for '{name}'. Shells: {string.Join(", ", Scripts.Keys)}.");
            using var writer = new StreamWriter(terminal.Output, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(script.ReplaceLineEndings("\n"));
            return ExitCode.Done;
        });
        return command;
    }
}
