using System.Globalization;
using System.Text;
using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>What signatures tell, as tables: one schema for each view, known before the input is read.</summary>
public static class SignatureTables
{
    private const int BatchBytes = 4 << 20;

    /// <summary>The columns of what the options ask for.</summary>
    public static TableSchema SchemaOf(SignatureOptions options) => Schema(FormOf(options) switch
    {
        Form.Distribution =>
        [
            ("signature", ColumnType.Long), ("feature", ColumnType.String), ("kind", ColumnType.String), ("value", ColumnType.String),
            ("count", ColumnType.Long), ("probability", ColumnType.Real),
        ],
        Form.Detail =>
        [
            ("signature", ColumnType.Long), ("kind", ColumnType.String), ("feature", ColumnType.String), ("value", ColumnType.String),
            ("count", ColumnType.Long), ("probability", ColumnType.Real), ("distinct_values", ColumnType.Long),
        ],
        Form.Rare =>
        [
            ("signature", ColumnType.Long), ("count", ColumnType.Long), ("probability", ColumnType.Real), ("surprise", ColumnType.Real),
            ("deviation", ColumnType.Real), ("unusual_features", ColumnType.Dynamic), ("first_row", ColumnType.Long),
        ],
        Form.Pivots =>
        [
            ("feature", ColumnType.String), ("gain", ColumnType.Real), ("present_count", ColumnType.Long), ("present_share", ColumnType.Real),
            ("present_signatures", ColumnType.Long), ("missing_signatures", ColumnType.Long),
        ],
        Form.Unique =>
        [
            ("signature", ColumnType.Long), ("feature", ColumnType.String), ("value", ColumnType.String), ("count", ColumnType.Long),
            ("share", ColumnType.Real), ("too_small", ColumnType.Bool),
        ],
        Form.Kql => [("signature", ColumnType.Long), ("count", ColumnType.Long), ("where", ColumnType.String)],
        Form.Dropped => [("feature", ColumnType.String), ("reason", ColumnType.String), ("detail", ColumnType.String)],
        _ => [.. SignatureAnalysis.Entry.Output.Select(c => (c.Name, c.Type))],
    });

    /// <summary>What the options ask for, as batches of <see cref="SchemaOf"/>; made as they are taken.</summary>
    /// <exception cref="QuarryException">The options name a signature or a column that is not there.</exception>
    public static IEnumerable<Table> ToTables(this DataSignatures signatures, SignatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        ArgumentNullException.ThrowIfNull(options);
        return Batch(SchemaOf(options), RowsOf(signatures, options));
    }

    /// <summary>What the options ask for, as one table of <see cref="SchemaOf"/>.</summary>
    /// <exception cref="QuarryException">The options name a signature or a column that is not there.</exception>
    public static Table ToTable(this DataSignatures signatures, SignatureOptions options) =>
        Table.Concat(SchemaOf(options), signatures.ToTables(options));

    /// <summary>Which of the tables the options ask for.</summary>
    internal enum Form
    {
        Signatures,
        Detail,
        Distribution,
        Rare,
        Pivots,
        Unique,
        Kql,
        Dropped,
    }

    internal static Form FormOf(SignatureOptions options) => options switch
    {
        { View: SignatureView.Rare } => Form.Rare,
        { View: SignatureView.Pivots } => Form.Pivots,
        { View: SignatureView.Unique } => Form.Unique,
        { View: SignatureView.Kql } => Form.Kql,
        { View: SignatureView.Dropped } => Form.Dropped,
        { Feature: not null } => Form.Distribution,
        { Signature: not null } => Form.Detail,
        _ => Form.Signatures,
    };

    private static IEnumerable<object?[]> RowsOf(DataSignatures signatures, SignatureOptions options)
    {
        IReadOnlyList<RowSignature> chosen = options.Signature is { } number ? [signatures[number]] : signatures.Signatures;
        return FormOf(options) switch
        {
            Form.Distribution => DistributionRows(signatures.Distribution(options.Feature!, options.Signature is null ? null : chosen[0], options.Top)),
            Form.Detail => DetailRows(signatures, signatures.Detail(chosen[0])),
            Form.Rare => signatures.Rare(options.Top).Where(r => options.Signature is null || r.Signature == chosen[0]).Select(RareRow),
            Form.Pivots => signatures.Pivots().Select(p => (object?[])
                [p.Feature, p.Gain, p.PresentCount, p.PresentShare, (long)p.PresentSignatures, (long)p.MissingSignatures]),
            Form.Unique => signatures.Unique().Where(u => options.Signature is null || u.Signature == chosen[0]).Select(u => (object?[])
                [(long)u.Signature.Number, u.Value.Feature, u.Value.Value, u.Value.Count, u.Value.Share, u.Signature.IsSingleRow]),
            Form.Kql => chosen.Select(s => (object?[])[(long)s.Number, s.Count, signatures.Kql(s)]),
            Form.Dropped => signatures.Dropped.Select(d => (object?[])[d.Name, d.Reason.ToString().ToLowerInvariant(), d.Detail]),
            _ => chosen.Select(s => (object?[])
                [(long)s.Number, s.Count, s.Probability, Json(s.PresentFeatures), Json(s.MissingFeatures), s.Pattern, s.FirstRow, s.IsSingleRow]),
        };
    }

    private static IEnumerable<object?[]> DistributionRows(FeatureDistribution distribution)
    {
        long? signature = distribution.Signature?.Number;
        foreach (ValueCount value in distribution.Values)
        {
            yield return [signature, distribution.Feature, "value", value.Value, value.Count, value.Probability];
        }

        if (distribution.RestValues > 0)
        {
            string rest = string.Create(CultureInfo.InvariantCulture, $"{distribution.RestValues:N0} more");
            yield return [signature, distribution.Feature, "rest", rest, distribution.RestCount, (double)distribution.RestCount / distribution.Rows];
        }
    }

    private static IEnumerable<object?[]> DetailRows(DataSignatures signatures, SignatureDetail detail)
    {
        RowSignature signature = detail.Signature;
        long number = signature.Number;
        yield return [number, "signature", null, signature.Pattern, signature.Count, signature.Probability, null];
        if (signature.IsSingleRow)
        {
            yield return [number, "note", null, "One row: too small to generalise. All it holds is constant, and most of it unique.", null, null, null];
        }

        int at = 0;
        foreach (string feature in signature.PresentFeatures)
        {
            yield return [number, "present", feature, null, signature.Count, 1.0, (long)detail.DistinctValues[at++]];
        }

        foreach (string feature in signature.MissingFeatures)
        {
            yield return [number, "missing", feature, null, 0L, 0.0, null];
        }

        foreach (FeatureValue value in detail.Always)
        {
            yield return [number, "always", value.Feature, value.Value, value.Count, value.Share, null];
        }

        foreach (FeatureValue value in detail.Unique)
        {
            yield return [number, "unique", value.Feature, value.Value, value.Count, value.Share, null];
        }

        yield return [number, "kql", null, "where " + signatures.Kql(signature), null, null, null];
    }

    private static object?[] RareRow(RareSignature rare)
    {
        RowSignature signature = rare.Signature;
        string unusual = Json(rare.UnusualFeatures, static (json, feature) =>
        {
            json.WriteStartObject();
            json.WriteString("feature", feature.Feature);
            json.WriteString("is", feature.IsPresent ? "present" : "missing");
            json.WriteNumber("share", Math.Round(feature.Share, 6));
            json.WriteEndObject();
        });
        return [(long)signature.Number, signature.Count, signature.Probability, rare.Surprise, rare.Deviation, unusual, signature.FirstRow];
    }

    private static string Json(IReadOnlyList<string> names) => Json(names, static (json, name) => json.WriteStringValue(name));

    private static string Json<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (T item in items)
            {
                write(json, item);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static TableSchema Schema(IEnumerable<(string Name, ColumnType Type)> columns) => new(columns.Select(c => new ColumnSchema(c.Name, c.Type)));

    // In batches, since the names of a signature's columns can be longer than the row it came from.
    private static IEnumerable<Table> Batch(TableSchema schema, IEnumerable<object?[]> rows)
    {
        var builder = new TableBuilder(schema);
        foreach (object?[] row in rows)
        {
            builder.AddRow(row);
            if (builder.TextBytes > BatchBytes)
            {
                yield return builder.Build();
            }
        }

        yield return builder.Build();
    }
}
