using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>A statement with parameters, to run as often as wanted. It belongs to its connection's thread.</summary>
public sealed class DuckDbStatement : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly StatementHandle _handle;
    private bool _disposed;

    internal DuckDbStatement(DuckDbConnection connection, StatementHandle handle)
    {
        _connection = connection;
        _handle = handle;
        ParameterCount = (int)DuckDbNative.duckdb_nparams(handle);
    }

    /// <summary>The number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Gives a parameter its value until it is given another.</summary>
    /// <param name="index">The parameter, from 1.</param>
    /// <param name="value">
    /// Null, bool, any integer, float, double, decimal, string, char, bytes, DateTime (taken as UTC), DateTimeOffset, DateOnly,
    /// TimeOnly, TimeSpan, DuckDbInterval or Guid. In a string what is not valid UTF-16 becomes U+FFFD.
    /// </param>
    /// <exception cref="EngineException">There is no such parameter.</exception>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public DuckDbStatement Bind(int index, object? value)
    {
        using ValueHandle native = NativeValue.Create(value);
        return Bind(index, native);
    }

    /// <summary>Gives a named parameter (<c>$name</c>) its value until it is given another.</summary>
    /// <inheritdoc cref="Bind(int, object?)"/>
    public DuckDbStatement Bind(string name, object? value)
    {
        return DuckDbNative.duckdb_bind_parameter_index(_handle, out ulong index, NativeText.RequireNoNul(name, "name of the parameter")) == DuckDbNative.Success
            ? Bind((int)index, value)
            : throw new EngineException($"The statement has no parameter ${name}.");
    }

    /// <summary>Gives a parameter a text in UTF-8 until it is given another value.</summary>
    /// <exception cref="EngineException">There is no such parameter, or the text is not valid UTF-8.</exception>
    public DuckDbStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        using ValueHandle native = NativeValue.Text(utf8);
        return Bind(index, native);
    }

    /// <summary>Runs it and gives the number of rows it changed.</summary>
    /// <inheritdoc cref="DuckDbConnection.Execute" path="/exception"/>
    public long Execute(CancellationToken cancellation = default)
    {
        using DuckDbResult result = Query(cancellation);
        return result.RowsChanged;
    }

    /// <summary>Runs it and holds its whole result in DuckDB's memory. The connection is free at once.</summary>
    /// <inheritdoc cref="DuckDbConnection.Execute" path="/exception"/>
    public unsafe DuckDbResult Query(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _connection.Run(cancellation, result => DuckDbNative.duckdb_execute_prepared(_handle, result.Pointer));
    }

    /// <summary>Runs it and gives its rows as they are made: see <see cref="DuckDbConnection.Stream"/>.</summary>
    /// <inheritdoc cref="DuckDbConnection.Execute" path="/exception"/>
    public DuckDbResult Stream(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _connection.RunStream(cancellation, StreamInto);
    }

    /// <summary>Lets go of it. Results of it stay usable.</summary>
    public void Dispose()
    {
        _disposed = true;
        _handle.Dispose();
    }

    private unsafe int StreamInto(ResultHandle result)
    {
        int state = DuckDbNative.duckdb_pending_prepared_streaming(_handle, out nint pending);
        try
        {
            return state == DuckDbNative.Success
                ? DuckDbNative.duckdb_execute_pending(pending, result.Pointer)
                : throw new EngineException(DuckDbNative.Text(DuckDbNative.duckdb_pending_error(pending)) ?? "DuckDB could not run the statement.");
        }
        finally
        {
            DuckDbNative.duckdb_destroy_pending(ref pending);
        }
    }

    private DuckDbStatement Bind(int index, ValueHandle value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return index > 0 && DuckDbNative.duckdb_bind_value(_handle, (ulong)index, value) == DuckDbNative.Success
            ? this
            : throw new EngineException($"The statement has {ParameterCount} parameters, from 1; there is none {index}.");
    }
}
