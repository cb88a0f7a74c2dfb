namespace Quarry.Data.Files.Readers;

/// <summary>Looks at the beginning of an input to plan how it is read.</summary>
internal static class FileSample
{
    /// <summary>The plan for a source.</summary>
    /// <exception cref="QuarryException">It cannot be read, or its header cannot.</exception>
    public static FilePlan Plan(InputSource source, InputOptions options, int sampleBytes, ParquetFiles parquet, ReadReport report)
    {
        try
        {
            (byte[] sample, bool isWhole) = Take(source, sampleBytes);
            return Plan(source, sample, isWhole, options, parquet, report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw source.Failed(e);
        }
    }

    private static FilePlan Plan(InputSource source, byte[] sample, bool isWhole, InputOptions options, ParquetFiles parquet, ReadReport report)
    {
        FileFormat? said = options.Format ?? (source.IsParquet ? FileFormat.Parquet : FileFormats.OfName(source.Path));
        if (sample.Length == 0 && !source.IsParquet)
        {
            // No rows and no columns: a file that another is read beside must not bring in a column.
            report.AddEmptyFile(source.Name);
            return new FilePlan(source, said ?? FileFormat.Lines, []) { IsWhole = true };
        }

        FileFormat? seen = said ?? (FileFormats.IsNamedPlainText(source.Path) ? null : FileFormats.OfText(sample, options.RecogniseDelimited));

        // A long text is read by lines all the same: limits that hold for one value must not cut a whole log short.
        FileFormat format = seen ?? (isWhole ? options.PlainText : FileFormat.Lines);
        return format switch
        {
            FileFormat.Csv or FileFormat.Tsv => CsvSample.Plan(source, format, sample, isWhole, options, report),
            FileFormat.Json or FileFormat.Jsonl => JsonSample.Plan(source, format, sample, isWhole, options),
            FileFormat.Lines => new FilePlan(source, format, [LineReader.Column]) { IsWhole = isWhole },
            FileFormat.Text => new FilePlan(source, format, [WholeTextReader.Column]) { IsWhole = isWhole },
            _ => parquet.Plan(source),
        };
    }

    private static (byte[] Sample, bool IsWhole) Take(InputSource source, int most)
    {
        using Stream text = source.OpenForLook();
        if (source.IsParquet)
        {
            return ([], false);
        }

        byte[] sample = new byte[Math.Min(most, 64 << 10)];
        int count = 0;
        while (true)
        {
            if (count == sample.Length)
            {
                if (count >= most)
                {
                    return (sample, false);
                }

                Array.Resize(ref sample, (int)Math.Min(most, sample.Length * 4L));
            }

            int read = text.Read(sample, count, sample.Length - count);
            if (read == 0)
            {
                return (sample[..count], true);
            }

            count += read;
        }
    }
}
