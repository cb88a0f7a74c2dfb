using Microsoft.AspNetCore.Http;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>Runs a query for a client and writes its answer as the rows are made.</summary>
internal static class QueryRunning
{
    /// <summary>
    /// Runs a query. What fails before the first rows is thrown, so that the status tells it; what fails after them ends the
    /// answer in the protocol's way.
    /// </summary>
    public static async Task AnswerAsync(KqlDatabase engine, string text, KqlRunOptions options, HttpResponse response, Func<Stream, IAnswer> answers, CancellationToken cancellation)
    {
        KqlQuery query = await Task.Run(() => engine.Prepare(text), cancellation).ConfigureAwait(false);
        using KqlRun run = await query.BeginAsync(options, cancellation).ConfigureAwait(false);
        await Task.Run(() => Write(run, query.Render, response, answers), cancellation).ConfigureAwait(false);
    }

    private static void Write(KqlRun run, KqlRender? render, HttpResponse response, Func<Stream, IAnswer> answers)
    {
        IAnswer? answer = null;
        Exception? error = null;
        for (int i = 0; i < run.Count && error is null; i++)
        {
            TableStream rows = run.Open(i);
            using IEnumerator<TableBatch> batches = rows.TakeBatches().GetEnumerator();
            bool any = false;
            try
            {
                any = batches.MoveNext();
            }
            catch (Exception failure) when (answer is not null)
            {
                error = failure;
                break;
            }

            answer ??= Begin(render, response, answers);
            answer.BeginTable(rows.Schema);
            error = any ? Rest(batches, answer) : null;
            if (error is null)
            {
                answer.EndTable();
            }
        }

        run.End();
        answer ??= Begin(render, response, answers);
        answer.End(run.Remarks, error);
    }

    private static IAnswer Begin(KqlRender? render, HttpResponse response, Func<Stream, IAnswer> answers)
    {
        response.ContentType = "application/json; charset=utf-8";
        IAnswer answer = answers(response.Body);
        answer.Begin(render);
        return answer;
    }

    // A client that went away is no failure of the query: writing to it throws and ends all.
    private static Exception? Rest(IEnumerator<TableBatch> batches, IAnswer answer)
    {
        while (true)
        {
            answer.Write(batches.Current.Table);
            try
            {
                if (!batches.MoveNext())
                {
                    return null;
                }
            }
            catch (Exception error)
            {
                return error;
            }
        }
    }
}
