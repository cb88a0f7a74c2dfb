namespace Quarry.Data.Queries.Reading;

/// <summary>A file that is no YAML, or not as it has to be.</summary>
/// <param name="line">The line, from 1.</param>
/// <param name="message">What is wrong.</param>
internal sealed class YamlProblemException(int line, string message) : Exception(message)
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = Math.Max(line, 1);
}
