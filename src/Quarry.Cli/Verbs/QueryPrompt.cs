using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;

namespace Quarry.Cli.Verbs;

internal sealed class QueryPrompt(KqlDatabase database, QueryRunner runner, Terminal terminal, Interruption interruption, IReadOnlyDictionary<string, object?> parameters)
{
    public int Run() => throw new QuarryException($"no prompt {database} {runner} {terminal} {interruption} {parameters}");
}
