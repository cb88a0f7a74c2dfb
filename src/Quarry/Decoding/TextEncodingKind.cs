namespace Quarry.Decoding;

/// <summary>How decoded bytes read as text.</summary>
internal enum TextEncodingKind
{
    /// <summary>They do not: the bytes are binary.</summary>
    None,

    /// <summary>UTF-8, of which ASCII is a part.</summary>
    Utf8,

    /// <summary>UTF-16, little endian, as PowerShell's encoded commands are.</summary>
    Utf16LittleEndian,

    /// <summary>UTF-16, big endian.</summary>
    Utf16BigEndian,
}
