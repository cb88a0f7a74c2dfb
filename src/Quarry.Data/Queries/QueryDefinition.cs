using System.Globalization;
using Quarry.Data.Kql;
using Quarry.Data.Queries.Filling;
using Quarry.Data.Queries.Reading;
using Quarry.Data.Sources;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries;

/// <summary>
/// A query of the library: KQL with parameters. Whatever the values are, the query stays the definition's; only a parameter
/// of the type <see cref="QueryParameterType.Fragment"/> takes KQL, which has to be whole operators or expressions.
/// </summary>
public sealed class QueryDefinition
{
    private static readonly Dictionary<string, object?> NoValues = [];

    private readonly QueryTemplate _template;

    internal QueryDefinition(QueryTemplate template) => _template = template;

    /// <summary>The name in its family.</summary>
    public required string Name { get; init; }

    /// <summary>The families it belongs to, the first being its own: <c>WindowsSecurity</c>, <c>Logons.Linux</c>.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>The name with its family: <c>WindowsSecurity.list_host_logons</c>.</summary>
    public string FullName => $"{Families[0]}.{Name}";

    /// <summary>The names with its other families.</summary>
    public IReadOnlyList<string> Aliases => [.. Families.Skip(1).Select(family => $"{family}.{Name}")];

    /// <summary>What it finds.</summary>
    public string Description { get; init; } = "";

    /// <summary>The parameters that its text takes, those that have to be given first.</summary>
    public required IReadOnlyList<QueryParameter> Parameters { get; init; }

    /// <summary>What it is for, as definitions call it: <c>MSSentinel</c>, <c>MDE</c>; empty for anything.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Words that it is found by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The database that it is for; null where the definition names none.</summary>
    public string? Database { get; init; }

    /// <summary>The text, with its parameters in braces.</summary>
    public required string Text { get; init; }

    /// <summary>The file that it is from; of a shipped query the file's name in the library.</summary>
    public required string Source { get; init; }

    /// <summary>The line of the file at which it begins.</summary>
    public int Line { get; init; }

    /// <summary>Whether it comes with Quarry.</summary>
    public bool IsShipped { get; init; }

    /// <summary>Whether it is meant for a kind of source; files may hold the tables of any.</summary>
    public bool RunsOn(SourceKind kind) => DataEnvironments.Fit(Environments, kind);

    /// <summary>The query with values.</summary>
    /// <param name="parameters">
    /// Values by the parameters' names or aliases: typed ones, or texts that are read as the parameter's type; of a list a sequence, or a
    /// text with commas. What is not given, or null, has its default.
    /// </param>
    /// <param name="now">What relative times count from, UTC; null for the present.</param>
    /// <param name="range">The time that is looked at: binds <c>start</c> and <c>end</c> where they are not given; the source keeps the rows to it where the query does not have both.</param>
    /// <exception cref="QuarryException">A value is missing, not one of its type, or of a parameter that there is not.</exception>
    public SourceQuery Build(IReadOnlyDictionary<string, object?>? parameters = null, DateTime? now = null, TimeRange? range = null)
    {
        DateTime present = DateTime.SpecifyKind(now ?? DateTime.UtcNow, DateTimeKind.Utc);
        Dictionary<string, object> given = Given(parameters ?? NoValues, range);
        var values = new Dictionary<string, FilledValue>(StringComparer.Ordinal);
        string[] missing = [.. Parameters.Where(one => one.IsRequired && !given.ContainsKey(one.Name)).Select(one => one.Name)];
        if (missing.Length > 0)
        {
            throw new QuarryException($"{FullName} needs {(missing.Length == 1 ? "a value" : "values")} for {string.Join(", ", missing)}.");
        }

        foreach (QueryParameter parameter in Parameters)
        {
            values[parameter.Name] = given.TryGetValue(parameter.Name, out object? value)
                ? new FilledValue(ParameterValue.Of(parameter, value, present), value is string text && text == parameter.Default)
                : new FilledValue(ParameterValue.Of(parameter, parameter.DefaultItems ?? (object)parameter.Default!, present), true);
        }

        string query = _template.Fill(parameter => values[parameter.Name]);
        RequireGrammar(query, values);
        bool isBound = Parameters.Count(one => one.Type == QueryParameterType.DateTime && one.Name is "start" or "end") == 2;
        return new SourceQuery(query) { Range = isBound ? null : range };
    }

    /// <summary>Runs the query at a source and gathers its rows.</summary>
    /// <inheritdoc cref="Build" path="/param"/>
    /// <param name="source">Where.</param>
    /// <param name="parameters">The values.</param>
    /// <param name="range">The time that is looked at.</param>
    /// <param name="now">What relative times count from.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <inheritdoc cref="Build" path="/exception"/>
    /// <inheritdoc cref="QuerySourceExtensions.QueryAsync(IQuerySource, SourceQuery, CancellationToken)" path="/exception"/>
    public Task<KqlResult> RunAsync(
        IQuerySource source, IReadOnlyDictionary<string, object?>? parameters = null, TimeRange? range = null, DateTime? now = null, CancellationToken cancellation = default) =>
        source.QueryAsync(Build(parameters, now, range), cancellation);

    /// <inheritdoc/>
    public override string ToString() => FullName;

    private Dictionary<string, object> Given(IReadOnlyDictionary<string, object?> parameters, TimeRange? range)
    {
        var given = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach ((string name, object? value) in parameters)
        {
            QueryParameter parameter = Parameters.FirstOrDefault(one => one.Name == name)
                ?? Parameters.FirstOrDefault(one => one.Aliases.Contains(name))
                ?? throw Unknown(name);
            if (value is not null && !given.TryAdd(parameter.Name, value))
            {
                throw new QuarryException($"{FullName} was given '{parameter.Name}' twice, by two of its names.");
            }
        }

        if (range is { } span)
        {
            foreach (QueryParameter one in Parameters.Where(one => one.Type == QueryParameterType.DateTime && one.Name is "start" or "end"))
            {
                given.TryAdd(one.Name, one.Name == "start" ? span.Start : span.End);
            }
        }

        return given;
    }

    // A piece that is right by itself may still not fit where it stands.
    private void RequireGrammar(string query, Dictionary<string, FilledValue> values)
    {
        QueryParameter[] pieces = [.. Parameters.Where(one => one.Type == QueryParameterType.Fragment && !values[one.Name].IsDefinitions)];
        if (pieces.Length == 0 || SyntaxTree.Parse(query) is not { Diagnostics.Count: > 0 } tree)
        {
            return;
        }

        (int line, int column) = KqlDiagnostic.LineAndColumn(query, tree.Diagnostics[0].Span.Start);
        throw new QuarryException(string.Create(
            CultureInfo.InvariantCulture,
            $"{FullName} is no query with the {string.Join(", ", pieces.Select(one => one.Name))} that was given; line {line}, column {column}: {tree.Diagnostics[0].Message}"));
    }

    private QuarryException Unknown(string name)
    {
        string hint = NearestName.Of(name, Parameters.SelectMany(one => one.Aliases.Prepend(one.Name))) is { } near ? $" Did you mean {near}?" : "";
        string known = Parameters.Count == 0 ? "It has none." : $"It has {string.Join(", ", Parameters.Select(one => one.Name))}.";
        return new QuarryException($"{FullName} has no parameter '{Shortened.Of(name)}'.{hint} {known}");
    }
}
