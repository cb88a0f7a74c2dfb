using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Quarry.Kql.Functions.Text;

/// <summary>
/// KQL's regular expressions (the syntax RE2 and Rust's regex crate have in common: no lookaround, no backreferences, classes of Unicode)
/// written as .NET's, to be run without backtracking. What cannot be said exactly is refused.
/// </summary>
/// <remarks>Source: Microsoft's documentation, "Regex syntax"; RE2's "Syntax". Groups are numbered by position, as there.</remarks>
internal sealed partial class RegexSyntax
{
    // RE2's limit for x{n}.
    private const int MostRepeats = 1000;

    // How a character that is two units of UTF-16 is matched.
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly string _pattern;
    private readonly bool _wide;
    private readonly StringBuilder _out = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _at;
    private int _groups;
    private Flags _flags;

    private RegexSyntax(string pattern, bool wide, Flags flags) => (_pattern, _wide, _flags) = (pattern, wide, flags);

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        MultiLine = 2,
        DotAll = 4,
        Ungreedy = 8,
        Extended = 16,
    }

    /// <summary>Whether a pattern is one; if not, what is wrong with it and where.</summary>
    public static bool IsValid(string pattern, out string message)
    {
        try
        {
            _ = new Regex(Translate(pattern, wide: false).Pattern, Options);
            message = "";
            return true;
        }
        catch (RegexSyntaxException e)
        {
            message = e.Message;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            message = $"The regular expression is not valid: {e.Message}";
        }

        return false;
    }

    /// <summary>How translated patterns are run.</summary>
    internal const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>The pattern as .NET has it, the numbers of its named groups, and how many groups it has.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="wide">Whether texts have characters beyond U+FFFF, so that "any character" may be two units.</param>
    /// <param name="flags">Flags that hold from the beginning: of i, m, s, U, x.</param>
    /// <exception cref="RegexSyntaxException">It is not one.</exception>
    internal static (string Pattern, IReadOnlyDictionary<string, int> Names, int Groups) Translate(string pattern, bool wide, string flags = "")
    {
        var reader = new RegexSyntax(pattern, wide, Flags.None);
        foreach (char flag in flags)
        {
            reader._flags |= reader.FlagOf(flag);
        }

        if ((reader._flags & Flags.IgnoreCase) != 0)
        {
            reader._out.Append("(?i)");
        }

        reader.Alternatives(nested: false);
        return (reader._out.ToString(), reader._names, reader._groups);
    }

    private static string Unit(int value) => value < 128 && char.IsAsciiLetterOrDigit((char)value) ? ((char)value).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"\\u{value:X4}");

    private static string Literal(int value) => value <= 0xFFFF ? Unit(value)
        : string.Concat("(?:", string.Concat(new Rune(value).ToString().Select(unit => Unit(unit))), ")");

    private bool Ended => _at >= _pattern.Length;

    private RegexSyntaxException Error(string what, int at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The regular expression is not valid at character {at + 1}: {what}."));

    private void Alternatives(bool nested)
    {
        Flags outer = _flags;
        bool canRepeat = false;
        while (!Ended)
        {
            char c = _pattern[_at];
            int start = _at;
            if (c == ')')
            {
                if (!nested)
                {
                    throw Error("a ) without its (", _at);
                }

                _flags = outer;
                return;
            }

            if ((_flags & Flags.Extended) != 0 && SkipsSpace(c))
            {
                continue;
            }

            if (c == '|')
            {
                _out.Append('|');
                _at++;
                canRepeat = false;
            }
            else if (c is '*' or '+' or '?' || (c == '{' && IsCounted()))
            {
                if (!canRepeat)
                {
                    throw Error($"nothing for {c} to repeat", start);
                }

                Quantifier(c);
                canRepeat = false;
            }
            else
            {
                canRepeat = Atom(c);
            }
        }

        if (nested)
        {
            throw Error("a ( without its )", _pattern.Length);
        }
    }

    private bool SkipsSpace(char c)
    {
        if (char.IsWhiteSpace(c))
        {
            _at++;
            return true;
        }

        if (c != '#')
        {
            return false;
        }

        while (!Ended && _pattern[_at] != '\n')
        {
            _at++;
        }

        return true;
    }

    [GeneratedRegex(@"\G\{(\d{1,9})(,(\d{0,9}))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Counted { get; }

    private bool IsCounted() => Counted.IsMatch(_pattern, _at);

    private void Quantifier(char c)
    {
        if (c == '{')
        {
            Match counted = Counted.Match(_pattern, _at);
            int least = int.Parse(counted.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            int most = counted.Groups[3].Length > 0 ? int.Parse(counted.Groups[3].ValueSpan, CultureInfo.InvariantCulture) : least;
            if (least > MostRepeats || most > MostRepeats || most < least)
            {
                throw Error($"{counted.Value} repeats more than {MostRepeats} times, or less than at least", _at);
            }

            _out.Append(counted.ValueSpan);
            _at += counted.Length;
        }
        else
        {
            _out.Append(c);
            _at++;
        }

        bool lazy = !Ended && _pattern[_at] == '?';
        _at += lazy ? 1 : 0;
        if (lazy != ((_flags & Flags.Ungreedy) != 0))
        {
            _out.Append('?');
        }
    }

    // Whether it can be repeated.
    private bool Atom(char c)
    {
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                Class();
                return true;
            case '\\':
                return Escape();
            case '.':
                _at++;
                _out.Append((_flags & Flags.DotAll) != 0 ? Any("") : Any(@"\n"));
                return true;
            case '^':
                _at++;
                _out.Append((_flags & Flags.MultiLine) != 0 ? "(?m:^)" : @"\A");
                return true;
            case '$':
                _at++;
                _out.Append((_flags & Flags.MultiLine) != 0 ? "(?m:$)" : @"\z");
                return true;
            default:
                Rune rune = Rune.TryGetRuneAt(_pattern, _at, out Rune found) ? found : Rune.ReplacementChar;
                _at += rune.Utf16SequenceLength;
                _out.Append(Literal(rune.Value));
                return true;
        }
    }

    // Any character but some, which are written as in a class.
    private string Any(string but) => _wide ? $@"(?:[^{but}\uD800-\uDFFF]|{Pair})" : but.Length == 0 ? @"[\s\S]" : $"[^{but}]";

    private bool Group()
    {
        int start = _at++;
        if (!Ended && _pattern[_at] == '?')
        {
            _at++;
            if (Ended)
            {
                throw Error("a ( without its )", start);
            }

            if (_pattern[_at] is '=' or '!' || (_pattern[_at] == '<' && _at + 1 < _pattern.Length && _pattern[_at + 1] is '=' or '!'))
            {
                throw Error("lookaround ((?=, (?!, (?<=, (?<!) is not part of KQL", start);
            }

            if (_pattern[_at] is 'P' or '<')
            {
                GroupName(start);
            }
            else
            {
                Flags before = _flags;
                char end = GroupFlags(start);
                bool ignoring = (_flags & Flags.IgnoreCase) != 0;
                if (end == ')')
                {
                    _out.Append(ignoring ? "(?i)" : "(?-i)");
                    return false;
                }

                _out.Append(ignoring ? "(?i:" : "(?-i:");
                Alternatives(nested: true);
                _flags = before;
                Close();
                return true;
            }
        }

        _groups++;
        _out.Append('(');
        Alternatives(nested: true);
        Close();
        return true;
    }

    private void Close()
    {
        _at++;
        _out.Append(')');
    }

    private void GroupName(int start)
    {
        int open = _pattern[_at] == 'P' ? _at + 1 : _at;
        int close = open < _pattern.Length && _pattern[open] == '<' ? _pattern.IndexOf('>', open) : -1;
        string name = close < 0 ? "" : _pattern[(open + 1)..close];
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '[' or ']') || !_names.TryAdd(name, _groups + 1))
        {
            throw Error("the name of a group is missing, not a name, or given twice", start);
        }

        _at = close + 1;
    }

    private char GroupFlags(int start)
    {
        bool off = false;
        for (; !Ended; _at++)
        {
            char c = _pattern[_at];
            if (c is ')' or ':')
            {
                _at++;
                return c;
            }

            if (c == '-' && !off)
            {
                off = true;
                continue;
            }

            Flags flag = FlagOf(c);
            _flags = off ? _flags & ~flag : _flags | flag;
        }

        throw Error("a ( without its )", start);
    }

    private Flags FlagOf(char flag) => flag switch
    {
        'i' => Flags.IgnoreCase,
        'm' => Flags.MultiLine,
        's' => Flags.DotAll,
        'U' => Flags.Ungreedy,
        'x' => Flags.Extended,
        'u' => Flags.None,
        _ => throw Error($"there is no flag {flag}", Math.Max(_at - 1, 0)),
    };
}
