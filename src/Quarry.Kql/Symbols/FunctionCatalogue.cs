using System.Collections.Frozen;

namespace Quarry.Kql.Symbols;

/// <summary>The built-in functions and aggregates, read from <c>functions.txt</c>.</summary>
internal static class FunctionCatalogue
{
    private static readonly Lazy<(FrozenDictionary<string, FunctionSymbol> Functions, FrozenDictionary<string, FunctionSymbol> Aggregates)> All = new(Read);

    /// <summary>The functions by name.</summary>
    public static FrozenDictionary<string, FunctionSymbol> Functions => All.Value.Functions;

    /// <summary>The aggregates by name.</summary>
    public static FrozenDictionary<string, FunctionSymbol> Aggregates => All.Value.Aggregates;

    private static (FrozenDictionary<string, FunctionSymbol> Functions, FrozenDictionary<string, FunctionSymbol> Aggregates) Read()
    {
        using Stream stream = typeof(FunctionCatalogue).Assembly.GetManifestResourceStream("functions.txt")!;
        using var reader = new StreamReader(stream);
        string[][] lines = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(';', StringSplitOptions.TrimEntries))];
        return (Symbols(lines, "function"), Symbols(lines, "aggregate"));
    }

    private static FrozenDictionary<string, FunctionSymbol> Symbols(string[][] lines, string kind) =>
        lines.Where(line => line[0] == kind)
            .GroupBy(line => line[1])
            .Select(forms => new FunctionSymbol(forms.Key, forms.First()[2], [.. forms.SelectMany(ReadSignatures)]))
            .ToFrozenDictionary(function => function.Name);

    private static IEnumerable<Signature> ReadSignatures(string[] line)
    {
        List<Parameter> parameters = [.. line[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadParameter)];
        yield return new Signature(parameters, line[4]);
        if (parameters.Any(parameter => parameter.IsRepeated) && parameters[^1].IsOptional)
        {
            // Behind arguments without number an optional one is there or not: two forms.
            yield return new Signature([.. parameters[..^1], parameters[^1] with { IsOptional = false }], line[4]);
        }
    }

    private static Parameter ReadParameter(string text) => new(text.TrimEnd('?', '*'), text.EndsWith('?'), text.EndsWith('*'));
}
