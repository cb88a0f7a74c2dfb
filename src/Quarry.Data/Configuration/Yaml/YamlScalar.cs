namespace Quarry.Data.Configuration.Yaml;

/// <summary>A single value, as it is written.</summary>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="IsQuoted">Whether quotes stood around it, so that it is a text whatever it looks like.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
internal sealed record YamlScalar(string Text, bool IsQuoted, int Line, int Column) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => IsNull ? "nothing" : "a single value";

    /// <inheritdoc/>
    public override bool IsNull => !IsQuoted && Text is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>Its place only: the text may be a secret.</summary>
    public override string ToString() => $"{Kind} in line {Line}";
}
