namespace Quarry.Data.Engine.Native;

/// <summary>Errors of results as exceptions.</summary>
internal static unsafe class NativeError
{
    // DUCKDB_ERROR_INTERRUPT of duckdb.h.
    private const int Interrupted = 29;

    /// <summary>What to throw for a result that failed.</summary>
    /// <param name="result">The result.</param>
    /// <param name="cancellation">The statement's token.</param>
    /// <param name="interrupted">Whether the connection was told to interrupt it.</param>
    internal static Exception Of(ResultHandle result, CancellationToken cancellation, bool interrupted)
    {
        string message = DuckDbNative.Text(DuckDbNative.duckdb_result_error(result.Pointer)) ?? "DuckDB failed without saying why.";
        var error = new EngineException(message);
        if (cancellation.IsCancellationRequested)
        {
            return new OperationCanceledException("The statement was cancelled.", error, cancellation);
        }

        if (DuckDbNative.duckdb_result_error_type(result.Pointer) != Interrupted)
        {
            return error;
        }

        // A thread that fails interrupts the others, and now and then a stream sees that rather than the failure.
        return interrupted
            ? new OperationCanceledException("The statement was interrupted.", error)
            : new EngineException("The statement failed while its rows were made, and DuckDB does not tell why. Run it as a query rather than as a stream to see it.", error);
    }
}
