namespace Quarry.Data.Files.Readers;

/// <summary>Recognises formats: by a file's name, or by how its text begins.</summary>
internal static class FileFormats
{
    private static readonly string[] Compressed = [".gz", ".gzip", ".zst", ".zstd"];

    private static readonly string[] PlainText =
    [
        ".txt", ".text", ".md", ".ps1", ".psm1", ".psd1", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".py", ".sh", ".pl", ".php",
        ".rb", ".html", ".htm", ".xml", ".svg", ".eml", ".ini", ".inf", ".conf", ".cfg", ".reg", ".b64", ".pem", ".crt", ".cer",
    ];

    /// <summary>The format that a name's extension says, a compression's extension left out; null where it says nothing.</summary>
    public static FileFormat? OfName(string path)
    {
        string name = IsNamedCompressed(path) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => FileFormat.Csv,
            ".tsv" or ".tab" => FileFormat.Tsv,
            ".json" => FileFormat.Json,
            ".jsonl" or ".ndjson" => FileFormat.Jsonl,
            ".parquet" => FileFormat.Parquet,
            ".log" => FileFormat.Lines,
            _ => null,
        };
    }

    /// <summary>Whether a name's extension says that the file is plain text (prose, a script, a mail), whatever it looks like.</summary>
    public static bool IsNamedPlainText(string path)
    {
        string name = IsNamedCompressed(path) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);
        return PlainText.Contains(Path.GetExtension(name).ToLowerInvariant());
    }

    /// <summary>Whether a name's extension says that the file is compressed.</summary>
    public static bool IsNamedCompressed(string path) => Compressed.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The format of text that is not known otherwise; null for plain text.</summary>
    /// <param name="sample">How the text begins.</param>
    /// <param name="delimited">Whether it may be delimited text.</param>
    public static FileFormat? OfText(byte[] sample, bool delimited)
    {
        ReadOnlySpan<byte> text = sample.AsSpan().TrimStart(" \t\r\n"u8);
        if (text.StartsWith("{"u8))
        {
            return FileFormat.Json; // by object or by line, as the look at its first line tells
        }

        if (text.StartsWith("["u8) && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..])
        {
            return FileFormat.Json;
        }

        return !delimited || !CsvSample.LooksDelimited(sample, out byte delimiter) ? null
            : delimiter == '\t' ? FileFormat.Tsv
            : FileFormat.Csv;
    }
}
