using Azure.Core;

namespace Quarry.Data.Sources.Http;

/// <summary>An answer whose head has arrived; its body is read as it arrives. Dispose of it, also before its end: the connection is let go.</summary>
internal sealed class ServiceAnswer : IDisposable
{
    private readonly HttpMessage _message;

    /// <summary>An answer.</summary>
    public ServiceAnswer(HttpMessage message, AnswerStream body)
    {
        _message = message;
        Body = body;
    }

    /// <summary>Its body. Reading throws <see cref="SourceException"/> where the connection breaks or a time limit passes.</summary>
    public AnswerStream Body { get; }

    /// <summary>Its status.</summary>
    public int Status => _message.Response.Status;

    /// <summary>A header; null where it is absent.</summary>
    public string? Header(string name) => _message.Response.Headers.TryGetValue(name, out string? value) ? value : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Body.Dispose();
        _message.Dispose();
    }
}
