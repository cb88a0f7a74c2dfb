namespace Quarry.Data.Configuration.Yaml;

/// <summary>A list.</summary>
/// <param name="Items">Its items, in order.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}
