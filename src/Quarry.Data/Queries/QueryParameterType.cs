namespace Quarry.Data.Queries;

/// <summary>What a value of a query's parameter is, and so how it is quoted.</summary>
public enum QueryParameterType
{
    /// <summary>Text: <c>str</c>, <c>string</c>.</summary>
    Text,

    /// <summary>A time, absolute or relative (<c>-3d@d</c>): <c>datetime</c>.</summary>
    DateTime,

    /// <summary>A whole number: <c>int</c>, <c>long</c>.</summary>
    Long,

    /// <summary>A number: <c>float</c>, <c>real</c>, <c>double</c>.</summary>
    Real,

    /// <summary><c>true</c> or <c>false</c>: <c>bool</c>.</summary>
    Bool,

    /// <summary>A span of time (<c>1h</c>): <c>timespan</c>.</summary>
    TimeSpan,

    /// <summary>Several texts or numbers: <c>list</c>, <c>strlist</c>.</summary>
    List,

    /// <summary>Several whole numbers: <c>intlist</c>.</summary>
    LongList,

    /// <summary>The name of a table or column: <c>name</c>, <c>table</c>, <c>column</c>.</summary>
    Name,

    /// <summary>A piece of KQL that becomes part of the query: <c>kql</c>, or any type with <c>raw: true</c>.</summary>
    Fragment,
}
