using System.Reflection;
using Quarry.Cli;
using Quarry.Cli.Terminals;

// The version is asked for by scripts, often: it is answered before anything else is loaded.
if (args is ["--version"])
{
    string version = typeof(QuarryCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
    Console.WriteLine(version.Split('+')[0]);
    return ExitCode.Done;
}

return QuarryCommand.Run(args, Terminal.OfProcess);
