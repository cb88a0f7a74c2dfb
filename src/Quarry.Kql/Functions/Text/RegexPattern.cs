using System.Text;
using System.Text.RegularExpressions;

namespace Quarry.Kql.Functions.Text;

/// <summary>A regular expression of KQL, compiled once; matching takes time that is linear in the text.</summary>
internal sealed class RegexPattern
{
    private readonly string _source;
    private readonly string _format;
    private readonly string _flags;
    private readonly Regex _narrow;
    private Regex? _wide;

    [ThreadStatic]
    private static ArgumentCache<RegexPattern>? _patterns;

    /// <summary>Compiles.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="format">What stands around it, with {0} for the pattern; braces doubled.</param>
    /// <param name="flags">Flags that hold from the beginning.</param>
    /// <exception cref="QuarryException">It is not a regular expression.</exception>
    public RegexPattern(string source, string format = "{0}", string flags = "")
    {
        (_source, _format, _flags) = (source, format, flags);
        try
        {
            (string pattern, Names, Groups) = RegexSyntax.Translate(source, wide: false, flags);
            _narrow = Compile(pattern);
        }
        catch (Exception e) when (e is RegexSyntaxException or ArgumentException or NotSupportedException)
        {
            throw new QuarryException($"{e.Message} It is: {source}");
        }
    }

    /// <summary>The numbers of the named groups.</summary>
    public IReadOnlyDictionary<string, int> Names { get; }

    /// <summary>How many groups there are.</summary>
    public int Groups { get; }

    /// <summary>The pattern of an argument, from the thread's cache.</summary>
    public static RegexPattern Of(ReadOnlySpan<byte> utf8, int row) =>
        (_patterns ??= new ArgumentCache<RegexPattern>(16, key => new RegexPattern(Encoding.UTF8.GetString(key)))).Of(utf8, row);

    /// <summary>The expression to run on a text: texts with characters beyond U+FFFF have their own.</summary>
    public Regex For(ReadOnlySpan<byte> text) => text.ContainsAnyInRange((byte)0xF0, (byte)0xF7) ? Wide : _narrow;

    /// <summary>The expression to run on a text.</summary>
    public Regex For(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\uD800', '\uDFFF') ? Wide : _narrow;

    private Regex Wide => _wide ??= Compile(RegexSyntax.Translate(_source, wide: true, _flags).Pattern);

    private Regex Compile(string pattern) =>
        new(string.Format(System.Globalization.CultureInfo.InvariantCulture, _format, pattern), RegexSyntax.Options);
}
