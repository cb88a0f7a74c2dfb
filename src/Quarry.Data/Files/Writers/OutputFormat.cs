namespace Quarry.Data.Files.Writers;

/// <summary>The forms a table is written in.</summary>
public enum OutputFormat
{
    /// <summary>A JSON object a line.</summary>
    Jsonl,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>Comma-separated values by RFC 4180, with a header; null is an empty field, empty text is <c>""</c>.</summary>
    Csv,

    /// <summary>As <see cref="Csv"/>, with tabs.</summary>
    Tsv,

    /// <summary>A Markdown table.</summary>
    Md,

    /// <summary>Apache Parquet, compressed with Zstandard.</summary>
    Parquet,
}
