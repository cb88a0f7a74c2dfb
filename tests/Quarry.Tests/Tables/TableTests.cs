using FsCheck.Fluent;
using Quarry.Tables;

namespace Quarry.Tests.Tables;

public class TableTests
{
    private static readonly Table People = new TableBuilder(("Name", ColumnType.String), ("Age", ColumnType.Long))
        .AddRow("Ada", 36L).AddRow("Łukasz \ud83d\ude00", null).AddRow(null, 7L).AddRow("", 0L).Build();

    [Fact]
    public void Gives_back_what_was_put_in()
    {
        Values(People).ShouldBe([["Ada", 36L], ["Łukasz \ud83d\ude00", null], [null, 7L], ["", 0L]]);
        People.Schema.ToString().ShouldBe("(Name: string, Age: long)");
    }

    [Fact]
    public void A_null_text_is_not_an_empty_one()
    {
        TextColumn names = People.Text("Name");

        names.IsNull(2).ShouldBeTrue();
        names.IsNull(3).ShouldBeFalse();
        names[2].Length.ShouldBe(0);
        names[3].Length.ShouldBe(0);
    }

    [Fact]
    public void An_unknown_column_names_the_nearest_and_all_there_are()
    {
        var error = Should.Throw<UnknownColumnException>(() => People["name"]);

        error.Message.ShouldBe("There is no column 'name'. Did you mean 'Name'? The columns are: Name, Age.");
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused() =>
        Should.Throw<QuarryException>(() => new TableBuilder(("A", ColumnType.Int), ("A", ColumnType.Long)))
            .Message.ShouldContain("'A'");

    [Fact]
    public void A_row_of_a_wrong_type_leaves_nothing_behind()
    {
        var builder = new TableBuilder(("A", ColumnType.Long), ("B", ColumnType.String));

        Should.Throw<ArgumentException>(() => builder.AddRow(1L, 2));

        builder.AddRow(1L, "x").Build().RowCount.ShouldBe(1);
    }

    [Fact]
    public void Columns_that_differ_in_length_are_refused()
    {
        var builder = new TableBuilder(("A", ColumnType.Long), ("B", ColumnType.Long));
        builder.Values<long>(0).Append(1);

        Should.Throw<ArgumentException>(builder.Build).Message.ShouldContain("'B' has 0 rows");
    }

    [Fact]
    public void Every_type_keeps_its_values_and_its_nulls()
    {
        object[] values =
        [
            true, 1, 2L, 3.5, 4.25m, new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), TimeSpan.FromTicks(5), "text",
            Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), """{"a":1}""",
        ];
        var builder = new TableBuilder(Enum.GetValues<ColumnType>().Select(t => (t.KqlName(), t)));

        Table table = builder.AddRow(values).AddRow(new object?[values.Length]).Build();

        Values(table).ShouldBe([values, new object?[values.Length]]);
    }

    [Fact]
    public void Slices_concatenations_and_streams_hold_the_same_rows_as_a_list_does()
    {
        var rows = Gen.Choose(0, 300).SelectMany(n => Gen.Elements<string?>(null, "", "a", "ab", "\0é").ArrayOf(n));

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(rows.ToArbitrary(), Gen.Choose(1, 70).ToArbitrary(), (texts, size) =>
        {
            var builder = new TableBuilder(("T", ColumnType.String), ("N", ColumnType.Int));
            for (int i = 0; i < texts.Length; i++)
            {
                builder.AddRow(texts[i], texts[i] is null ? null : i);
            }

            Table table = builder.Build();
            int first = texts.Length / 3;
            int count = (texts.Length - first) / 2;
            Table again = TableStream.Of(table, size).Gather();
            Table slice = TableStream.Of(table.Slice(first, count), size).Gather();

            return Values(again).Select(r => (string?)r[0]).SequenceEqual(texts)
                && Values(slice).Select(r => (string?)r[0]).SequenceEqual(texts.Skip(first).Take(count))
                && Values(slice).Select(r => (int?)r[1]).SequenceEqual(
                    texts.Select((t, i) => t is null ? null : (int?)i).Skip(first).Take(count));
        }));
    }

    [Fact]
    public void A_stream_gives_its_batches_once()
    {
        TableStream stream = TableStream.Of(People, 3);

        stream.TakeBatches().Select(b => (b.FirstRow, b.Table.RowCount)).ShouldBe([(0L, 3), (3L, 1)]);

        Should.Throw<InvalidOperationException>(stream.TakeBatches);
    }

    [Fact]
    public void Selecting_columns_keeps_the_order_asked_for() =>
        Values(People.Select("Age", "Name"))[0].ShouldBe([36L, "Ada"]);

    [Fact]
    public void Lone_surrogates_become_the_replacement_character()
    {
        var builder = new TextColumnBuilder();
        builder.Append("a\ud800b");

        ((TextColumn)builder.Build()).GetString(0).ShouldBe("a\ufffdb");
    }

    [Fact]
    public void A_text_column_past_its_limit_is_refused_with_what_to_do()
    {
        var builder = new TextColumnBuilder();

        Should.Throw<QuarryException>(() => GrowPastLimit(builder)).Message.ShouldContain("in batches");

        static void GrowPastLimit(TextColumnBuilder builder)
        {
            builder.Append("x");
            builder.GetSpan(TextColumnBuilder.MaxBytes);
        }
    }

    private static object?[][] Values(Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table.Columns.Select(c => c.GetValue(row)).ToArray())];
}
