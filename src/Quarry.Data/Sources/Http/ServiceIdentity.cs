namespace Quarry.Data.Sources.Http;

/// <summary>A service as messages speak of it.</summary>
/// <param name="Name">Its name for a person, for example <c>Azure Data Explorer</c>.</param>
internal sealed record ServiceIdentity(string Name)
{
    /// <summary>What to do when it does not know who asks.</summary>
    public string OnUnauthenticated { get; init; } = "Sign in again (for example 'az login'), and check the tenant of the credential.";

    /// <summary>What to do when it knows who asks and refuses.</summary>
    public string OnForbidden { get; init; } = "Ask its owner for the right to read it.";

    /// <summary>What to do when what was asked for is not there.</summary>
    public string OnNotFound { get; init; } = "Check the address and the names in it.";
}
