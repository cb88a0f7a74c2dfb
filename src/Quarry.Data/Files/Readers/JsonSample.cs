using System.Text;

namespace Quarry.Data.Files.Readers;

/// <summary>What the beginning of JSON says: its keys, and the types of their values.</summary>
internal static class JsonSample
{
    // Every column costs every row: records that each have keys of their own must not make rows of ten thousand nulls.
    private const int MostNames = 1_000;

    /// <summary>The plan of a JSON file. A part's last record may be cut: what cannot be read is passed over here.</summary>
    public static FilePlan Plan(InputSource source, FileFormat format, byte[] sample, bool isWhole, InputOptions options)
    {
        format = FormOf(sample, format);
        IRecordSplitter records = JsonReader.Splitter(new TextBuffer(new MemoryStream(sample)), format, options.LargestRow);
        var table = new KeyTable();
        var keys = new JsonKeys(table);
        int mostNames = Math.Min(options.LargestColumnCount, MostNames);
        var names = new List<string>();
        var guesses = new List<ColumnGuess>();
        var scanner = new JsonScanner();
        bool isComplete = isWhole;
        while (records.Next())
        {
            ReadOnlySpan<byte> record = records.Record;
            if (records.Fault is not null || !scanner.TryReadObject(record))
            {
                continue;
            }

            for (int p = 0; p < scanner.Properties.Length; p++)
            {
                JsonProperty property = scanner.Properties[p];
                ReadOnlySpan<byte> key = keys.Text(record, property.Name, out _);
                int number = keys.Find(key, p);
                if (number < 0 && names.Count == mostNames)
                {
                    isComplete = false;
                    continue;
                }

                if (number < 0)
                {
                    number = table.Add(key);
                    names.Add(Encoding.UTF8.GetString(key));
                    guesses.Add(new ColumnGuess());
                }

                if (property.Value.Kind != JsonKind.Null)
                {
                    guesses[number].AddJson(property.Value.Kind, record.Slice(property.Value.Start, property.Value.Length));
                }
            }
        }

        return new FilePlan(source, format, names) { Guesses = guesses, IsWhole = isComplete };
    }

    /// <summary>JSON whose first line is a whole object is read line by line, which finds its way after a fault; other JSON object by object.</summary>
    private static FileFormat FormOf(byte[] sample, FileFormat named)
    {
        ReadOnlySpan<byte> text = sample.AsSpan().TrimStart(" \t\r\n"u8);
        if (text.StartsWith("["u8))
        {
            return FileFormat.Json;
        }

        int end = text.IndexOf((byte)'\n');
        bool firstLineIsObject = new JsonScanner().TryReadObject(end < 0 ? text : text[..end]);
        return firstLineIsObject ? FileFormat.Jsonl : named;
    }
}
