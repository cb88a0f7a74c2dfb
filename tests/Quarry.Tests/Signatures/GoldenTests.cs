using System.Globalization;
using System.Text.Json;
using Quarry.Signatures;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Signatures;

/// <summary>The reference's recorded answers: equal, or listed here with the reason why the reference is wrong.</summary>
public sealed class GoldenTests
{
    /// <summary>The cases that differ on purpose.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["dup_column_names"] = "the reference fails; a table's columns have different names, readers see to that",
        ["int_columns_no_regex"] = "the reference counts the values of another column where names are numbers",
    };

    [Fact]
    public void Answers_as_the_reference_except_where_that_is_wrong()
    {
        var wrong = new List<string>();
        string[] files = Directory.GetFiles(Corpus.PathOf("golden/datasignature"), "*.json");

        foreach (string file in files)
        {
            using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(file));
            string name = Path.GetFileNameWithoutExtension(file);
            string? difference = Difference(golden.RootElement, name);
            if (difference is null == Different.ContainsKey(name))
            {
                wrong.Add($"{name}: {difference ?? "is listed as different and is equal"}");
            }
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
        files.Length.ShouldBe(13);
    }

    private static string? Difference(JsonElement golden, string name)
    {
        if (golden.TryGetProperty("error", out JsonElement error))
        {
            return "the reference fails: " + error;
        }

        SignatureOptions options = Options(golden.GetProperty("kwargs"));
        Table table = TableOf(golden.GetProperty("name").GetString()!);
        table.Schema.Select(c => c.Name).ShouldBe(Texts(golden.GetProperty("input_columns")), name);
        DataSignatures found = table.Signatures(options);

        if (!found.Features.SequenceEqual(Texts(golden.GetProperty("cleaned_columns"))))
        {
            return $"columns: reference {golden.GetProperty("cleaned_columns")}, here {string.Join(",", found.Features)}";
        }

        if (!found.Dropped.Select(d => d.Name).Order().SequenceEqual(Texts(golden.GetProperty("dropped_columns")).Order()))
        {
            return $"dropped: reference {golden.GetProperty("dropped_columns")}, here {string.Join(",", found.Dropped)}";
        }

        JsonElement[] signatures = [.. golden.GetProperty("signatures").EnumerateArray()];
        if (signatures.Length != found.Signatures.Count)
        {
            return $"{signatures.Length} signatures, here {found.Signatures.Count}";
        }

        return signatures.Select((s, i) => SignatureDifference(s, found, found.Signatures[i])).FirstOrDefault(d => d is not null)
            ?? MapDifference(golden.GetProperty("featureMap"), found)
            ?? golden.EnumerateObject().Where(p => p.Name.StartsWith("findUniques_", StringComparison.Ordinal))
                .Select(p => UniquesDifference(p, table, options)).FirstOrDefault(d => d is not null);
    }

    private static string? SignatureDifference(JsonElement golden, DataSignatures found, RowSignature signature)
    {
        string pattern = golden.GetProperty("signature").GetString()!;
        if (pattern != signature.Pattern || golden.GetProperty("count").GetInt64() != signature.Count
            || !Texts(golden.GetProperty("presentFeatures")).SequenceEqual(signature.PresentFeatures)
            || !Texts(golden.GetProperty("missingFeatures")).SequenceEqual(signature.MissingFeatures))
        {
            return $"signature {pattern} ({golden.GetProperty("count")}), here {signature.Pattern} ({signature.Count})";
        }

        JsonProperty[] features = [.. golden.GetProperty("featureDict").EnumerateObject()];
        if (!features.Select(f => f.Name).SequenceEqual(signature.PresentFeatures))
        {
            return $"signature {pattern}: features {string.Join(",", features.Select(f => f.Name))}";
        }

        foreach (JsonProperty feature in features)
        {
            string[] expected = [.. feature.Value.EnumerateArray().Select(v => $"{Text(v[0])}: {v[1]}")];
            string[] actual = [.. found.Values(signature, feature.Name).Select(v => $"{v.Value}: {v.Count}")];
            if (!expected.SequenceEqual(actual))
            {
                return $"signature {pattern}, {feature.Name}: {string.Join("; ", expected.Take(5))}, here {string.Join("; ", actual.Take(5))}";
            }
        }

        return null;
    }

    private static string? MapDifference(JsonElement golden, DataSignatures found)
    {
        string[] expected = [.. golden.EnumerateArray().Select(m => string.Join(",", Texts(m.GetProperty("features"))) + "=" + m.GetProperty("signature").GetString())];
        string[] actual = [.. found.Signatures.Select(s => string.Join(",", s.PresentFeatures.Order(StringComparer.Ordinal)) + "=" + s.Pattern)];
        return expected.SequenceEqual(actual) ? null : $"featureMap: {expected[0]}, here {actual[0]}";
    }

    private static string? UniquesDifference(JsonProperty golden, Table table, SignatureOptions options)
    {
        int threshold = int.Parse(golden.Name["findUniques_".Length..], CultureInfo.InvariantCulture);
        DataSignatures found = table.Signatures(options with { Threshold = threshold });
        foreach (JsonProperty signature in golden.Value.GetProperty("uniqueFeatures").EnumerateObject())
        {
            string[] expected = [.. signature.Value.EnumerateArray().SelectMany(f => f.EnumerateObject()).Select(f => $"{f.Name}={Text(f.Value)}")];
            string[] actual = [.. found.Detail(found.Signatures.Single(s => s.Pattern == signature.Name)).Unique.Select(u => $"{u.Feature}={u.Value}")];
            if (!expected.SequenceEqual(actual))
            {
                return $"{golden.Name} of {signature.Name}: {string.Join("; ", expected.Take(5))}, here {string.Join("; ", actual.Take(5))}";
            }
        }

        string[] counts = [.. golden.Value.GetProperty("featureValueCounts").EnumerateArray()
            .Select(c => $"{c.GetProperty("feature").GetString()}={Text(c.GetProperty("value"))}: {c.GetProperty("signatures")}")];
        string[] listed = [.. found.CountListed().Select(l => $"{l.Feature}={l.Value}: {l.Signatures}")];
        return counts.SequenceEqual(listed) ? null : $"{golden.Name} counts: {string.Join("; ", counts.Take(5))}, here {string.Join("; ", listed.Take(5))}";
    }

    private static SignatureOptions Options(JsonElement arguments) => new()
    {
        Mode = SignatureMode.Reference,
        ExcludePattern = arguments.TryGetProperty("regexes", out JsonElement patterns) ? [.. Texts(patterns)] : [],
        Exclude = arguments.TryGetProperty("exactMatches", out JsonElement names) ? [.. Texts(names)] : [],
        KeepInvariant = arguments.TryGetProperty("isInvariant", out JsonElement drop) && !drop.GetBoolean(),
    };

    private static Table TableOf(string name) => name switch
    {
        _ when name.StartsWith("office_activity_random", StringComparison.Ordinal) => CorpusTable.Read("office_activity_random"),
        _ when name.StartsWith("office_activity_user", StringComparison.Ordinal) => CorpusTable.Read("office_activity_user"),
        "processes_on_host" => CorpusTable.Read("processes_on_host"),
        "synthetic_two_empty_keep_invariant" => Synthetic(withSecondEmpty: true),
        "empty_frame" => Synthetic().Slice(0, 0),
        "one_row" => Synthetic().Slice(0, 1),
        "int_columns_no_regex" => new TableBuilder(("1", ColumnType.String), ("0", ColumnType.String)).AddRow("a", "c").AddRow("b", "").Build(),
        _ => Synthetic(),
    };

    // The frame of the recorded runs. Its B held 1, 1.0, True, 0, 2 and nothing, which are one type to Python's comparison.
    private static Table Synthetic(bool withSecondEmpty = false)
    {
        (string, ColumnType)[] columns =
        [
            ("A", ColumnType.String), ("B", ColumnType.Real), ("Acopy", ColumnType.String), ("L", ColumnType.Dynamic), ("When", ColumnType.DateTime),
            ("Const", ColumnType.String), ("ConstNull", ColumnType.String), ("AllNull", ColumnType.Real), ("AllEmpty", ColumnType.String),
            ("TimeGenerated", ColumnType.DateTime), ("Nl", ColumnType.String), ("AllEmpty2", ColumnType.String),
        ];
        var builder = new TableBuilder(columns[..(withSecondEmpty ? 12 : 11)]);
        Add("x", 1, "[1]", 1, "c", " \n");
        Add("", 1, "[1]", 2, null, "a");
        Add(" ", 1, "[]", 0, "c", "b");
        Add(null, 0, null, 4, null, "c");
        Add("y", 2, """{"k": 1}""", 5, "c", "d");
        Add("x", null, "[2]", 6, "c", "e");
        return builder.Build();

        void Add(string? a, double? b, string? l, int day, string? constNull, string nl)
        {
            DateTime? when = day == 0 ? null : new DateTime(2024, 1, day, 0, 0, 0, DateTimeKind.Utc);
            object?[] row = [a, b, a, l, when, "c", constNull, null, "", new DateTime(2024, 1, 1, builder.RowCount, 0, 0, DateTimeKind.Utc), nl, ""];
            builder.AddRow(row.AsSpan(0, columns.Length - (withSecondEmpty ? 0 : 1)));
        }
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(Text);

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString()!,
    };
}
