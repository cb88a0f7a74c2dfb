using Quarry.Data.Files.Readers;
using Quarry.Data.Kql;

namespace Quarry.Data.Sources.Local;

/// <summary>Names of files in place of queries: what MSTICPy's queries of LocalData are.</summary>
internal static class LocalFileName
{
    /// <summary>The table that a file is whose name a text is; null where the text is none.</summary>
    public static string? TableOf(string text)
    {
        string name = text.Trim();
        bool isFile = name.IndexOfAny(['|', '\n', ';', '(', '"', '{']) < 0 && (FileFormats.OfName(name) is not null || IsPickle(name));
        return isFile ? KqlTable.NameOf(name) : null;
    }

    /// <summary>Whether a file is a pickled table, which is never read.</summary>
    public static bool IsPickle(string path) => Path.GetExtension(path).ToLowerInvariant() is ".pkl" or ".pickle";
}
