namespace Quarry.Data.Engine.Native;

/// <summary>Errors of results as exceptions.</summary>
internal static unsafe class NativeError
{
    // DUCKDB_ERROR_INTERRUPT of duckdb.h.
    private const int Interrupted = 29;

    /// <summary>What to throw for a result that failed.</summary>
    internal static Exception Of(ResultHandle result, CancellationToken cancellation)
    {
        string message = DuckDbNative.Text(DuckDbNative.duckdb_result_error(result.Pointer)) ?? "DuckDB failed without saying why.";
        var error = new EngineException(message);
        if (cancellation.IsCancellationRequested)
        {
            return new OperationCanceledException("The statement was cancelled.", error, cancellation);
        }

        return DuckDbNative.duckdb_result_error_type(result.Pointer) == Interrupted
            ? new OperationCanceledException("The statement was interrupted.", error)
            : error;
    }
}
