using System.Reflection;
using Quarry.Cli;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;

// The version is asked for by scripts, often: it is answered before anything else is loaded.
if (args is ["--version"])
{
    string version = typeof(QuarryCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
    try
    {
        Console.WriteLine(version.Split('+')[0]);
        return ExitCode.Done;
    }
    catch (IOException error)
    {
        return Guarded.Run(Terminal.OfProcess(true), () => throw error);
    }
}

return QuarryCommand.Run(args, Terminal.OfProcess);
