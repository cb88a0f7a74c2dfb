using Quarry.Tables;

namespace Quarry.Tests.Tables;

public class CellReadingTests
{
    [Theory]
    [InlineData("2019-05-13T16:00:00Z", "2019-05-13T16:00:00.0000000Z")]
    [InlineData("2019-05-13 16:00:00+02:00", "2019-05-13T14:00:00.0000000Z")]
    [InlineData(" 2019-05-13 ", "2019-05-13T00:00:00.0000000Z")]
    [InlineData("2019-05-13T16:00:00.123456789Z", "2019-05-13T16:00:00.1234567Z")]
    [InlineData("2019-05-13T16:00:00.123456789+01:00", "2019-05-13T15:00:00.1234567Z")]
    [InlineData("2/10/19 10:00 AM", "2019-02-10T10:00:00.0000000Z")]
    [InlineData("5/3/2021, 8:46:01.477 PM", "2021-05-03T20:46:01.4770000Z")]
    [InlineData("Thu, 02 Jan 2020 03:04:05 GMT", "2020-01-02T03:04:05.0000000Z")]
    [InlineData("Thu Jan  2 03:04:05 2020", "2020-01-02T03:04:05.0000000Z")]
    [InlineData("2020/01/02 03:04:05", "2020-01-02T03:04:05.0000000Z")]
    [InlineData("1580000000", "2020-01-26T00:53:20.0000000Z")]
    [InlineData("1580000000.25", "2020-01-26T00:53:20.2500000Z")]
    [InlineData("1580000000123", "2020-01-26T00:53:20.1230000Z")]
    [InlineData("1580000000123456789", "2020-01-26T00:53:20.1234567Z")]
    [InlineData("20200102030405", "2020-01-02T03:04:05.0000000Z")]
    public void Reads_the_times_that_logs_write(string text, string expected)
    {
        Column column = TextOf(text);

        CellReading.ReadTime(column, 0, out DateTime time).ShouldBe(CellState.Read);

        time.ToString("O").ShouldBe(expected);
        time.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData(null, CellState.Missing)]
    [InlineData("", CellState.Missing)]
    [InlineData("  ", CellState.Missing)]
    [InlineData("12", CellState.Unreadable)]
    [InlineData("2019-02-30T00:00:00Z", CellState.Unreadable)]
    [InlineData("13/13/2019 10:00", CellState.Unreadable)]
    [InlineData("yesterday", CellState.Unreadable)]
    [InlineData("99999999999999999999", CellState.Unreadable)]
    public void Tells_a_missing_time_from_an_unreadable_one(string? text, CellState expected)
    {
        CellReading.ReadTime(TextOf(text), 0, out _).ShouldBe(expected);
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData(" -1.5e3 ", -1500)]
    [InlineData("+7", 7)]
    [InlineData("007", 7)]
    [InlineData(".5", 0.5)]
    public void Reads_numbers_in_text(string text, double expected)
    {
        CellReading.ReadNumber(TextOf(text), 0, out double value).ShouldBe(CellState.Read);

        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\t")]
    public void A_blank_is_no_number_and_not_unreadable(string text) =>
        CellReading.ReadNumber(TextOf(text), 0, out _).ShouldBe(CellState.Missing);

    [Theory]
    [InlineData("1,000")]
    [InlineData("abc")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData("+-1")]
    [InlineData("1.2.3")]
    public void What_is_no_number_is_unreadable(string text) =>
        CellReading.ReadNumber(TextOf(text), 0, out _).ShouldBe(CellState.Unreadable);

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" \r\n\u00a0\u3000", false)]
    [InlineData("a", true)]
    [InlineData("\u200b", true)]
    [InlineData(" 0", true)]
    public void A_cell_of_white_space_is_not_filled(string? text, bool expected) =>
        CellReading.IsFilled(TextOf(text), 0).ShouldBe(expected);

    [Fact]
    public void Typed_columns_are_read_as_they_are()
    {
        Table table = new TableBuilder(("t", ColumnType.DateTime), ("n", ColumnType.Long), ("r", ColumnType.Real))
            .AddRow(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc), 1_580_000_000L, double.NaN)
            .AddRow(null, null, null)
            .Build();

        CellReading.ReadTime(table["t"], 0, out DateTime time).ShouldBe(CellState.Read);
        time.ShouldBe(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        CellReading.ReadTime(table["n"], 0, out time).ShouldBe(CellState.Read);
        time.Year.ShouldBe(2020);
        CellReading.ReadNumber(table["r"], 0, out double value).ShouldBe(CellState.Read);
        value.ShouldBe(double.NaN);
        CellReading.ReadTime(table["t"], 1, out _).ShouldBe(CellState.Missing);
        CellReading.ReadText(table["n"], 0).ShouldBe("1580000000");
        CellReading.ReadText(table["n"], 1).ShouldBeNull();
    }

    private static Column TextOf(string? text) => new TableBuilder(("c", ColumnType.String)).AddRow(text).Build()[0];
}
