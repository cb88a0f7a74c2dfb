using Quarry.Data.Sources;
using Quarry.Data.Sources.Answers;
using Quarry.Tables;
using static Quarry.Data.Tests.Sources.Answers.AnswerTexts;

namespace Quarry.Data.Tests.Sources.Answers;

public sealed class TablesAnswerTests
{
    [Fact]
    public void Reads_version_1_of_Kusto()
    {
        Table table = Gather(TablesOf("""
            {"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"Name","DataType":"String","ColumnType":"string"},{"ColumnName":"On","DataType":"SByte","ColumnType":"bool"},{"ColumnName":"N","DataType":"Int64"}],
             "Rows":[["a",1,2],["b",0,null]]}]}
            """)).ShouldHaveSingleItem();

        table.Schema.ToString().ShouldBe("(Name: string, On: bool, N: long)");
        table[1].GetValue(0).ShouldBe(true);
        table[2].GetValue(1).ShouldBeNull();
    }

    [Fact]
    public void Reads_Log_Analytics_in_any_order_of_properties()
    {
        TablesAnswer reader = TablesOf("""
            {"statistics":{"query":{"executionTime":0.1}},"tables":[{"rows":[["2024-01-01T00:00:00.1234567Z",1]],"columns":[{"name":"T","type":"datetime"},{"type":"real","name":"x"}],"name":"PrimaryResult"}],
             "render":{"visualization":"barchart","title":null}}
            """);

        Table table = Gather(reader).Single();

        ((DateTime)table[0].GetValue(0)!).Ticks.ShouldBe(new DateTime(2024, 1, 1).Ticks + 1234567);
        reader.Render!.Kind.ShouldBe("barchart");
    }

    [Fact]
    public void An_error_after_the_rows_is_an_error()
    {
        string json = """
            {"tables":[{"name":"PrimaryResult","columns":[{"name":"x","type":"long"}],"rows":[[1],[2]]}],
             "error":{"code":"PartialError","message":"There were some errors.","details":[{"code":"EngineError","message":"Something went wrong.","innererror":{"code":"-2133196797","message":"The results exceed the limit (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003)"}}]}}
            """;

        PartialResultException error = Fault(TablesOf(json)).ShouldBeOfType<PartialResultException>();
        error.Message.ShouldContain("The results exceed the limit");

        TablesAnswer allowing = TablesOf(json, allowsPartial: true);
        Gather(allowing).Single().RowCount.ShouldBe(2);
        allowing.IsPartial.ShouldBeTrue();
    }

    [Theory]
    [InlineData("{}", "holds no tables")]
    [InlineData("""{"Tables":[{"TableName":"T","Rows":[[1]]}]}""", "'T' has no columns")]
    [InlineData("""{"Tables":[{"TableName":"T","Columns":[]}]}""", "'T' has no rows")]
    [InlineData("""{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"x"}],"Rows":[]}]}""", "a type that there is not")]
    [InlineData("""{"Tables":[{"TableName":"T","Columns":[{"ColumnType":"long"}],"Rows":[]}]}""", "a column without a name")]
    [InlineData("""{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"x","ColumnType":"long"}],"Rows":[["a"]]}]}""", "row 1, column 'x' is said to be long")]
    [InlineData("""{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"x","ColumnType":"long"}],"Rows":[[1]""", "ends in the middle")]
    [InlineData("[]", "'{' is expected")]
    public void An_answer_that_is_none_is_refused(string json, string said)
    {
        SourceException error = Fault(TablesOf(json));

        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
        error.Message.ShouldContain(said);
    }

    [Fact]
    public void An_exception_of_version_1_in_place_of_a_row_is_an_error()
    {
        Fault(TablesOf("""{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"x","ColumnType":"long"}],"Rows":[[1],{"Exceptions":["Query timed out"]}]}],"Exceptions":["Query timed out"]}"""))
            .Fault.ShouldBe(SourceFault.Timeout);
    }
}
