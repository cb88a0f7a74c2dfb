namespace Quarry.Data.Configuration;

/// <summary>Reads a secret from a key vault, when it is needed and not before.</summary>
/// <param name="vault">The vault's name, or its address.</param>
/// <param name="secret">The secret's name.</param>
/// <param name="cancellation">Stops waiting.</param>
/// <returns>Its value.</returns>
public delegate Task<string> SecretReader(string vault, string secret, CancellationToken cancellation);
