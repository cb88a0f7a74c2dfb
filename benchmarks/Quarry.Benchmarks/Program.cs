using Quarry.Benchmarks;

(string Name, string What, Action Run)[] benchmarks =
[
    ("iocs", "indicators in memory beside ripgrep, one core and two", IndicatorThroughput.Run),
    ("decode", "decoding in memory, one core and two", DecodeThroughput.Run),
    ("signatures", "signatures of tables of 125 columns, one core and two", SignatureSpeed.Run),
    ("stl", "decomposition of series beside R's Fortran and statsmodels; thousands of series", SeriesSpeed.Run),
    ("tree", "process trees of a million events in memory, and a deep chain", TreeThroughput.Run),
    ("parse", "raw syslog and audit records in memory, one core and two", ParseThroughput.Run),
    ("answers", "an answer of a service of a million rows beside System.Text.Json", AnswerThroughput.Run),
    ("kql", "KQL over five million rows beside hand-written SQL, and compile times", KqlSpeed.Run),
    ("take", "the first rows of a gigabyte of csv, by the local source", LocalTake.Run),
    ("linear", "one megabyte of hostile text of each kind", HostileText.Run),
    ("memory", "peak memory of the command on files of growing length", PeakMemory.Run),
    ("startup", "the published command beside an empty console program", StartUp.Run),
];

if (args is [var name] && benchmarks.FirstOrDefault(b => b.Name == name) is { Run: not null } chosen)
{
    Machine.Print();
    chosen.Run();
    return 0;
}

if (args is ["all"])
{
    Machine.Print();
    foreach ((_, _, Action run) in benchmarks)
    {
        run();
    }

    return 0;
}

Console.Error.WriteLine("dotnet run -c Release --project benchmarks/Quarry.Benchmarks -- NAME, where NAME is all or one of");
foreach ((string verb, string what, _) in benchmarks)
{
    Console.Error.WriteLine($"  {verb,-10}{what}");
}

return 2;
