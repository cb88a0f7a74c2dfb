using Azure.Core;
using Azure.Core.Pipeline;
using Quarry.Data.Configuration;
using Quarry.Data.Kql;

namespace Quarry.Data.Sources;

/// <summary>What a <see cref="QueryProvider"/> works with.</summary>
public sealed record QueryProviderOptions
{
    /// <summary>The configuration; null to look for <c>msticpyconfig.yaml</c> as <see cref="QuarryConfiguration.Load"/> does.</summary>
    public QuarryConfiguration? Configuration { get; init; }

    /// <summary>Folders of data for LocalData, beside those of the configuration.</summary>
    public IReadOnlyList<string> DataPaths { get; init; } = [];

    /// <summary>Files and folders of query definitions, beside those of the configuration.</summary>
    public IReadOnlyList<string> QueryPaths { get; init; } = [];

    /// <summary>How the embedded engine works, for LocalData.</summary>
    public KqlDatabaseOptions Engine { get; init; } = new();

    /// <summary>Who asks a service; null for what the configuration says.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>What carries requests to a service; null for the usual.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>Shows a person what to do to sign in (the code of a device); null where nobody is there.</summary>
    public Action<string>? Tell { get; init; }
}
