using System.Globalization;

namespace Quarry.Data.Configuration;

/// <summary>Where the value of a setting comes from.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Name">The environment variable, or <c>vault/secret</c>; null of other kinds.</param>
/// <param name="File">The file that says so; null where none does.</param>
/// <param name="Line">The line there, from 1.</param>
public sealed record ValueOrigin(OriginKind Kind, string? Name = null, string? File = null, int? Line = null)
{
    /// <summary>A value that nothing sets.</summary>
    public static ValueOrigin Default { get; } = new(OriginKind.Default);

    /// <summary>A value that the program was given.</summary>
    public static ValueOrigin Given { get; } = new(OriginKind.Given);

    /// <summary>For a person: <c>/home/me/msticpyconfig.yaml:12</c>, <c>environment variable KEY (…:12)</c>, <c>default</c>.</summary>
    public override string ToString()
    {
        string place = Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{File}:{line}") : File ?? "";
        return Kind switch
        {
            OriginKind.Default => "default",
            OriginKind.Given => "given",
            OriginKind.EnvironmentVariable => $"environment variable {Name} ({place})",
            OriginKind.KeyVault => $"key vault {Name} ({place})",
            _ => place,
        };
    }
}
