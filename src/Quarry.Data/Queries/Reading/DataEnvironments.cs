using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries.Reading;

/// <summary>What definitions call the services that their queries are for.</summary>
internal static class DataEnvironments
{
    /// <summary>Whether queries of an environment are KQL over tables of a source, or the names of its files.</summary>
    public static bool TakesKql(string environment) => SourceEnvironments.Find(environment) is not null;

    /// <summary>Whether a query of some environments is meant for a kind of source: files may hold the tables of any.</summary>
    public static bool Fit(IReadOnlyList<string> environments, SourceKind kind) =>
        kind == SourceKind.Local || environments.Count == 0 || environments.Any(one => SourceEnvironments.Find(one) == kind);

    /// <summary>A query's text as KQL: that of LocalData is a file's name, and stands for the table that the file is.</summary>
    public static string TextOf(string text, IReadOnlyList<string> environments) =>
        environments.Any(one => SourceEnvironments.Find(one) == SourceKind.Local) && LocalFileName.TableOf(text) is { } table ? KqlLiteral.Name(table) : text;
}
