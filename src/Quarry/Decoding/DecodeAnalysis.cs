using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Decoding;

/// <summary>Decoding as the catalogue describes it to every face.</summary>
public static class DecodeAnalysis
{
    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<DecodeOptions> Entry { get; } = new()
    {
        Name = "decode",
        Summary = "Finds and unpacks encoded content: base64, hex, percent-encoding, character codes, gzip, deflate, zip and tar, to any nesting.",
        Shape = AnalysisShape.RowWise,
        Keywords =
        [
            "base64", "b64", "unpack", "unpack_df", "deobfuscate", "decompress", "powershell", "encodedcommand", "frombase64string", "hex",
            "hexadecimal", "url-encoding", "percent-encoding", "charcode", "utf-16", "gzip", "zlib", "deflate", "zip", "tar", "archive", "bomb",
            "magic", "filetype", "hash", "malware", "payload",
        ],
        Examples =
        [
            new("quarry decode events.csv --column CommandLine", "every encoded command, each layer a row"),
            new("quarry decode --annotate --text 'powershell -enc aQBlAHgA…'", "one string, with what it holds in its place"),
            new("quarry decode script.ps1 -o layers.jsonl", "a script as a whole, all columns, to a file"),
            new("quarry decode mail.eml --max-depth 4 --max-expanded-bytes 10MiB", "stop earlier than usual"),
        ],
        Headline = ["src_index", "reference", "codec", "file_type", "decoded_string", "stopped_by"],
        Output =
        [
            new("reference", ColumnType.String, "Where the layer stands: 1, and inside it 1.1, 1.2, 1.2.1."),
            new("original_string", ColumnType.String, "The encoded text."),
            new("file_name", ColumnType.String, "The entry's name in its archive, as data; unknown outside one."),
            new("file_type", ColumnType.String, "The archive or the file type by its magic number; null if none is known."),
            new("input_bytes", ColumnType.String, "The decoded bytes, in base64."),
            new("decoded_string", ColumnType.String, "The decoded text; null for binary."),
            new("encoding_type", ColumnType.String, "utf-8, utf-16 or binary."),
            new("file_hashes", ColumnType.Dynamic, "md5, sha1 and sha256 of the bytes."),
            new("md5", ColumnType.String, "MD5 of the bytes."),
            new("sha1", ColumnType.String, "SHA-1 of the bytes."),
            new("sha256", ColumnType.String, "SHA-256 of the bytes."),
            new("printable_bytes", ColumnType.String, "The bytes in hexadecimal, apart by blanks."),
            new("src_index", ColumnType.Long, "The row of the input, from 0."),
            new("full_decoded_string", ColumnType.String, "The whole input text, each encoded part replaced by what it holds."),
            new("codec", ColumnType.String, "How it was encoded."),
            new("depth", ColumnType.Long, "How deep the layer is, from 1."),
            new("offset", ColumnType.Long, "Where the encoded text begins, in bytes of UTF-8."),
            new("length", ColumnType.Long, "How long the encoded text is, in bytes of UTF-8."),
            new("parent_reference", ColumnType.String, "The layer around this one; null for the outermost."),
            new("stopped_by", ColumnType.String, "The limit or error that ended the work on it; null if it is whole."),
        ],
        Function = static (input, options, context) => input.Decode(
            TextColumns.Choose(input.Schema, context.Columns), options, context.Threads, context.Cancellation),
    };
}
