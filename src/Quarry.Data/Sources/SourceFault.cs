namespace Quarry.Data.Sources;

/// <summary>What went wrong with a source.</summary>
public enum SourceFault
{
    /// <summary>No connection: no network, no such host, refused.</summary>
    Unreachable,

    /// <summary>The server's certificate is not the host's, or not trusted.</summary>
    Certificate,

    /// <summary>Who asks is not known: no credential, a wrong tenant, an expired token, 401.</summary>
    Unauthenticated,

    /// <summary>Who asks may not: 403.</summary>
    Forbidden,

    /// <summary>The workspace, cluster, database or table is not there: 404.</summary>
    NotFound,

    /// <summary>The query is not right.</summary>
    BadQuery,

    /// <summary>Too many requests, also after waiting as the service asked: 429.</summary>
    Throttled,

    /// <summary>The time is over, here or at the service.</summary>
    Timeout,

    /// <summary>The service failed: 500, 503.</summary>
    ServiceFailed,

    /// <summary>The answer broke off, or is no answer of the protocol, or does not fit what it says of itself.</summary>
    BrokenAnswer,

    /// <summary>The service cut the answer short.</summary>
    Partial,

    /// <summary>The source cannot do what was asked.</summary>
    Unsupported,
}
