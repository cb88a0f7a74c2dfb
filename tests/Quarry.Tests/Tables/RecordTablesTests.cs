using Quarry.Tables;

namespace Quarry.Tests.Tables;

public class RecordTablesTests
{
    private enum Severity
    {
        Low,
        High,
    }

    [Fact]
    public void Records_come_back_as_they_went()
    {
        Sighting[] sightings =
        [
            new("host1", 4688, Severity.High, new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc), null) { Score = 0.5 },
            new("host2", 1, Severity.Low, new DateTime(2024, 5, 6, 0, 0, 0, DateTimeKind.Utc), [1, 2, 255]),
        ];

        Table table = sightings.ToTable();
        Sighting[] back = [.. table.ToRecords<Sighting>()];

        table.Schema.ToString().ShouldBe("(Host: string, Event: int, Severity: string, Time: datetime, Raw: string, Score: real)");
        back.Length.ShouldBe(2);
        back[0].ShouldBe(sightings[0]);
        (back[1] with { Raw = null }).ShouldBe(sightings[1] with { Raw = null });
        back[1].Raw.ShouldBe(sightings[1].Raw);
    }

    [Fact]
    public void A_null_where_none_can_be_names_column_and_row()
    {
        Table table = new TableBuilder(("Value", ColumnType.Long)).AddRow(1L).AddRow((object?)null).Build();

        Should.Throw<QuarryException>(() => table.ToRecords<Number>().ToList()).Message.ShouldContain("'Value' is null in row 1");
    }

    [Fact]
    public void A_missing_column_names_the_nearest()
    {
        Table table = new TableBuilder(("Valu", ColumnType.Long)).Build();

        Should.Throw<UnknownColumnException>(() => table.ToRecords<Number>().ToList()).Message.ShouldContain("Did you mean 'Valu'?");
    }

    [Fact]
    public void A_property_no_column_can_hold_is_refused() =>
        Should.Throw<QuarryException>(() => new[] { new { Odd = new Uri("http://example.com") } }.ToTable())
            .Message.ShouldContain("'Odd'");

    private sealed record Number(long Value);

    private sealed record Sighting(string Host, int Event, Severity Severity, DateTime Time, byte[]? Raw)
    {
        public double? Score { get; init; }
    }
}
