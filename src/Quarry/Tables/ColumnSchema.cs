namespace Quarry.Tables;

/// <summary>The name and type of a column.</summary>
/// <param name="Name">The name, compared as it is written (KQL's names are case-sensitive).</param>
/// <param name="Type">The type of every value that is not null.</param>
public sealed record ColumnSchema(string Name, ColumnType Type)
{
    /// <summary>KQL's form, for example <c>CommandLine: string</c>.</summary>
    public override string ToString() => $"{Name}: {Type.KqlName()}";
}
