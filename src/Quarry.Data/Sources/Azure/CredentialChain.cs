using Azure.Core;
using Azure.Identity;

namespace Quarry.Data.Sources.Azure;

/// <summary>
/// Tries ways to sign in, one after the other, and stays with the first that gives a token. A way is made when it is tried and
/// not before; nothing is asked until a token is needed.
/// </summary>
internal sealed class CredentialChain : TokenCredential, IDisposable
{
    private readonly IReadOnlyList<CredentialWay> _ways;
    private readonly SemaphoreSlim _one = new(1);
    private volatile TokenCredential? _found;

    /// <summary>A chain of ways, in the order they are tried.</summary>
    public CredentialChain(IReadOnlyList<CredentialWay> ways) => _ways = ways;

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (_found is { } found)
        {
            return await found.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }

        // Queries that run side by side would ask a person as often.
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _found is { } meanwhile
                ? await meanwhile.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false)
                : await FirstAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async ValueTask<AccessToken> FirstAsync(TokenRequestContext context, CancellationToken cancellation)
    {
        var refusals = new List<Exception>();
        var reasons = new List<string>();
        foreach (CredentialWay way in _ways)
        {
            try
            {
                TokenCredential credential = await way.CreateAsync(cancellation).ConfigureAwait(false);
                AccessToken token = await credential.GetTokenAsync(context, cancellation).ConfigureAwait(false);
                _found = credential;
                return token;
            }
            catch (Exception error) when (error is AuthenticationFailedException or QuarryException)
            {
                refusals.Add(error);
                reasons.Add($"{way.Name}: {FirstSentence(error.Message)}");
            }
        }

        string tried = reasons.Count == 0 ? "No way to sign in is configured (Azure.auth_methods)." : $"None of the ways to sign in works. {string.Join(' ', reasons)}";
        throw new AuthenticationFailedException(tried, refusals.Count == 1 ? refusals[0] : new AggregateException(refusals));
    }

    // What follows the first sentence is advice of the library on its own settings, in many lines.
    private static string FirstSentence(string message)
    {
        string line = message.Split('\n')[0].Trim();
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? $"{line.TrimEnd('.')}." : line[..(end + 1)];
    }
}
