namespace Quarry.Tests.Catalogue;

/// <summary>An enum whose members are choices.</summary>
public enum SampleLevel
{
    /// <summary>Nothing at all.</summary>
    None,

    /// <summary>An MD5 hash,
    /// over two lines.</summary>
    Md5Hash,

    /// <summary>An address.</summary>
    IPv4,
}
