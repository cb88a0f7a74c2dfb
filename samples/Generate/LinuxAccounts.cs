namespace Quarry.Samples;

/// <summary>The accounts of the Linux servers.</summary>
internal static class LinuxAccounts
{
    /// <summary>The user id of an account, which is its group's id too.</summary>
    public static int Id(string name) => name switch
    {
        "root" => 0,
        "ops" => 1001,
        "j.ortega" => 1002,
        "t.okafor" => 1003,
        "deploy" => 1005,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No account of the Linux servers has this name."),
    };
}
