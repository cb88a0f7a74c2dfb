using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>Answers recorded queries.</summary>
internal sealed class ConformanceRun : IDisposable
{
    private readonly KqlDatabase _database = KqlDatabase.Create(new KqlDatabaseOptions
    {
        Now = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        Timeout = TimeSpan.FromMinutes(1),
    });

    public void Dispose() => _database.Dispose();

    /// <summary>Whether a query is refused with an error at a place before anything runs.</summary>
    public bool IsRefused(string query)
    {
        try
        {
            _ = _database.Prepare(query);
            return false;
        }
        catch (KqlException refused)
        {
            return refused.Diagnostics.Count > 0;
        }
    }

    /// <summary>What came of a query: the result, or why there is none.</summary>
    public (Table? Result, string? Refusal, string? Failure) Answer(string query)
    {
        KqlQuery prepared;
        try
        {
            prepared = _database.Prepare(query);
        }
        catch (KqlException refused) when (refused.Diagnostics.Count > 0)
        {
            return (null, refused.Message, null);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return (null, null, error.Message);
        }

        try
        {
            return (prepared.RunAsync().GetAwaiter().GetResult().Table, null, null);
        }
        catch (KqlException refused) when (refused.Diagnostics.Count > 0)
        {
            return (null, refused.Message, null);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return (null, null, error.Message);
        }
    }
}
