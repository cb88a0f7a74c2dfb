using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>Data signatures as the catalogue describes them to every face.</summary>
public static class SignatureAnalysis
{
    private const int LongestLabel = 60;
    private const int MostBars = 20;

    /// <summary>The entry of the catalogue. <see cref="Analysis.Output"/> is the list of signatures; other views have their own columns.</summary>
    public static Analysis<SignatureOptions> Entry { get; } = new()
    {
        Name = "signatures",
        Summary = "Groups rows by which columns are filled, and says what identifies each group: rare ones, constant and unique values, the KQL that selects it.",
        Shape = AnalysisShape.WholeTable,
        Keywords =
        [
            "DataSignature", "fingerprint", "presence", "missing", "null", "empty", "features", "pattern", "groups", "rare", "outlier", "pivot",
            "distribution", "unique", "findUniques", "generateSignatures", "kql", "profile", "schema",
        ],
        Examples =
        [
            new("quarry signatures office.csv --exclude-pattern '.*[Tt]ime'", "the signatures of the rows, times left out"),
            new("quarry signatures office.csv --signature 3", "all about one: what it always holds, what only it holds, its KQL"),
            new("quarry signatures office.csv --signature 3 --feature Operation", "the values of one column in it"),
            new("quarry signatures office.csv --view rare", "what is rare, and in which columns it differs"),
            new("quarry signatures office.csv --view pivots", "the columns that split the rows best"),
        ],
        Headline = // of all views
        [
            "signature", "kind", "feature", "value", "count", "probability", "distinct_values", "share", "surprise", "deviation", "unusual_features",
            "gain", "present_count", "present_share", "present_signatures", "missing_signatures", "where", "reason", "detail", "missing_features",
            "too_small",
        ],
        Output =
        [
            new("signature", ColumnType.Long, "Its number, from 1: the most frequent first."),
            new("count", ColumnType.Long, "How many rows have it."),
            new("probability", ColumnType.Real, "Their share of all rows."),
            new("present_features", ColumnType.Dynamic, "The columns that are filled in its rows."),
            new("missing_features", ColumnType.Dynamic, "The columns that are not."),
            new("pattern", ColumnType.String, "A digit for each column that was not dropped: 1 filled, 0 not."),
            new("first_row", ColumnType.Long, "The first of its rows in the input, from 0; null where a service counted them."),
            new("too_small", ColumnType.Bool, "Whether it is a single row, too small to generalise."),
        ],
        Function = Run,
        Charts = Draw,
        Text = SignatureText.Write,
        TextServes = static options => SignatureTables.FormOf(options) is SignatureTables.Form.Signatures or SignatureTables.Form.Detail,
    };

    private static TableStream Run(TableStream input, SignatureOptions options, AnalysisContext context)
    {
        foreach (string name in context.Columns)
        {
            input.Schema.Require(name);
        }

        if (options.Feature is { } feature)
        {
            input.Schema.Require(feature);
        }

        return new TableStream(SignatureTables.SchemaOf(options), Batches(), input);

        IEnumerable<TableBatch> Batches()
        {
            DataSignatures signatures = input.Signatures(context.Columns, options, context.Threads, context.Progress, context.Cancellation);
            Tell(signatures, input.Schema, options, context);
            long row = 0;
            foreach (Table table in signatures.ToTables(options))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                yield return new TableBatch(table, row);
                row += table.RowCount;
            }
        }
    }

    /// <summary>Says what a user has to know beside the signatures.</summary>
    internal static void Tell(DataSignatures signatures, TableSchema schema, SignatureOptions options, AnalysisContext context)
    {
        if (context.Remark is not { } remark)
        {
            return;
        }

        foreach (string name in options.Exclude.Where(name => schema.IndexOf(name) < 0))
        {
            remark($"There is no column '{name}' to exclude.");
        }

        foreach (string sentence in signatures.Remarks())
        {
            remark(sentence);
        }
    }

    private static IReadOnlyList<Chart> Draw(Table result, SignatureOptions options) => SignatureTables.FormOf(options) switch
    {
        SignatureTables.Form.Distribution when result.RowCount > 0 => [DrawDistribution(result, options)],
        SignatureTables.Form.Signatures when result.RowCount > 0 => [DrawSignatures(result)],
        _ => [],
    };

    private static BarChart DrawDistribution(Table result, SignatureOptions options)
    {
        string where = options.Signature is { } number ? $"signature {number}" : "all rows";
        Bar[] bars = [.. Enumerable.Range(0, result.RowCount).Select(row => new Bar(
            Cut(result.Text("value").GetString(row)!),
            (long)result["count"].GetValue(row)!,
            result.Text("kind").GetString(row) == "rest"))];
        return new BarChart($"{options.Feature} in {where}", options.Feature!, "count", bars);
    }

    private static BarChart DrawSignatures(Table result)
    {
        var counts = (ValueColumn<long>)result["count"];
        var numbers = (ValueColumn<long>)result["signature"];
        int shown = result.RowCount <= MostBars ? result.RowCount : MostBars - 1;
        List<Bar> bars = [.. Enumerable.Range(0, shown).Select(row => new Bar($"{numbers.Values[row]}", counts.Values[row]))];
        if (shown < result.RowCount)
        {
            long rest = 0;
            foreach (long count in counts.Values[shown..])
            {
                rest += count;
            }

            bars.Add(new Bar($"{result.RowCount - shown} more", rest, IsRest: true));
        }

        return new BarChart("Rows of each signature", "signature", "count", bars);
    }

    private static string Cut(string text) => text.Length <= LongestLabel ? text : string.Concat(text.AsSpan(0, LongestLabel), "…");
}
