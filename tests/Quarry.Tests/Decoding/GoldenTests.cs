using System.Text.Json;
using Quarry.Decoding;
using Quarry.Testing;

namespace Quarry.Tests.Decoding;

/// <summary>The reference's recorded answers: equal, or listed here with the reason why the reference is wrong.</summary>
public sealed class GoldenTests
{
    /// <summary>The cases whose annotated text differs from the reference's on purpose.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["ps_utf16le_default"] = "UTF-16 is told by its NULs, not by an option; the reference leaves the NULs in the text",
        ["ascii_utf16opt"] = "ASCII is not read as UTF-16, whatever the option",
        ["triple_encoded"] = "the third layer is decoded too",
        ["good_then_bad_nested"] = "what stands beside a run does not keep it from being unpacked further",
        ["zip_in_zip"] = "an archive in an archive is unpacked",
        ["zip_stored"] = "a stored zip is a zip",
        ["tar_two"] = "an ordinary tar is a tar",
        ["tar_one"] = "an ordinary tar is a tar",
        ["sevenzip_like"] = "every 7z file is told by its magic number, not a quarter of them",
        ["rar_like"] = "every rar file is told by its magic number",
        ["msi_like"] = "an OLE file is an installer only where it says so",
        ["binary_unknown"] = "a run that decodes to nothing known is weak and stays",
        ["sha256_hex"] = "a hash is not base64",
        ["sha1_hex"] = "a hash is not base64",
        ["md5_hex"] = "a hash is not base64",
        ["long_path"] = "a path is not base64",
        ["all_A_36"] = "27 NULs are no text",
        ["missing_padding"] = "padding may be missing",
        ["slash_prefix"] = "a path in front is not glued on",
        ["mime_wrapped"] = "the word after the last line is not glued on",
        ["crlf_wrapped"] = "the word after the last line is not glued on",
        ["broken_zip"] = "a broken archive is reported, not thrown",
        ["broken_gz"] = "a broken archive is reported, not thrown",
        ["truncated_gz"] = "what can be read of a truncated archive is",
        ["broken_tar"] = "the beginning of a tar is told, and no text",
        ["fifty_five_fragments"] = "no limit of 51 runs; the 52nd is not a level deeper",
        ["deep_25"] = "every level is decoded, not two",
        ["file_b64text_inzip.txt"] = "the innermost text is UTF-16 with a mark",
        ["file_base64msg.txt"] = "indexes are the real paths, UTF-16 is text, the gzip in the archives is unpacked, an unknown binary stays",
    };

    [Theory]
    [InlineData("golden/b64/seed.json")]
    [InlineData("golden/b64/unpack_cases.json")]
    public void Answers_as_the_reference_except_where_that_is_wrong(string file)
    {
        var wrong = new List<string>();

        foreach (JsonElement golden in Read(file))
        {
            string name = golden.GetProperty("name").GetString()!;
            UnpackResult result = Base64Unpacker.Unpack(golden.GetProperty("input").GetString()!);
            string? difference = Difference(golden, result);
            if (difference is null == Different.ContainsKey(name))
            {
                wrong.Add($"{name}: {difference ?? "is listed as different and is equal"}");
            }
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }

    private static string? Difference(JsonElement golden, UnpackResult result)
    {
        if (!golden.GetProperty("unpack").TryGetProperty("decoded_string", out JsonElement expected))
        {
            return "the reference fails; here: " + Cut(result.AnnotatedText);
        }

        if (expected.GetString() != result.AnnotatedText)
        {
            return $"\n   reference {Cut(expected.GetString()!)}\n   here      {Cut(result.AnnotatedText)}";
        }

        JsonElement[] records = [.. golden.GetProperty("unpack").GetProperty("records").EnumerateArray()];
        if (records.Length != result.Layers.Count)
        {
            return $"{records.Length} records, here {result.Layers.Count}";
        }

        for (int i = 0; i < records.Length; i++)
        {
            DecodedLayer layer = result.Layers[i];
            (string, string?)[] values =
            [
                ("original_string", layer.OriginalString), ("file_name", layer.FileName), ("file_type", layer.FileType),
                ("decoded_string", layer.DecodedString), ("encoding_type", layer.EncodingType), ("md5", layer.Md5),
                ("sha1", layer.Sha1), ("sha256", layer.Sha256), ("printable_bytes", layer.PrintableBytes),
            ];
            foreach ((string column, string? value) in values)
            {
                if (records[i].GetProperty(column).GetString() != value)
                {
                    return $"record {i}, {column}: reference {records[i].GetProperty(column)}, here {value}";
                }
            }
        }

        return null;
    }

    private static string Cut(string text) => text.Length <= 400 ? text.Replace("\0", "\\0") : text[..250].Replace("\0", "\\0") + "…" + text[^120..].Replace("\0", "\\0");

    private static JsonElement[] Read(string file)
    {
        using FileStream stream = File.OpenRead(Corpus.PathOf(file));
        return [.. JsonDocument.Parse(stream).RootElement.Clone().EnumerateArray()];
    }
}
