using Quarry.Fuzz;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

FuzzTarget[] targets =
[
    new("decode", EncodedInputs.Generate, DecodeCheck.Run, IsText: true),
    new("indicators", IndicatorInputs.Generate, IndicatorCheck.Run, IsText: true),
    new("hidden", HiddenCheck.Generate, HiddenCheck.Run),
    new("logs", LogInputs.Generate, LogCheck.Run, IsText: true),
    new("kql", KqlInputs.Generate, KqlCheck.Run, IsText: true),
    new("linear", RepeatedInputs.Generate, LinearCheck.Run, TimeFactor: 12),
];
FuzzTarget[] chosen = [.. targets.Where(target => options.Target is null || options.Target == target.Name)];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"--target: '{options.Target}' is none of {string.Join(", ", targets.Select(t => t.Name))}.");
    return 2;
}

return new FuzzRun(options, chosen).Execute() ? 0 : 1;
