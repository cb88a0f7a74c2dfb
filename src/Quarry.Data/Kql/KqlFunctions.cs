using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Quarry.Data.Engine;
using Quarry.Data.Engine.Native;
using Quarry.Kql.Functions;

namespace Quarry.Data.Kql;

/// <summary>
/// KQL's functions in a database. Each is registered when a query first uses it: all of them would cost every database some
/// milliseconds at its start.
/// </summary>
internal static class KqlFunctions
{
    private static readonly ConditionalWeakTable<DatabaseHandle, HashSet<string>> Registered = [];

    private static readonly Lazy<FrozenDictionary<string, ScalarFunction>> Scalars = new(() =>
        FunctionLibrary.Scalars.Values.SelectMany(forms => forms).ToFrozenDictionary(form => form.SqlName, StringComparer.Ordinal));

    private static readonly Lazy<FrozenDictionary<string, AggregateFunction>> Aggregates = new(() =>
        FunctionLibrary.Aggregates.Values.SelectMany(forms => forms).ToFrozenDictionary(form => form.SqlName, StringComparer.Ordinal));

    /// <summary>Makes functions and aggregates of the library known in the connection's database, where they are not yet.</summary>
    /// <param name="connection">A connection without an open transaction.</param>
    /// <param name="names">Their names in SQL (<see cref="ScalarFunction.SqlName"/>, <see cref="AggregateFunction.SqlName"/>).</param>
    /// <exception cref="ArgumentException">There is none of a name.</exception>
    public static void Ensure(DuckDbConnection connection, IEnumerable<string> names)
    {
        HashSet<string> registered = RegisteredIn(connection);
        lock (registered)
        {
            foreach (string name in names)
            {
                if (registered.Contains(name))
                {
                    continue;
                }

                if (Scalars.Value.TryGetValue(name, out ScalarFunction? scalar))
                {
                    Register(connection, scalar);
                }
                else if (Aggregates.Value.TryGetValue(name, out AggregateFunction? aggregate))
                {
                    Register(connection, aggregate);
                }
                else
                {
                    throw new ArgumentException($"There is no function '{name}' computed in C#.", nameof(names));
                }
            }
        }
    }

    /// <summary>Makes a function known in the connection's database, where it is not yet.</summary>
    public static void Register(DuckDbConnection connection, ScalarFunction function) =>
        Register(connection, function.SqlName, handle => KqlScalarCallbacks.Register(handle, function));

    /// <summary>Makes an aggregate known in the connection's database, where it is not yet.</summary>
    public static void Register(DuckDbConnection connection, AggregateFunction function) =>
        Register(connection, function.SqlName, handle => KqlAggregateCallbacks.Register(handle, function));

    // Two connections that register at once would conflict in DuckDB's catalogue.
    private static void Register(DuckDbConnection connection, string name, Action<ConnectionHandle> register)
    {
        HashSet<string> registered = RegisteredIn(connection);
        lock (registered)
        {
            if (registered.Contains(name))
            {
                return;
            }

            using DuckDbConnection.Turn turn = connection.Enter();
            register(connection.Handle);
            registered.Add(name);
        }
    }

    private static HashSet<string> RegisteredIn(DuckDbConnection connection) =>
        Registered.GetValue(connection.Handle.Database, _ => new HashSet<string>(StringComparer.Ordinal));
}
