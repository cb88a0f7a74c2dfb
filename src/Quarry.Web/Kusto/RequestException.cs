namespace Quarry.Web.Kusto;

/// <summary>A request that cannot be answered, as the services say it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The code of the error.</param>
/// <param name="message">What is wrong.</param>
internal sealed class RequestException(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The code of the error.</summary>
    public string Code { get; } = code;
}
