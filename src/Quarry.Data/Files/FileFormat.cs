namespace Quarry.Data.Files;

/// <summary>The formats that are read, each also compressed by gzip or Zstandard.</summary>
public enum FileFormat
{
    /// <summary>Fields between commas (or semicolons, tabs or bars, whichever the file uses), RFC 4180, with a header.</summary>
    Csv,

    /// <summary>As <see cref="Csv"/>, between tabs.</summary>
    Tsv,

    /// <summary>An array of objects, one object, or objects one after another.</summary>
    Json,

    /// <summary>A JSON object a line.</summary>
    Jsonl,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Plain text: every line is a row of the one column <c>Line</c>.</summary>
    Lines,

    /// <summary>Plain text as a whole: each file is one row of the one column <c>Text</c> (cut where it exceeds the largest row).</summary>
    Text,
}
