using System.Text.Json;
using System.Text.Json.Nodes;
using Quarry.Kql.Functions.Text;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Patterns of the parse operators as the texts that their functions take; see <see cref="ParsePattern"/> and <see cref="KeyValuePattern"/>.</summary>
internal static class ParseSpecs
{
    /// <summary>The pattern of <c>parse</c> and <c>parse-where</c>.</summary>
    /// <exception cref="LoweringRefusedException">It is not one.</exception>
    public static string Of(ParseOperator parse)
    {
        string kind = Option(parse.Options, "kind") ?? "simple";
        var parts = new JsonArray();
        Expression? before = null;
        foreach (Expression part in parse.Pattern)
        {
            if (kind == "regex" && before is TypedName or NameExpression && part is TypedName or NameExpression)
            {
                throw new LoweringRefusedException(part, "Between two columns of a regex pattern stands a text: where the first ends is not known otherwise.", Diagnostics.DiagnosticKind.Syntax);
            }

            before = part;
            parts.Add(part switch
            {
                StringLiteral text => JsonValue.Create(text.Value),
                TypedName column => new JsonObject { ["type"] = ScalarTypes.NameOf(column.Type is null ? ColumnType.String : ScalarTypes.Named(column.Type.Text)) },
                NameExpression => new JsonObject { ["type"] = "string" },
                StarExpression => null,
                _ => throw new LoweringRefusedException(part, "Expected a text, a column or '*'.", Diagnostics.DiagnosticKind.Syntax),
            });
        }

        string spec = new JsonObject { ["kind"] = kind, ["flags"] = Option(parse.Options, "flags") ?? "", ["parts"] = parts }.ToJsonString();
        return Checked(spec, parse, text => new ParsePattern(text));
    }

    /// <summary>The pattern of <c>parse-kv</c>.</summary>
    /// <exception cref="LoweringRefusedException">It is not one.</exception>
    public static string Of(ParseKvOperator parse)
    {
        Dictionary<string, PropertySyntax> properties = parse.Properties?.Items.DistinctBy(item => item.Name).ToDictionary(item => item.Name) ?? [];
        string? Text(string name) => properties.GetValueOrDefault(name)?.Values.OfType<StringLiteral>().FirstOrDefault()?.Value;
        JsonArray Texts(string name) => new([.. properties.GetValueOrDefault(name)?.Values.OfType<StringLiteral>().Select(one => (JsonNode?)JsonValue.Create(one.Value)) ?? []]);
        bool isGreedy = properties.GetValueOrDefault("greedy")?.Values[0].ToString().Trim().Equals("true", StringComparison.OrdinalIgnoreCase) == true;
        string spec = new JsonObject
        {
            ["keys"] = new JsonArray([.. parse.Schema.Columns.Select(column => (JsonNode?)JsonValue.Create(column.Name.Text))]),
            ["pair"] = Text("pair_delimiter"),
            ["kv"] = Text("kv_delimiter"),
            ["quotes"] = Texts("quote"),
            ["escapes"] = Texts("escape"),
            ["greedy"] = isGreedy,
            ["regex"] = Text("regex"),
        }.ToJsonString();
        return Checked(spec, parse, text => new KeyValuePattern(text));
    }

    private static string? Option(IReadOnlyList<OptionSyntax> options, string name) => options.FirstOrDefault(option => option.Name == name)?.ValueText;

    // What is wrong with a pattern is said before the query runs.
    private static string Checked<T>(string spec, Expression place, Func<byte[], T> read)
    {
        try
        {
            _ = read(System.Text.Encoding.UTF8.GetBytes(spec));
            return spec;
        }
        catch (QuarryException error)
        {
            throw new LoweringRefusedException(place, error.Message, Diagnostics.DiagnosticKind.Syntax);
        }
    }
}
