namespace Quarry.Kql.Functions.Dynamic;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind
{
    /// <summary>No value: the text is empty or begins like none.</summary>
    None,

    /// <summary>null</summary>
    Null,

    /// <summary>true or false</summary>
    Bool,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object; KQL's property bag.</summary>
    Object,
}
