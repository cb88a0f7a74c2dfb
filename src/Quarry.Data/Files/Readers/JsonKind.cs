namespace Quarry.Data.Files.Readers;

/// <summary>The kinds of JSON values.</summary>
internal enum JsonKind : byte
{
    Null,
    Bool,
    Number,
    String,
    Object,
    Array,
}
