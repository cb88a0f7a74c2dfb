using System.Data;
using Quarry.Tables;

namespace Quarry.Tests.Tables;

public class TableDataReaderTests
{
    private static readonly Table Events = new TableBuilder(
            ("Time", ColumnType.DateTime), ("Count", ColumnType.Long), ("Text", ColumnType.String), ("Ok", ColumnType.Bool))
        .AddRow(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), 1L, "one", true)
        .AddRow(null, null, null, null)
        .AddRow(new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), 3L, "drei ß", false)
        .Build();

    [Fact]
    public void A_data_table_loads_it_and_it_loads_a_data_table()
    {
        var loaded = new DataTable();
        loaded.Load(new TableDataReader(Events));

        Table back = loaded.CreateDataReader().ToTable();

        back.Schema.ShouldBe(Events.Schema);
        for (int row = 0; row < Events.RowCount; row++)
        {
            back.Columns.Select(c => c.GetValue(row)).ShouldBe(Events.Columns.Select(c => c.GetValue(row)));
        }
    }

    [Fact]
    public void Reads_over_the_edges_of_batches()
    {
        using var reader = new TableDataReader(TableStream.Of(Events, 1));
        var seen = new List<object>();
        while (reader.Read())
        {
            seen.Add(reader["Text"]);
        }

        seen.ShouldBe(["one", DBNull.Value, "drei ß"]);
        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void Asked_off_a_row_it_says_what_to_do()
    {
        using var reader = new TableDataReader(Events);

        Should.Throw<InvalidOperationException>(() => reader.GetValue(0)).Message.ShouldContain("call Read() first");
    }

    [Fact]
    public void A_wrong_type_names_the_column()
    {
        using var reader = new TableDataReader(Events);
        reader.Read();

        Should.Throw<InvalidCastException>(() => reader.GetInt64(2)).Message.ShouldContain("'Text' is string");
    }

    [Fact]
    public void Copies_bytes_and_characters_by_parts()
    {
        using var reader = new TableDataReader(Events);
        reader.Read();
        byte[] bytes = new byte[2];
        char[] characters = new char[8];

        reader.GetBytes(2, 1, bytes, 0, 2).ShouldBe(2);
        reader.GetChars(2, 1, characters, 0, 8).ShouldBe(2);

        bytes.ShouldBe("ne"u8.ToArray());
        characters.AsSpan(0, 2).ToString().ShouldBe("ne");
    }
}
