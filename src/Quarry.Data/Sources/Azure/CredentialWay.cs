using Azure.Core;

namespace Quarry.Data.Sources.Azure;

/// <summary>A way to sign in.</summary>
/// <param name="Name">Its name in a configuration.</param>
/// <param name="CreateAsync">Makes it, when it is tried; may read a secret, and throws where something for it is missing.</param>
internal sealed record CredentialWay(string Name, Func<CancellationToken, ValueTask<TokenCredential>> CreateAsync);
