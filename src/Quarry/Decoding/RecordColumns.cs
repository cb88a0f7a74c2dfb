using System.Buffers.Text;
using System.Security.Cryptography;
using Quarry.Tables;

namespace Quarry.Decoding;

/// <summary>The columns of the records table, and how a layer becomes a row of it.</summary>
internal sealed class RecordColumns
{
    private const int MostRepeated = 1 << 20;
    private const int FirstInput = 13;

    private static readonly (string Name, ColumnType Type)[] Before =
    [
        ("reference", ColumnType.String), ("original_string", ColumnType.String), ("file_name", ColumnType.String),
        ("file_type", ColumnType.String), ("input_bytes", ColumnType.String), ("decoded_string", ColumnType.String),
        ("encoding_type", ColumnType.String), ("file_hashes", ColumnType.Dynamic), ("md5", ColumnType.String), ("sha1", ColumnType.String),
        ("sha256", ColumnType.String), ("printable_bytes", ColumnType.String), ("src_index", ColumnType.Long),
    ];

    private static readonly (string Name, ColumnType Type)[] After =
    [
        ("full_decoded_string", ColumnType.String), ("codec", ColumnType.String), ("depth", ColumnType.Long), ("offset", ColumnType.Long),
        ("length", ColumnType.Long), ("parent_reference", ColumnType.String), ("stopped_by", ColumnType.String),
    ];

    private readonly int _inputs;

    public RecordColumns(IEnumerable<string> inputs)
    {
        string[] names = [.. inputs];
        _inputs = names.Length;
        HashSet<string> taken = [.. Before.Concat(After).Select(c => c.Name)];
        Schema = new TableSchema(Before.Select(Column)
            .Concat(names.Select(n => new ColumnSchema(Free(n, taken), ColumnType.String)))
            .Concat(After.Select(Column)));
    }

    /// <summary>Names and types.</summary>
    public TableSchema Schema { get; }

    /// <summary>Adds a layer. Texts that the layers of a cell share are left out after the first where they are long.</summary>
    public void Append(TableBuilder to, DecodedLayer layer, UnpackResult result, bool isFirst, bool isSameRun, long row, int input, ReadOnlySpan<byte> cell)
    {
        to.Text(0).Append(layer.Reference);
        AppendShared(to.Text(1), layer.OriginalUtf8, !isSameRun);
        to.Text(2).Append(layer.FileName);
        to.Text(3).Append(layer.FileType);
        ReadOnlySpan<byte> bytes = layer.Bytes.Span;
        Base64.EncodeToUtf8(bytes, to.Text(4).GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out int written);
        to.Text(4).Commit(written);
        AppendOptional(to.Text(5), layer.DecodedUtf8.Span, layer.IsText);
        to.Text(6).Append(layer.EncodingType);
        AppendHashes(to, bytes);
        Span<byte> printable = to.Text(11).GetSpan(bytes.Length * 3);
        to.Text(11).Commit(AnnotationWriter.FormatSpacedHex(bytes, printable));
        to.Values<long>(12).Append(row);
        for (int i = 0; i < _inputs; i++)
        {
            AppendOptional(to.Text(FirstInput + i), cell, i == input && (isFirst || cell.Length <= MostRepeated));
        }

        int after = FirstInput + _inputs;
        AppendShared(to.Text(after), result.AnnotatedUtf8.Span, isFirst);
        to.Text(after + 1).Append(layer.Codec);
        to.Values<long>(after + 2).Append(layer.Depth);
        to.Values<long>(after + 3).Append(layer.Offset);
        to.Values<long>(after + 4).Append(layer.Length);
        to.Text(after + 5).Append(layer.ParentReference);
        to.Text(after + 6).Append(layer.StoppedBy);
    }

    private static void AppendHashes(TableBuilder to, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> json = stackalloc byte[256];
        int at = 0;
        ReadOnlySpan<byte> names = """{"md5":"","sha1":"","sha256":""}"""u8;
        names[..8].CopyTo(json);
        at = 8;
        at += AppendHash(to.Text(8), hash[..MD5.HashData(bytes, hash)], json[at..]);
        names.Slice(8, 10).CopyTo(json[at..]);
        at += 10;
        at += AppendHash(to.Text(9), hash[..SHA1.HashData(bytes, hash)], json[at..]);
        names.Slice(18, 12).CopyTo(json[at..]);
        at += 12;
        at += AppendHash(to.Text(10), hash[..SHA256.HashData(bytes, hash)], json[at..]);
        names[30..].CopyTo(json[at..]);
        to.Text(7).Append(json[..(at + 2)]);
    }

    private static int AppendHash(TextColumnBuilder to, ReadOnlySpan<byte> hash, Span<byte> json)
    {
        Convert.TryToHexStringLower(hash, json, out int written);
        to.Append(json[..written]);
        return written;
    }

    private static void AppendShared(TextColumnBuilder to, ReadOnlySpan<byte> text, bool isFirst) =>
        AppendOptional(to, text, isFirst || text.Length <= MostRepeated);

    private static void AppendOptional(TextColumnBuilder to, ReadOnlySpan<byte> text, bool isThere)
    {
        if (isThere)
        {
            to.Append(text);
        }
        else
        {
            to.AppendNull();
        }
    }

    private static ColumnSchema Column((string Name, ColumnType Type) column) => new(column.Name, column.Type);

    private static string Free(string name, HashSet<string> taken)
    {
        while (!taken.Add(name))
        {
            name += "_input";
        }

        return name;
    }
}
