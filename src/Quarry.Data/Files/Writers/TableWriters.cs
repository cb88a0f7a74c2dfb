using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>Makes the writer of a format.</summary>
public static class TableWriters
{
    /// <summary>The format that a file's extension means.</summary>
    /// <exception cref="QuarryException">The extension means none.</exception>
    public static OutputFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" => OutputFormat.Jsonl,
        ".json" => OutputFormat.Json,
        ".csv" => OutputFormat.Csv,
        ".tsv" => OutputFormat.Tsv,
        ".md" => OutputFormat.Md,
        ".parquet" => OutputFormat.Parquet,
        string extension => throw new QuarryException(
            $"The extension '{extension}' of '{path}' does not say what to write. Use .jsonl, .json, .csv, .tsv, .md or .parquet, or name the format with --format."),
    };

    /// <summary>A writer of any format to a file. Committing the file is the caller's part, after <see cref="ITableWriter.Complete"/>.</summary>
    public static ITableWriter Create(OutputFormat format, OutputFile file, TableSchema schema, WriterOptions? options = null) =>
        format == OutputFormat.Parquet ? new ParquetWriter(file.HandOver(), schema) : Create(format, file.Stream, schema, options);

    /// <summary>A writer of a text format to a stream, which stays open.</summary>
    /// <exception cref="QuarryException">The format is parquet, which is written to files only.</exception>
    public static ITableWriter Create(OutputFormat format, Stream stream, TableSchema schema, WriterOptions? options = null) => format switch
    {
        OutputFormat.Jsonl => new JsonLinesWriter(stream, schema),
        OutputFormat.Json => new JsonWriter(stream, schema),
        OutputFormat.Csv => new DelimitedWriter(stream, schema, ',', options),
        OutputFormat.Tsv => new DelimitedWriter(stream, schema, '\t', options),
        OutputFormat.Md => new MarkdownWriter(stream, schema),
        OutputFormat.Parquet => throw new QuarryException("Parquet is written to a file: name one with -o FILE.parquet."),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
