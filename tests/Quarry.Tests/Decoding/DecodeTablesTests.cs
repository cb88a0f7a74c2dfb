using System.Text;
using System.Text.Json;
using Quarry.Decoding;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Decoding;

public sealed class DecodeTablesTests
{
    private static readonly string[] ReferenceColumns =
    [
        "reference", "original_string", "file_name", "file_type", "input_bytes", "decoded_string", "encoding_type", "file_hashes",
        "md5", "sha1", "sha256", "printable_bytes", "src_index", "CommandLine", "full_decoded_string",
        "codec", "depth", "offset", "length", "parent_reference", "stopped_by",
    ];

    [Fact]
    public void Finds_the_two_encoded_commands_of_the_training_notebook_and_no_junk()
    {
        // The third record is no junk: the URL-safe base64 behind Google Update's /ping switch, which the reference cannot read.
        const string GoogleUpdatePing = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><request protocol=\"3.0\" updater=\"Omaha\"";
        Table processes = CommandLines(ReadColumn(Corpus.PathOf("data/processes_on_host.csv"), "CommandLine"));

        Table records = processes.Decode("CommandLine");

        records.RowCount.ShouldBe(3);
        records.Text("codec").GetString(2).ShouldBe("base64");
        records.Text("file_type").GetString(2).ShouldBe("xml");
        records.Text("decoded_string").GetString(2)!.ShouldStartWith(GoogleUpdatePing);
        records.Schema.Select(c => c.Name).ShouldBe(ReferenceColumns);
        string[] golden = [.. File.ReadLines(Corpus.PathOf("golden/b64/df_enc_rows.jsonl"))];
        for (int row = 0; row < 2; row++)
        {
            ShouldEqual(JsonDocument.Parse(golden[row]).RootElement, records, row);
        }
    }

    [Fact]
    public void Gives_of_the_whole_processes_table_what_the_reference_gives_less_two_application_names_and_one_it_misses()
    {
        const string NotBase64 = "AppX";
        Table processes = CommandLines(ReadColumn(Corpus.PathOf("data/processes_on_host.csv"), "CommandLine"));
        JsonElement[] golden = [.. File.ReadLines(Corpus.PathOf("golden/b64/df_processes_on_host.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];
        golden.Count(g => g.GetProperty("original_string").GetString()!.StartsWith(NotBase64, StringComparison.Ordinal)).ShouldBe(2);

        Table records = processes.Decode("CommandLine");

        JsonElement[] right = [.. golden.Where(g => !g.GetProperty("original_string").GetString()!.StartsWith(NotBase64, StringComparison.Ordinal))];
        records.RowCount.ShouldBe(right.Length + 1);
        for (int row = 0; row < right.Length; row++)
        {
            ShouldEqual(right[row], records, row);
        }
    }

    [Fact]
    public void Gives_the_files_of_the_archives_in_the_sample_message_as_the_reference_does()
    {
        string message = File.ReadAllText(Corpus.PathOf("data/base64msg.txt"));
        JsonElement[] golden = [.. File.ReadLines(Corpus.PathOf("golden/b64/df_base64msg_x2.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];
        var builder = new TableBuilder(("CommandLine", ColumnType.String));
        builder.AddRow(message).AddRow(message);

        Table records = builder.Build().Decode("CommandLine");

        // The reference's two records at level two are an unknown binary (weak here) and UTF-16 it takes for binary.
        (string?, string?)[] expected = [.. golden.Where(g => g.GetProperty("reference")[1].GetString() == "1.").Select(g => (g.GetProperty("file_name").GetString(), g.GetProperty("md5").GetString()))];
        expected.Length.ShouldBe(12);
        (string?, string?)[] found = [.. Enumerable.Range(0, records.RowCount).Select(r => (records.Text("file_name").GetString(r), records.Text("md5").GetString(r)))];
        found.Where(f => f.Item1 is not ("unknown" or "gzip_file")).ShouldBe(expected);
        found.Count(f => f.Item1 == "unknown").ShouldBe(8);
        found.Count(f => f.Item1 == "gzip_file").ShouldBe(4);
    }

    [Fact]
    public void Skips_nulls_and_columns_without_text()
    {
        var builder = new TableBuilder(("CommandLine", ColumnType.String), ("Count", ColumnType.Long));
        builder.AddRow(null, 1L).AddRow("x " + Encode.Base64("The quick brown fox jumps over it"), 2L);
        Table table = builder.Build();

        Table records = table.Decode("CommandLine");
        Table none = table.Decode("Count");

        records.RowCount.ShouldBe(1);
        records["src_index"].GetValue(0).ShouldBe(1L);
        none.RowCount.ShouldBe(0);
        none.Schema.IndexOf("Count").ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Says_which_columns_there_are_when_one_is_not()
    {
        Table table = new TableBuilder(("CommandLine", ColumnType.String)).Build();

        Should.Throw<UnknownColumnException>(() => table.Decode("Commandline")).Message.ShouldContain("CommandLine");
    }

    [Fact]
    public void Fills_of_several_columns_the_one_a_layer_comes_from_and_renames_one_that_clashes()
    {
        string first = "x " + Encode.Base64("first column, first row, nothing else"), second = "y " + Encode.Base64("second column, first row, nothing else");
        var builder = new TableBuilder(("md5", ColumnType.String), ("b", ColumnType.String));
        builder.AddRow("nothing", "nothing").AddRow(first, second);

        Table records = builder.Build().Decode(["md5", "b"]);

        records.RowCount.ShouldBe(2);
        records.Text("md5_input").GetString(0).ShouldBe(first);
        records.Text("b").GetString(0).ShouldBeNull();
        records.Text("md5_input").GetString(1).ShouldBeNull();
        records.Text("b").GetString(1).ShouldBe(second);
    }

    [Fact]
    public void Gives_the_same_rows_in_the_same_order_on_any_number_of_threads()
    {
        var builder = new TableBuilder(("CommandLine", ColumnType.String));
        for (int row = 0; row < 5000; row++)
        {
            builder.AddRow(row % 3 == 0 ? $"row {row} -enc " + Encode.Wide($"command number {row}") : $"plain row {row} without anything in it");
        }

        Table table = builder.Build();

        Table one = TableStream.Of(table, 100).Decode(["CommandLine"], degree: 1).Gather();
        Table many = TableStream.Of(table, 100).Decode(["CommandLine"], degree: 4).Gather();
        Table whole = table.Decode("CommandLine");

        one.RowCount.ShouldBe(1667);
        for (int row = 0; row < one.RowCount; row++)
        {
            one["src_index"].GetValue(row).ShouldBe(row * 3L);
            one.Text("decoded_string").GetString(row).ShouldBe($"command number {row * 3}");
            many.Text("full_decoded_string").GetString(row).ShouldBe(one.Text("full_decoded_string").GetString(row));
            whole.Text("sha256").GetString(row).ShouldBe(one.Text("sha256").GetString(row));
        }
    }

    [Fact]
    public void Misses_no_row_whose_run_touches_the_neighbour_in_the_buffer()
    {
        var random = new Random(5);
        var builder = new TableBuilder(("CommandLine", ColumnType.String));
        var expected = new List<long>();
        for (int row = 0; row < 3000; row++)
        {
            bool encoded = random.Next(3) == 0;
            string text = Encode.Base64($"The quick brown fox number {row} jumps{new string('!', random.Next(40))}").TrimEnd('=');
            builder.AddRow(encoded ? text : text[..random.Next(29)]);
            if (encoded)
            {
                expected.Add(row);
            }
        }

        Table records = builder.Build().Decode("CommandLine");

        Enumerable.Range(0, records.RowCount).Select(r => (long)records["src_index"].GetValue(r)!).ShouldBe(expected);
    }

    private static void ShouldEqual(JsonElement golden, Table records, int row)
    {
        foreach (string column in new[] { "original_string", "file_name", "file_type", "decoded_string", "encoding_type", "md5", "sha1", "sha256", "printable_bytes", "CommandLine", "full_decoded_string" })
        {
            records.Text(column).GetString(row).ShouldBe(golden.GetProperty(column).GetString(), column);
        }

        records["src_index"].GetValue(row).ShouldBe(golden.GetProperty("src_index").GetInt64());
        Convert.ToHexStringLower(Convert.FromBase64String(records.Text("input_bytes").GetString(row)!)).ShouldBe(golden.GetProperty("input_bytes").GetProperty("$bytes_hex").GetString());
        JsonElement.DeepEquals(JsonDocument.Parse(records.Text("file_hashes").GetString(row)!).RootElement, golden.GetProperty("file_hashes")).ShouldBeTrue();
        records.Text("reference").GetString(row).ShouldBe("1");
    }

    private static Table CommandLines(IEnumerable<string?> values)
    {
        var builder = new TableBuilder(("CommandLine", ColumnType.String));
        foreach (string? value in values)
        {
            builder.AddRow(value);
        }

        return builder.Build();
    }

    /// <summary>One column of a CSV file (RFC 4180).</summary>
    private static List<string?> ReadColumn(string path, string name)
    {
        string text = File.ReadAllText(path);
        var rows = new List<string?>();
        var row = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        int column = -1;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (c is ',' or '\n'))
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    if (column < 0)
                    {
                        column = row.IndexOf(name);
                    }
                    else
                    {
                        rows.Add(row[column]);
                    }

                    row.Clear();
                }
            }
            else
            {
                field.Append(c);
            }
        }

        return rows;
    }
}
