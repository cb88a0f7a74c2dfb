using Quarry.Samples;

if (args.Length > 1)
{
    Console.Error.WriteLine("usage: dotnet run --project samples/Generate [FOLDER]");
    return 2;
}

string? folder = args.Length == 1 ? args[0] : SampleSet.FindFolder(Environment.CurrentDirectory);
if (folder is null || !Directory.Exists(folder))
{
    Console.Error.WriteLine("The samples folder was not found: run this inside the repository, or name the folder.");
    return 1;
}

foreach (SampleFile file in SampleSet.Generate())
{
    File.WriteAllBytes(Path.Combine(folder, file.Name), file.Content);
    Console.Error.WriteLine($"{file.Name}: {file.Content.Length} bytes");
}

return 0;
