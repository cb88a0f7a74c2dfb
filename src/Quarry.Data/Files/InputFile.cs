namespace Quarry.Data.Files;

/// <summary>One input: a file, or standard input.</summary>
/// <param name="Path">The path as the user would write it; <c>-</c> for standard input.</param>
public sealed record InputFile(string Path)
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether it is standard input.</summary>
    public bool IsStandardInput => Path == StandardInput;

    /// <summary>How messages call it.</summary>
    public string Name => IsStandardInput ? "standard input" : Path;
}
