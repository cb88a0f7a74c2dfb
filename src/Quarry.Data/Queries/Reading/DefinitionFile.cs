namespace Quarry.Data.Queries.Reading;

/// <summary>What a file of query definitions holds.</summary>
/// <param name="Definitions">Its queries; none where there is a problem.</param>
/// <param name="Problems">What is wrong in it.</param>
/// <param name="Remarks">What was left out that is right, a sentence each.</param>
internal sealed record DefinitionFile(IReadOnlyList<QueryDefinition> Definitions, IReadOnlyList<QueryFileProblem> Problems, IReadOnlyList<string> Remarks)
{
    private const long LongestFile = 2 << 20;

    /// <summary>Reads a file from the disk.</summary>
    public static DefinitionFile Open(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > LongestFile)
            {
                return Broken(path, $"The file has more than {LongestFile >> 20} MB; is it a file of query definitions?");
            }

            using var reader = new StreamReader(file);
            char[] text = new char[LongestFile];
            int length = reader.ReadBlock(text);
            return length == text.Length ? Broken(path, $"The file has more than {LongestFile >> 20} MB; is it a file of query definitions?") : Read(path, new string(text, 0, length), isShipped: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Broken(path, $"The file cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="isShipped">Whether it is one of Quarry's own, in which no name makes a parameter a piece of KQL.</param>
    public static DefinitionFile Read(string path, string text, bool isShipped)
    {
        try
        {
            return new DefinitionReader(path, isShipped).Read(YamlReader.Read(text));
        }
        catch (YamlProblemException problem)
        {
            return new DefinitionFile([], [new QueryFileProblem(path, problem.Line, problem.Message)], []);
        }
    }

    private static DefinitionFile Broken(string path, string message) => new([], [new QueryFileProblem(path, 1, message)], []);
}
