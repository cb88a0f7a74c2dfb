using Quarry.Processes;
using Quarry.Tables;

namespace Quarry.Tests.Processes;

public sealed class ProcessSchemasTests
{
    public static TheoryData<string> Names { get; } = [.. ProcessSchemas.All.Select(schema => schema.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_schema_is_recognised_from_its_columns(string name)
    {
        ProcessSchema schema = ProcessSchemas.All.Single(s => s.Name == name);

        ProcessSchemas.Recognise(Schema([.. schema.Columns.Values.Select(names => names[0])])).ShouldBe(schema);
        ProcessSchemas.Recognise(Schema([.. ProcessSchema.Required.Select(field => schema.Columns[field][0].ToUpperInvariant())])).ShouldBe(schema);
    }

    [Fact]
    public void The_kinds_and_the_schemas_are_in_one_order()
    {
        ProcessSchemas.All.Select(schema => schema.Name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant())
            .ShouldBe(Enum.GetNames<ProcessSchemaKind>().Select(name => name.ToLowerInvariant()));
    }

    [Fact]
    public void Where_none_fits_the_error_says_what_each_misses_and_how_to_name_columns()
    {
        QuarryException error = Should.Throw<QuarryException>(() => ProcessTreeTables.SchemaOf(Schema("Image", "ProcessId", "ParentProcessId", "When")));

        error.Message.ShouldContain("SYSMON misses UtcTime.");
        error.Message.ShouldContain("WIN misses NewProcessName, NewProcessId, TimeGenerated.");
        error.Message.ShouldContain("--process-name");
    }

    [Fact]
    public void A_column_that_is_named_takes_the_place_of_the_schema_s()
    {
        var options = new ProcessTreeOptions { Time = "When" };

        ProcessColumns columns = ProcessColumns.Of(Schema("Image", "ProcessId", "ParentProcessId", "When"), options);

        columns.Schema.Name.ShouldBe("SYSMON");
        columns[ProcessField.Time].ShouldBe(3);
    }

    [Fact]
    public void Refuses_columns_that_are_not_there_and_one_column_for_both_ids()
    {
        TableSchema schema = Schema("n", "i", "p", "t");
        var options = new ProcessTreeOptions { ProcessName = "n", ProcessId = "i", ParentId = "p", Time = "t" };

        Should.Throw<UnknownColumnException>(() => ProcessColumns.Of(schema, options with { Host = "hots" })).Message.ShouldContain("'hots'");
        Should.Throw<QuarryException>(() => ProcessColumns.Of(schema, options with { ParentId = "i" })).Message.ShouldContain("cannot hold both");
        Should.Throw<QuarryException>(() => ProcessColumns.Of(schema, new ProcessTreeOptions { Schema = ProcessSchemaKind.Win })).Message.ShouldContain("WIN misses");
    }

    private static TableSchema Schema(params string[] names) => new(names.Select(name => new ColumnSchema(name, ColumnType.String)));
}
