using System.Globalization;
using Quarry.Data.Queries.Filling;

namespace Quarry.Data.Queries.Reading;

/// <summary>Reads query definitions in MSTICPy's format from a YAML document.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="isShipped">Whether it is one of Quarry's own.</param>
internal sealed class DefinitionReader(string file, bool isShipped)
{
    private const int MostProblems = 100;
    private const int MostQueries = 5_000;
    private const int LongestQuery = 1 << 18;

    private readonly List<QueryFileProblem> _problems = [];
    private readonly List<string> _remarks = [];
    private readonly ParameterReader _parameters = new(isShipped);

    /// <summary>The queries of a document, or what is wrong with it.</summary>
    public DefinitionFile Read(YamlNode document)
    {
        var definitions = new List<QueryDefinition>();
        if (Mapping(document, "The file") is { } root)
        {
            YamlMapping? global = Optional(root["metadata"], "metadata");
            YamlMapping? defaults = Optional(root["defaults"], "defaults");
            IReadOnlyList<QueryParameter> common = Parameters(defaults?["parameters"]);
            YamlMapping? sources = root["sources"] is { } node ? Mapping(node, "sources") : Missing(root, "sources");
            foreach ((YamlScalar name, YamlNode source) in sources?.Entries.Take(MostQueries + 1) ?? [])
            {
                if (Mapping(source, $"The query '{name.Text}'") is { } query)
                {
                    var metadata = new QueryMetadata([Optional(query["metadata"], "metadata"), Optional(defaults?["metadata"], "metadata"), global]);
                    Add(definitions, name, query, metadata, common);
                }
            }

            if (sources?.Entries.Count > MostQueries)
            {
                Problem(sources.Line, string.Create(CultureInfo.InvariantCulture, $"The file has more than {MostQueries:N0} queries."));
            }
        }

        return new DefinitionFile(_problems.Count > 0 ? [] : definitions, _problems, _remarks);
    }

    private void Add(List<QueryDefinition> definitions, YamlScalar name, YamlMapping query, QueryMetadata metadata, IReadOnlyList<QueryParameter> common)
    {
        if (!QueryName.IsRight(name.Text))
        {
            Problem(name.Line, $"'{Shortened.Of(name.Text)}' is no name for a query: letters, digits and underscores, and no digit first.");
            return;
        }

        IReadOnlyList<string> environments = Texts(metadata["data_environments"], "data_environments");
        if (environments.Count > 0 && !environments.Any(DataEnvironments.TakesKql))
        {
            _remarks.Add($"{file}: {name.Text} is left out: its environments ({string.Join(", ", environments)}) take no KQL of tables");
            return;
        }

        IReadOnlyList<QueryParameter> own = Parameters(query["parameters"]);
        Dictionary<string, QueryParameter> parameters = common.ToDictionary(one => one.Name, StringComparer.Ordinal);
        foreach (QueryParameter one in own)
        {
            parameters[one.Name] = one;
        }

        YamlScalar text;
        if (Text(query, name) is { } said && Template(text = said with { Text = DataEnvironments.TextOf(said.Text, environments) }, query, parameters, out IReadOnlyList<QueryParameter> used) is { } template)
        {
            RequireDefaults(used);
            definitions.Add(new QueryDefinition(template)
            {
                Name = name.Text,
                Families = Families(metadata["data_families"], name),
                Description = (query["description"] as YamlScalar)?.Text.Trim() ?? "",
                Parameters = [.. used.OrderBy(one => !one.IsRequired)],
                Environments = environments,
                Tags = Texts(metadata["tags"], "tags"),
                Database = (metadata["database"] as YamlScalar)?.Text,
                Text = text.Text.Trim(),
                Source = file,
                Line = name.Line,
                IsShipped = isShipped,
            });
        }
    }

    // The text with its macros: they are put in before anything else is looked at.
    private YamlScalar? Text(YamlMapping query, YamlScalar name)
    {
        if (query["args"] is not { } arguments || Mapping(arguments, "args") is not { } args)
        {
            Problem(name.Line, $"The query '{name.Text}' has no args with a query.");
            return null;
        }

        if (args["query"] is not YamlScalar { Text.Length: > 0 } text)
        {
            Problem((args["query"] ?? args).Line, $"The query '{name.Text}' has no text under args, query.");
            return null;
        }

        string expanded = text.Text;
        foreach ((YamlScalar macro, YamlNode value) in Optional(query["query_macros"], "query_macros")?.Entries ?? [])
        {
            if (value is YamlMapping mapping && mapping["value"] is YamlScalar said)
            {
                int count = (expanded.Length - expanded.Replace($"$<{macro.Text}>$", "", StringComparison.Ordinal).Length) / (macro.Text.Length + 4);
                expanded = expanded.Length + ((long)count * said.Text.Length) > LongestQuery ? new string(' ', LongestQuery + 1) : expanded.Replace($"$<{macro.Text}>$", said.Text, StringComparison.Ordinal);
            }
            else
            {
                Problem(value.Line, $"The macro '{macro.Text}' has no value.");
            }
        }

        if (expanded.Length > LongestQuery)
        {
            Problem(text.Line, string.Create(CultureInfo.InvariantCulture, $"The query '{name.Text}' is longer than {LongestQuery:N0} characters."));
            return null;
        }

        return text with { Text = expanded, KeepsLines = text.KeepsLines && expanded.Length == text.Text.Length };
    }

    private QueryTemplate? Template(YamlScalar text, YamlMapping query, Dictionary<string, QueryParameter> parameters, out IReadOnlyList<QueryParameter> used)
    {
        var found = new List<QueryParameter>();
        QueryTemplate? template = QueryTemplate.Read(
            text.Text,
            name =>
            {
                QueryParameter? parameter = parameters.GetValueOrDefault(name) ?? ParameterReader.Implied(name, query.Line);
                if (parameter is not null && !found.Contains(parameter))
                {
                    found.Add(parameter);
                }

                return parameter;
            },
            (line, message) => Problem(text.TextLine + (text.KeepsLines ? line : 0), message));
        used = found;
        return template;
    }

    // A default that is none of its type is found here, and not when somebody runs the query.
    private void RequireDefaults(IReadOnlyList<QueryParameter> used)
    {
        foreach (QueryParameter one in used.Where(one => one.Default is not null))
        {
            try
            {
                _ = ParameterValue.Of(one, one.DefaultItems ?? (object)one.Default!, DateTime.UnixEpoch.AddYears(50));
            }
            catch (QuarryException error)
            {
                Problem(one.Line, $"The default does not fit: {error.Message}");
            }
        }
    }

    private IReadOnlyList<QueryParameter> Parameters(YamlNode? node)
    {
        try
        {
            return _parameters.Read(Optional(node, "parameters"), Problem);
        }
        catch (YamlProblemException problem)
        {
            Problem(problem.Line, problem.Message);
            return [];
        }
    }

    private string[] Families(YamlNode? node, YamlScalar name)
    {
        string[] families = [.. Texts(node, "data_families")];
        foreach (string family in families.Where(family => !family.Split('.').All(QueryName.IsRight)))
        {
            Problem(node!.Line, $"'{Shortened.Of(family)}' is no name for a family: words of letters, digits and underscores, with dots between them.");
        }

        if (families.Length == 0)
        {
            Problem(name.Line, $"The query '{name.Text}' has no family: give data_families in metadata.");
        }

        return families;
    }

    private IReadOnlyList<string> Texts(YamlNode? node, string what)
    {
        switch (node)
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlScalar one:
                return [one.Text];
            case YamlSequence several when several.Items.All(item => item is YamlScalar):
                return [.. several.Items.Cast<YamlScalar>().Select(item => item.Text)];
            default:
                Problem(node.Line, $"{what} is a list of texts.");
                return [];
        }
    }

    private YamlMapping? Missing(YamlMapping root, string key)
    {
        Problem(root.Line, $"There is no '{key}': a file of query definitions has metadata, defaults and sources.");
        return null;
    }

    private YamlMapping? Optional(YamlNode? node, string what) => node is null or YamlScalar { IsNull: true } ? null : Mapping(node, what);

    private YamlMapping? Mapping(YamlNode node, string what)
    {
        if (node is not YamlMapping)
        {
            Problem(node.Line, $"{what} has keys with values below it.");
        }

        return node as YamlMapping;
    }

    private void Problem(int line, string message)
    {
        if (_problems.Count < MostProblems)
        {
            var problem = new QueryFileProblem(file, line, message);
            if (!_problems.Contains(problem))
            {
                _problems.Add(problem);
            }
        }
    }
}
