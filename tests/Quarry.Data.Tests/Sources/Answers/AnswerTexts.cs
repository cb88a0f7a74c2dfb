using System.Text;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Tests.Sources.Answers;

/// <summary>Short ways to read an answer.</summary>
internal static class AnswerTexts
{
    public static ServiceFaults Faults { get; } = new(new ServiceIdentity("Test service"), new Uri("https://test.example"), "the query");

    public static List<Table> Gather(AnswerReader reader)
    {
        var tables = new List<(TableSchema Schema, List<Table> Rows)>();
        foreach (AnswerPart part in reader.Read())
        {
            if (part.Schema is { } schema)
            {
                tables.Add((schema, []));
            }
            else
            {
                tables[^1].Rows.Add(part.Rows!);
            }
        }

        return [.. tables.Select(table => Table.Concat(table.Schema, table.Rows))];
    }

    public static KustoFrames Frames(string json, bool allowsPartial = false) => new(new MemoryStream(Encoding.UTF8.GetBytes(json)), Faults, allowsPartial, 64);

    public static TablesAnswer TablesOf(string json, bool allowsPartial = false) => new(new MemoryStream(Encoding.UTF8.GetBytes(json)), Faults, allowsPartial, 64);

    /// <summary>An answer of version 2 with one table.</summary>
    public static string Frame(string columns, string rows, string completion = "\"HasErrors\":false") => $$"""
        [{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"},
         {"FrameType":"DataTable","TableId":1,"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":[{{Columns(columns)}}],"Rows":[{{rows}}]},
         {"FrameType":"DataSetCompletion",{{completion}},"Cancelled":false}]
        """;

    /// <summary><c>a:long, b:string</c> as columns of version 2.</summary>
    public static string Columns(string columns) => string.Join(',', columns.Split(", ").Select(column => column.Split(':')).Select(pair => $$"""{"ColumnName":"{{pair[0]}}","ColumnType":"{{pair[1]}}"}"""));

    public static SourceException Fault(AnswerReader reader)
    {
        try
        {
            Gather(reader);
        }
        catch (SourceException fault)
        {
            return fault;
        }

        throw new InvalidOperationException("The answer was taken as whole.");
    }
}
