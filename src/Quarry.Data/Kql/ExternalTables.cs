using System.IO.Compression;
using System.Text;
using Quarry.Data.Files;
using Quarry.Data.Files.Readers;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Lowering;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// The rows of <c>externaldata</c>: from a folder that stands for the places queries name, or from those places where the
/// network is allowed. A place's query string may hold a key, and is never told.
/// </summary>
internal static class ExternalTables
{
    private const long MostBytes = 1L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>Reads the rows, all columns as texts under the schema's names.</summary>
    /// <exception cref="LoweringRefusedException">The data is not there, not to be read, or not of the format.</exception>
    public static Table Read(KqlDatabaseOptions options, ExternalDataExpression external, RowSchema schema, CancellationToken cancellation)
    {
        string[] places = [.. external.Addresses.OfType<StringLiteral>().Select(address => address.Value)];
        if (places.Length != external.Addresses.Count || places.Length == 0)
        {
            throw Refused(external, "externaldata: expected the places of the data as texts.");
        }

        var tables = new List<Table>();
        foreach (string place in places)
        {
            try
            {
                using Stream bytes = Open(options, place, external, cancellation);
                tables.Add(Parse(bytes, place, external, schema, cancellation));
            }
            catch (Exception error) when (error is QuarryException or IOException or HttpRequestException or UnauthorizedAccessException or InvalidDataException)
            {
                throw Refused(external, $"externaldata: '{Shown(place)}' cannot be read: {error.Message}");
            }
        }

        return Table.Concat(tables[0].Schema, tables);
    }

    private static Stream Open(KqlDatabaseOptions options, string place, Expression at, CancellationToken cancellation)
    {
        bool isAddress = Uri.TryCreate(place.Split(';')[0], UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http";
        if (options.ExternalFolder is { } folder && Local(folder, place, isAddress ? address : null) is { } path)
        {
            return Uncompressed(File.OpenRead(path), path);
        }

        if (!isAddress)
        {
            throw Refused(at, $"externaldata: there is no '{Shown(place)}' {(options.ExternalFolder is null ? "at hand; name a folder with the data (--external)" : $"in {options.ExternalFolder}")}.");
        }

        if (!options.AllowNetwork)
        {
            throw Refused(
                at,
                $"externaldata: '{Shown(place)}' is on the network, which queries may not use. Put the file '{Path.GetFileName(address!.AbsolutePath)}' into a folder and name it (--external), or allow the network (--allow-network).");
        }

        return Uncompressed(Download(address!, cancellation), address!.AbsolutePath);
    }

    // By host and path, or by the file's name alone; never outside the folder.
    private static string? Local(string folder, string place, Uri? address)
    {
        string relative = address is null ? place : address.Host + Uri.UnescapeDataString(address.AbsolutePath);
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        foreach (string candidate in new[] { relative, Path.GetFileName(relative) })
        {
            string full = Path.GetFullPath(Path.Combine(root, candidate.TrimStart('/', '\\')));
            if (candidate.Length > 0 && full.StartsWith(root, StringComparison.Ordinal) && File.Exists(full))
            {
                return full;
            }
        }

        return null;
    }

    private static MemoryStream Download(Uri address, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = MostBytes };
        try
        {
            return new MemoryStream(client.GetByteArrayAsync(address, cancellation).GetAwaiter().GetResult());
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"no answer within {Patience.TotalSeconds:0} s", error);
        }
    }

    private static Stream Uncompressed(Stream bytes, string name) =>
        name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;

    private static Table Parse(Stream bytes, string place, ExternalDataExpression external, RowSchema schema, CancellationToken cancellation)
    {
        string format = (Property(external, "format") ?? Extension(place)).ToLowerInvariant();
        bool skipsFirst = Property(external, "ignoreFirstRecord") is { } said && said.Equals("true", StringComparison.OrdinalIgnoreCase);
        (FileFormat kind, bool byPosition) = format switch
        {
            "csv" => (FileFormat.Csv, true),
            "tsv" or "tsve" => (FileFormat.Tsv, true),
            "json" or "multijson" or "jsonl" or "ndjson" => (format is "json" or "jsonl" or "ndjson" ? FileFormat.Jsonl : FileFormat.Json, false),
            "txt" or "text" or "" => (FileFormat.Lines, true),
            "raw" => (FileFormat.Text, true),
            _ => throw Refused(external, $"externaldata: the format '{format}' is not supported; csv, tsv, json, multijson, txt and raw are."),
        };
        bool hasFields = kind is FileFormat.Csv or FileFormat.Tsv;
        Stream rows = hasFields && !skipsFirst ? Headed(kind, schema.Columns.Count, bytes) : bytes;
        using TableInput input = TableInput.Open(["-"], new InputOptions { Format = kind, StandardInput = rows, Typing = ValueTyping.Text }, cancellation);
        Table text = input.Stream.Gather();
        int first = kind is FileFormat.Lines or FileFormat.Text && skipsFirst ? 1 : 0;
        var builder = new TableBuilder(new TableSchema([.. schema.Columns.Select(column => new ColumnSchema(column.Name, ColumnType.String))]));
        int[] sources = [.. schema.Columns.Select((column, i) => byPosition ? (i < text.Schema.Count && text.Schema[i].Name != InputOptions.OverflowColumn ? i : -1) : text.Schema.IndexOf(column.Name))];
        for (int row = first; row < text.RowCount; row++)
        {
            for (int i = 0; i < sources.Length; i++)
            {
                builder[i].AppendObject(sources[i] < 0 ? null : text[sources[i]].GetValue(row));
            }
        }

        return builder.Build();
    }

    // A first line of names: what is in such files has none.
    private static PrefixedStream Headed(FileFormat kind, int columns, Stream bytes)
    {
        byte[] names = Encoding.UTF8.GetBytes(string.Join(kind == FileFormat.Csv ? ',' : '\t', Enumerable.Range(0, columns).Select(i => $"c{i}")) + "\n");
        return new PrefixedStream(names, names.Length, bytes);
    }

    private static string? Property(ExternalDataExpression external, string name) =>
        external.Properties?.Items.FirstOrDefault(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Values[0] switch
        {
            StringLiteral text => text.Value,
            { } other => other.ToString().Trim(),
            null => null,
        };

    private static string Extension(string place)
    {
        string path = place.Split('?', ';')[0];
        path = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(path).TrimStart('.');
    }

    private static string Shown(string place) => place.Split('?', ';')[0];

    private static LoweringRefusedException Refused(Expression at, string message) => new(at, message, DiagnosticKind.Unsupported);
}
