namespace Quarry.Indicators;

/// <summary>The built-in types, in the order in which an equal text is decided between types of one priority.</summary>
internal enum IndicatorKind : byte
{
    Ipv4,
    Ipv6,
    Dns,
    Url,
    Email,
    WindowsPath,
    LinuxPath,
    Md5Hash,
    Sha1Hash,
    Sha256Hash,
    Sha512Hash,
    Cidr,
    Mac,
    Cve,
    RegistryKey,
    FileName,
    Asn,
    MitreAttack,
    Bitcoin,
    Ethereum,

    /// <summary>The first user-defined type; the others follow it.</summary>
    Custom,
}
