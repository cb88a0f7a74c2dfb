using Azure.Core;

namespace Quarry.Data.Tests.Sources;

/// <summary>A credential that gives one token, or fails.</summary>
internal sealed class FixedCredential(string token, Exception? fault = null) : TokenCredential
{
    /// <summary>What tokens were asked for.</summary>
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        return fault is null ? new AccessToken(token, DateTimeOffset.UtcNow.AddHours(1)) : throw fault;
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
