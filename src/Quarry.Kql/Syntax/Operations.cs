using System.Collections.Frozen;

namespace Quarry.Kql.Syntax;

/// <summary>Operators with two operands.</summary>
internal enum BinaryOperator
{
    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>%</c></summary>
    Modulo,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c>, <c>&lt;&gt;</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>=~</c></summary>
    EqualIgnoringCase,

    /// <summary><c>!~</c></summary>
    NotEqualIgnoringCase,

    /// <summary><c>has</c>: a whole term</summary>
    Has,

    /// <summary><c>!has</c></summary>
    NotHas,

    /// <summary><c>has_cs</c></summary>
    HasCased,

    /// <summary><c>!has_cs</c></summary>
    NotHasCased,

    /// <summary><c>hasprefix</c></summary>
    HasPrefix,

    /// <summary><c>!hasprefix</c></summary>
    NotHasPrefix,

    /// <summary><c>hasprefix_cs</c></summary>
    HasPrefixCased,

    /// <summary><c>!hasprefix_cs</c></summary>
    NotHasPrefixCased,

    /// <summary><c>hassuffix</c></summary>
    HasSuffix,

    /// <summary><c>!hassuffix</c></summary>
    NotHasSuffix,

    /// <summary><c>hassuffix_cs</c></summary>
    HasSuffixCased,

    /// <summary><c>!hassuffix_cs</c></summary>
    NotHasSuffixCased,

    /// <summary><c>contains</c></summary>
    Contains,

    /// <summary><c>!contains</c>, <c>notcontains</c></summary>
    NotContains,

    /// <summary><c>contains_cs</c>, <c>containscs</c></summary>
    ContainsCased,

    /// <summary><c>!contains_cs</c>, <c>notcontainscs</c></summary>
    NotContainsCased,

    /// <summary><c>startswith</c></summary>
    StartsWith,

    /// <summary><c>!startswith</c></summary>
    NotStartsWith,

    /// <summary><c>startswith_cs</c></summary>
    StartsWithCased,

    /// <summary><c>!startswith_cs</c></summary>
    NotStartsWithCased,

    /// <summary><c>endswith</c></summary>
    EndsWith,

    /// <summary><c>!endswith</c></summary>
    NotEndsWith,

    /// <summary><c>endswith_cs</c></summary>
    EndsWithCased,

    /// <summary><c>!endswith_cs</c></summary>
    NotEndsWithCased,

    /// <summary><c>matches regex</c></summary>
    MatchesRegex,

    /// <summary><c>like</c></summary>
    Like,

    /// <summary><c>notlike</c></summary>
    NotLike,

    /// <summary><c>likecs</c></summary>
    LikeCased,

    /// <summary><c>notlikecs</c></summary>
    NotLikeCased,

    /// <summary><c>:</c> in a search: the column has the term</summary>
    Search,
}

/// <summary>Operators with a list in parentheses on their right.</summary>
internal enum ListOperator
{
    /// <summary><c>in</c></summary>
    In,

    /// <summary><c>!in</c></summary>
    NotIn,

    /// <summary><c>in~</c></summary>
    InIgnoringCase,

    /// <summary><c>!in~</c></summary>
    NotInIgnoringCase,

    /// <summary><c>has_any</c></summary>
    HasAny,

    /// <summary><c>has_all</c></summary>
    HasAll,
}

/// <summary>Which text is which operator, by how tightly it binds; the later ones bind tighter.</summary>
/// <remarks>
/// Order and the rule that only <c>+ - * / %</c> can be chained are those of Microsoft's parser: <c>a + b has c</c> is
/// <c>a + (b has c)</c>, and <c>a == b == c</c> is refused.
/// </remarks>
internal static class Operations
{
    /// <summary><c>in</c> and its kin; not chained.</summary>
    public static FrozenDictionary<string, ListOperator> Lists { get; } = new Dictionary<string, ListOperator>
    {
        ["in"] = ListOperator.In,
        ["!in"] = ListOperator.NotIn,
        ["in~"] = ListOperator.InIgnoringCase,
        ["!in~"] = ListOperator.NotInIgnoringCase,
        ["has_any"] = ListOperator.HasAny,
        ["has_all"] = ListOperator.HasAll,
    }.ToFrozenDictionary();

    /// <summary>Equality; not chained.</summary>
    public static FrozenDictionary<string, BinaryOperator> Equality { get; } = new Dictionary<string, BinaryOperator>
    {
        ["=="] = BinaryOperator.Equal,
        ["!="] = BinaryOperator.NotEqual,
        ["<>"] = BinaryOperator.NotEqual,
    }.ToFrozenDictionary();

    /// <summary>Order; not chained.</summary>
    public static FrozenDictionary<string, BinaryOperator> Relations { get; } = new Dictionary<string, BinaryOperator>
    {
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
    }.ToFrozenDictionary();

    /// <summary>Comparisons of text; not chained, and tighter than arithmetic.</summary>
    public static FrozenDictionary<string, BinaryOperator> Text { get; } = new Dictionary<string, BinaryOperator>
    {
        ["=~"] = BinaryOperator.EqualIgnoringCase,
        ["!~"] = BinaryOperator.NotEqualIgnoringCase,
        ["has"] = BinaryOperator.Has,
        ["!has"] = BinaryOperator.NotHas,
        ["has_cs"] = BinaryOperator.HasCased,
        ["!has_cs"] = BinaryOperator.NotHasCased,
        ["hasprefix"] = BinaryOperator.HasPrefix,
        ["!hasprefix"] = BinaryOperator.NotHasPrefix,
        ["hasprefix_cs"] = BinaryOperator.HasPrefixCased,
        ["!hasprefix_cs"] = BinaryOperator.NotHasPrefixCased,
        ["hassuffix"] = BinaryOperator.HasSuffix,
        ["!hassuffix"] = BinaryOperator.NotHasSuffix,
        ["hassuffix_cs"] = BinaryOperator.HasSuffixCased,
        ["!hassuffix_cs"] = BinaryOperator.NotHasSuffixCased,
        ["contains"] = BinaryOperator.Contains,
        ["!contains"] = BinaryOperator.NotContains,
        ["notcontains"] = BinaryOperator.NotContains,
        ["contains_cs"] = BinaryOperator.ContainsCased,
        ["containscs"] = BinaryOperator.ContainsCased,
        ["!contains_cs"] = BinaryOperator.NotContainsCased,
        ["notcontainscs"] = BinaryOperator.NotContainsCased,
        ["startswith"] = BinaryOperator.StartsWith,
        ["!startswith"] = BinaryOperator.NotStartsWith,
        ["startswith_cs"] = BinaryOperator.StartsWithCased,
        ["!startswith_cs"] = BinaryOperator.NotStartsWithCased,
        ["endswith"] = BinaryOperator.EndsWith,
        ["!endswith"] = BinaryOperator.NotEndsWith,
        ["endswith_cs"] = BinaryOperator.EndsWithCased,
        ["!endswith_cs"] = BinaryOperator.NotEndsWithCased,
        ["like"] = BinaryOperator.Like,
        ["notlike"] = BinaryOperator.NotLike,
        ["likecs"] = BinaryOperator.LikeCased,
        ["notlikecs"] = BinaryOperator.NotLikeCased,
    }.ToFrozenDictionary();
}
