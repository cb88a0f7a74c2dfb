using System.Globalization;

namespace Quarry.Data.Queries;

/// <summary>Something wrong in a file of query definitions; the file was left out.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong and what to do, in a sentence.</param>
public sealed record QueryFileProblem(string File, int Line, string Message)
{
    /// <summary>As compilers write it: <c>file:line: message</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {Message}");
}
