using Quarry.Data.Engine;
using Quarry.Data.Kql;
using Quarry.Kql.Binding;
using Quarry.Kql.Lowering;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>Answers recorded queries and compares.</summary>
internal sealed class ConformanceRun : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory();

    public void Dispose() => _database.Dispose();

    /// <summary>What came of a query: the result, or why there is none.</summary>
    public (Table? Result, string? Refusal, string? Failure, string? Sql) Answer(string query)
    {
        BoundQuery bound = Binder.Bind(SyntaxTree.Parse(query), new Dictionary<string, RowSchema>());
        if (bound.Diagnostics.Count > 0)
        {
            return (null, bound.Diagnostics[0].Message, null, null);
        }

        string? sql = null;
        try
        {
            var options = new LoweringOptions { Now = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), SqlNameOf = name => name };
            LoweredQuery lowered = bound.Results.Count > 0 ? Lowerer.Lower(bound.Results[^1], options) : Lowerer.Lower(bound.Scalar!, options);
            sql = lowered.Sql;
            using DuckDbConnection connection = _database.Connect();
            KqlFunctions.Ensure(connection, lowered.Functions.Concat(lowered.Aggregates));
            using DuckDbResult result = connection.Query(lowered.Sql);
            return (Read(result, lowered), null, null, sql);
        }
        catch (LoweringRefusedException refused)
        {
            return (null, refused.Message, null, sql);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return (null, null, error.Message, sql);
        }
    }

    private static Table Read(DuckDbResult result, LoweredQuery lowered)
    {
        var builder = new TableBuilder(new TableSchema([.. lowered.Columns]));
        foreach (DuckDbChunk chunk in result.Chunks())
        {
            for (int row = 0; row < chunk.RowCount; row++)
            {
                for (int column = 0; column < lowered.Columns.Count; column++)
                {
                    builder[column].AppendObject(Typed(chunk[column].GetValue(row), lowered.Columns[column].Type));
                }
            }
        }

        return builder.Build();
    }

    private static object? Typed(object? value, ColumnType type) => (value, type) switch
    {
        (long ticks, ColumnType.DateTime) => ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks, DateTimeKind.Utc),
        (long ticks, ColumnType.TimeSpan) => new TimeSpan(ticks),
        (string text, ColumnType.Guid) => Guid.Parse(text),
        _ => value,
    };
}
