using System.Dynamic;
using System.Reflection;
using Quarry.Data.Queries.Reading;
using Quarry.Data.Sources;

namespace Quarry.Data.Queries;

/// <summary>
/// Queries by name: those that come with Quarry, and those of the user's own files, which go before them.
/// <c>library["MultiDataSource.get_timeseries_data"]</c> is one of them. As <c>dynamic</c>, in a notebook, its families are
/// members and its queries methods that give the query to run:
/// <c>SourceQuery query = q.MultiDataSource.get_timeseries_data(table: "SigninLogs")</c>; of
/// <see cref="For"/> they run at a source.
/// </summary>
public sealed class QueryLibrary : DynamicObject
{
    private const string ResourcePrefix = "query-definitions/";
    private static readonly Lazy<QueryLibrary> Own = new(() => new QueryLibrary(ShippedFiles()));

    private readonly Dictionary<string, QueryDefinition> _byName = new(StringComparer.OrdinalIgnoreCase);

    private QueryLibrary(IEnumerable<DefinitionFile> files)
    {
        var problems = new List<QueryFileProblem>();
        var remarks = new List<string>();
        var definitions = new Dictionary<string, QueryDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (DefinitionFile file in files)
        {
            problems.AddRange(file.Problems);
            remarks.AddRange(file.Remarks);
            foreach (QueryDefinition definition in file.Definitions)
            {
                if (definitions.TryGetValue(definition.FullName, out QueryDefinition? former))
                {
                    remarks.Add($"{definition.FullName} of {definition.Source} replaces that of {former.Source}");
                }

                definitions[definition.FullName] = definition;
            }
        }

        Definitions = [.. definitions.Values.OrderBy(one => one.FullName, StringComparer.OrdinalIgnoreCase)];
        Problems = problems;
        Remarks = remarks;
        foreach (QueryDefinition definition in Definitions)
        {
            _byName[definition.FullName] = definition;
        }

        foreach (QueryDefinition definition in Definitions)
        {
            foreach (string alias in definition.Aliases)
            {
                _byName.TryAdd(alias, definition);
            }
        }
    }

    /// <summary>The queries that come with Quarry.</summary>
    public static QueryLibrary Shipped => Own.Value;

    /// <summary>All queries, by their full names.</summary>
    public IReadOnlyList<QueryDefinition> Definitions { get; }

    /// <summary>What is wrong in files, each of which was left out.</summary>
    public IReadOnlyList<QueryFileProblem> Problems { get; }

    /// <summary>What there is to know: queries that replace others, queries that are left out. A sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>The shipped queries, and those of files and folders: of one name the later.</summary>
    /// <param name="paths">Files, and folders, whose <c>.yaml</c> and <c>.yml</c> files are read, also in folders below.</param>
    /// <exception cref="QuarryException">There is no such file or folder, or it may not be read.</exception>
    public static QueryLibrary Load(params IEnumerable<string> paths) => new([.. ShippedFiles(), .. paths.SelectMany(FilesOf).Select(DefinitionFile.Open)]);

    /// <summary>A query by its name with its family, or by its name alone where only one has it. Letter case does not matter.</summary>
    /// <exception cref="QuarryException">There is none; the message names the nearest.</exception>
    public QueryDefinition this[string name] => Find(name) ?? throw Unknown(name);

    /// <summary>A query by its name; null where there is none, or where several have the name and no family is given.</summary>
    public QueryDefinition? Find(string name)
    {
        if (_byName.TryGetValue(name, out QueryDefinition? found))
        {
            return found;
        }

        QueryDefinition[] named = [.. Definitions.Where(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2)];
        return named.Length == 1 ? named[0] : null;
    }

    /// <summary>
    /// The queries that words lead to, the best first: those with each of the words in their names, families, tags, descriptions,
    /// texts or parameters. No words find all.
    /// </summary>
    public IReadOnlyList<QueryDefinition> Search(string words) => QuerySearch.In(Definitions, words);

    /// <summary>
    /// The queries as <c>dynamic</c>, to be run at a source: <c>await q.MultiDataSource.get_timeseries_data(table: "SigninLogs")</c>
    /// gives the <see cref="Kql.KqlResult"/>.
    /// </summary>
    /// <param name="source">Where they run.</param>
    /// <param name="range">The time that is looked at, where a call does not say.</param>
    public dynamic For(IQuerySource source, TimeRange? range = null) =>
        new QueryFamily(this, "", (definition, parameters) => definition.RunAsync(source, parameters, range));

    /// <inheritdoc/>
    public override IEnumerable<string> GetDynamicMemberNames() => Dynamic.GetDynamicMemberNames();

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result) => Dynamic.TryGetMember(binder, out result);

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result) => Dynamic.TryInvokeMember(binder, args, out result);

    private QueryFamily Dynamic => new(this, "", (definition, parameters) => definition.Build(parameters));

    /// <summary>What to say of a name that is not there.</summary>
    internal QuarryException Unknown(string name)
    {
        string[] same = [.. Definitions.Where(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(one => one.FullName)];
        string family = name.Split('.')[0];
        string[] ofFamily = [.. Definitions.Where(one => one.Families.Contains(family, StringComparer.OrdinalIgnoreCase)).Select(one => one.Name)];
        string? near = NearestName.Of(name, _byName.Keys) ?? NearestName.Of(name, Definitions.Select(one => one.Name));
        if (same.Length <= 1 && near is null && ofFamily.Length > 0)
        {
            return new QuarryException($"There is no query '{Filling.Shortened.Of(name)}'. The family {family} has: {string.Join(", ", ofFamily)}.");
        }

        near ??= NearestName.Of(family, Definitions.SelectMany(one => one.Families)) ?? Search(name.Replace('.', ' ').Replace('_', ' ')).FirstOrDefault()?.FullName;
        return new QuarryException(
            same.Length > 1 ? $"Several queries are called '{name}': {string.Join(", ", same)}."
            : near is not null ? $"There is no query '{Filling.Shortened.Of(name)}'; did you mean '{near}'?"
            : $"There is no query '{Filling.Shortened.Of(name)}'.");
    }

    private static List<DefinitionFile> ShippedFiles()
    {
        Assembly assembly = typeof(QueryLibrary).Assembly;
        var files = new List<DefinitionFile>();
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            files.Add(DefinitionFile.Read(name[ResourcePrefix.Length..], reader.ReadToEnd(), isShipped: true));
        }

        return files;
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        try
        {
            var everywhere = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16 };
            return Directory.Exists(path)
                ? [.. Directory.EnumerateFiles(path, "*", everywhere).Where(IsDefinitionFile).Order(StringComparer.Ordinal)]
                : throw new QuarryException($"There is no file or folder '{path}' of query definitions.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuarryException($"The folder '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static bool IsDefinitionFile(string path) => Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml";
}
