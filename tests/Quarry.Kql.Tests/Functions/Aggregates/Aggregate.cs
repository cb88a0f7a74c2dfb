using Quarry.Kql.Functions;
using Quarry.Tables;

namespace Quarry.Kql.Tests.Functions.Aggregates;

/// <summary>Calls aggregates that are computed in C# without an engine: rows of values of .NET.</summary>
internal static class Aggregate
{
    /// <summary>The value of the first form of an aggregate, its rows gathered in as many parts as said and merged.</summary>
    public static object? Of(string name, object?[][] rows, int parts = 1, ColumnType? first = null)
    {
        AggregateFunction form = FunctionLibrary.Aggregates[name].First(one => first is null || one.Parameters[0] == first);
        AggregateState[] states = [.. Enumerable.Range(0, parts).Select(_ => form.Create())];
        int per = (rows.Length + parts - 1) / parts;
        for (int i = 0; i < rows.Length; i++)
        {
            AggregateState state = states[i / per];
            var adding = new ScalarFunction("$add", form.Parameters, ColumnType.Bool, (in a, ref r) =>
            {
                state.Add(a);
                r.Bool(true);
            });
            Call.Of(adding, rows[i]);
        }

        AggregateState whole = form.Create();
        foreach (AggregateState state in states)
        {
            whole.Merge(state);
        }

        return Call.Of(new ScalarFunction("$finish", [], form.Returns, (in _, ref r) => whole.Finish(ref r)));
    }
}
