namespace Quarry.Catalogue;

/// <summary>What an option takes.</summary>
public enum OptionKind
{
    /// <summary>True or false; <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>A whole number; <see cref="int"/>.</summary>
    Integer,

    /// <summary>A whole number; <see cref="long"/>.</summary>
    Long,

    /// <summary>A number; <see cref="double"/>, finite.</summary>
    Number,

    /// <summary>Any text; <see cref="string"/>.</summary>
    Text,

    /// <summary>Several texts.</summary>
    TextList,

    /// <summary>A length of time such as <c>10s</c>; <see cref="TimeSpan"/>, not negative.</summary>
    Duration,

    /// <summary>A number of bytes such as <c>64MiB</c>, not negative; see <see cref="ByteSizeAttribute"/>.</summary>
    ByteSize,

    /// <summary>One of the choices: the members of an enum.</summary>
    Choice,

    /// <summary>Several of the choices.</summary>
    ChoiceList,
}
