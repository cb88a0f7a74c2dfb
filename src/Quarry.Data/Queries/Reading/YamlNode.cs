namespace Quarry.Data.Queries.Reading;

/// <summary>A node of a YAML document with the line at which it begins.</summary>
/// <param name="Line">The line, from 1.</param>
internal abstract record YamlNode(int Line);

/// <summary>A text.</summary>
/// <param name="Line">The line at which it begins.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsPlain">Whether it stands there without quotes.</param>
/// <param name="TextLine">The line of the text's first line; the same as <paramref name="Line"/> but for blocks.</param>
/// <param name="KeepsLines">Whether the text's lines are the file's.</param>
internal sealed record YamlScalar(int Line, string Text, bool IsPlain, int TextLine, bool KeepsLines) : YamlNode(Line)
{
    /// <summary>Whether it says that there is no value.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
/// <param name="Line">The line at which it begins.</param>
/// <param name="Items">What is in it.</param>
internal sealed record YamlSequence(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

/// <summary>Keys with values; a key is there once.</summary>
/// <param name="Line">The line at which it begins.</param>
/// <param name="Entries">The keys with their lines, and the values, in the order of the file.</param>
internal sealed record YamlMapping(int Line, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line)
{
    /// <summary>The value of a key; null where it is not there.</summary>
    public YamlNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
}
