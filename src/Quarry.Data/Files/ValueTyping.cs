namespace Quarry.Data.Files;

/// <summary>How the values of text formats become typed.</summary>
public enum ValueTyping
{
    /// <summary>Every column is string: no value can fail to fit.</summary>
    Text,

    /// <summary>
    /// A column has the type that all its values in the sample have. A later value that does not fit goes, with its
    /// column's name, into the overflow column.
    /// </summary>
    Inferred,
}
