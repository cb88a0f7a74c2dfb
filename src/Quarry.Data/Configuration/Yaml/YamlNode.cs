namespace Quarry.Data.Configuration.Yaml;

/// <summary>A value of a YAML file that knows where it stands.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, for a message: <c>a list</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether nothing is there: <c>key:</c>, <c>key: ~</c> or <c>key: null</c>.</summary>
    public virtual bool IsNull => false;
}
