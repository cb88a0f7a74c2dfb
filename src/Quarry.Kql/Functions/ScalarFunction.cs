using Quarry.Tables;

namespace Quarry.Kql.Functions;

/// <summary>Computes the value of one row. Runs on several threads at once; what it throws becomes the query's error.</summary>
internal delegate void ScalarBody(in Arguments arguments, ref Result result);

/// <summary>Computes a list of texts for one row, to be expanded into rows.</summary>
internal delegate void ListBody(in Arguments arguments, ref ListResult result);

/// <summary>One form of a function of KQL that is computed in C#.</summary>
/// <param name="Name">KQL's name, or one of the lowering's own with a leading <c>$</c>.</param>
/// <param name="Parameters">
/// The types it takes. The lowering converts int to long to real and dynamic to its text where a form wants it, and
/// passes null for what is left out.
/// </param>
/// <param name="Returns">The type it gives.</param>
/// <param name="Body">What computes; it sees null arguments too, and answers for them.</param>
internal sealed record ScalarFunction(string Name, IReadOnlyList<ColumnType> Parameters, ColumnType Returns, ScalarBody? Body)
{
    /// <summary>How many arguments have to be given; the rest may be left out.</summary>
    public int Required { get; init; } = Parameters.Count;

    /// <summary>The type of any number of further arguments; null where there are none.</summary>
    public ColumnType? Further { get; init; }

    /// <summary>Whether the same arguments can give different results.</summary>
    public bool IsVolatile { get; init; }

    /// <summary>What computes a list of texts (the engine's VARCHAR[]) in place of <see cref="Body"/>.</summary>
    public ListBody? List { get; init; }

    /// <summary>The name in SQL.</summary>
    public string SqlName { get; } = $"q_{Name.TrimStart('$')}{string.Concat(Parameters.Select(type => "_" + Symbols.ScalarTypes.NameOf(type)))}";
}
