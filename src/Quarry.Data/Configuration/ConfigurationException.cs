using System.Globalization;

namespace Quarry.Data.Configuration;

/// <summary>A configuration cannot be read, or does not say what is needed. The message says where and what to do, and holds no secret.</summary>
public sealed class ConfigurationException : QuarryException
{
    /// <summary>A fault that is not of one place in a file.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>A fault in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; null for the file as a whole.</param>
    /// <param name="what">What is wrong with it, continuing "line 3 …", and what to do.</param>
    /// <param name="innerException">The error below it.</param>
    public ConfigurationException(string file, int? line, string what, Exception? innerException = null)
        : base(Describe(file, line, what), innerException)
    {
        File = file;
        Line = line;
        Problem = what;
    }

    /// <summary>The file; null where it is not about one.</summary>
    public string? File { get; }

    /// <summary>The line, from 1; null where it is not about one.</summary>
    public int? Line { get; }

    /// <summary>What is wrong there, without file and line; null where it is not about a file.</summary>
    internal string? Problem { get; }

    private static string Describe(string file, int? line, string what) =>
        line is { } one ? string.Create(CultureInfo.InvariantCulture, $"{file}: line {one} {what}") : $"{file} {what}";
}
