using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Text;

/// <summary>Escapes and classes.</summary>
internal sealed partial class RegexSyntax
{
    // Whether it can be repeated.
    private bool Escape()
    {
        int start = _at++;
        if (Ended)
        {
            throw Error("a \\ at the end", start);
        }

        char c = _pattern[_at];
        switch (c)
        {
            case 'A' or 'z' or 'b' or 'B':
                _at++;
                _out.Append('\\').Append(c);
                return true;
            case 'd' or 's' or 'w':
                _at++;
                _out.Append('\\').Append(c);
                return true;
            case 'D' or 'S' or 'W':
                _at++;
                _out.Append(Any("\\" + char.ToLowerInvariant(c)));
                return true;
            case 'p' or 'P':
                (string category, bool negated) = Category(start);
                _out.Append(negated ? Any(category) : $"[{category}]");
                return true;
            case 'Q':
                Quoted();
                return false;
            default:
                _out.Append(Literal(EscapedCharacter(start)));
                return true;
        }
    }

    private void Quoted()
    {
        _at++;
        int end = _pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
        foreach (Rune rune in _pattern[_at..(end < 0 ? _pattern.Length : end)].EnumerateRunes())
        {
            _out.Append(Literal(rune.Value));
        }

        _at = end < 0 ? _pattern.Length : end + 2;
    }

    // The character after the backslash, which _at is on.
    private int EscapedCharacter(int start)
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case 'a':
                return 7;
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return 11;
            case 'f':
                return 12;
            case 'r':
                return '\r';
            case 'x':
                return Hexadecimal(2, start);
            case 'u':
                return Hexadecimal(4, start);
            case 'U':
                return Hexadecimal(8, start);
            case >= '1' and <= '9':
                throw Error("references to groups (\\1) are not part of KQL's regular expressions", start);
        }

        if (char.IsAsciiLetterOrDigit(c))
        {
            throw Error($"\\{c} has no meaning", start);
        }

        if (char.IsHighSurrogate(c) && !Ended && char.IsLowSurrogate(_pattern[_at]))
        {
            return char.ConvertToUtf32(c, _pattern[_at++]);
        }

        return c;
    }

    private int Hexadecimal(int digits, int start)
    {
        int end = _at + digits;
        int from = _at;
        if (!Ended && _pattern[_at] == '{')
        {
            from = _at + 1;
            end = _pattern.IndexOf('}', from);
            _at = end + 1;
        }
        else
        {
            _at = end;
        }

        return end > from && end <= _pattern.Length && end - from <= 8
            && int.TryParse(_pattern.AsSpan(from, end - from), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            && Rune.IsValid(value) ? value : throw Error("a hexadecimal number of a character is expected", start);
    }

    // \pN, \p{Name}, \p{^Name}, \P…: a general category as .NET has it in a class. _at is on the p.
    private (string Category, bool Negated) Category(int start)
    {
        bool negated = _pattern[_at++] == 'P';
        string name = "";
        if (!Ended && _pattern[_at] == '{')
        {
            int end = _pattern.IndexOf('}', _at);
            name = end < 0 ? "" : _pattern[(_at + 1)..end];
            _at = end + 1;
        }
        else if (!Ended)
        {
            name = _pattern[_at++].ToString();
        }

        if (name.StartsWith('^'))
        {
            (negated, name) = (!negated, name[1..]);
        }

        string? category = name.ToLowerInvariant() switch
        {
            "l" or "letter" => "L",
            "m" or "mark" => "M",
            "n" or "number" => "N",
            "p" or "punct" or "punctuation" => "P",
            "s" or "symbol" => "S",
            "z" or "separator" => "Z",
            "lu" or "uppercase_letter" => "Lu",
            "ll" or "lowercase_letter" => "Ll",
            "lt" or "titlecase_letter" => "Lt",
            "lm" or "modifier_letter" => "Lm",
            "lo" or "other_letter" => "Lo",
            "nd" or "decimal_number" or "digit" => "Nd",
            "nl" or "no" or "mn" or "mc" or "me" or "pc" or "pd" or "ps" or "pe" or "pi" or "pf" or "po" or "sm" or "sc" or "sk" or "so"
                or "zs" or "zl" or "zp" or "cc" or "cf" or "co" => char.ToUpperInvariant(name[0]) + name[1..].ToLowerInvariant(),
            _ => null,
        };

        return category is null
            ? throw Error($"\\p{{{name}}} is not known: general categories such as L, Lu, Nd and P are; scripts are not", start)
            : ($"\\p{{{category}}}", negated);
    }

    private void Class()
    {
        int start = _at++;
        bool negated = !Ended && _pattern[_at] == '^';
        _at += negated ? 1 : 0;
        var units = new StringBuilder();
        var pairs = new List<string>();
        ClassItems(start, units, pairs);
        if (negated)
        {
            _out.Append(pairs.Count == 0 ? Any(units.ToString())
                : _wide ? throw Error("a class that excludes characters beyond U+FFFF is not supported", start) : $"[^{units}]");
        }
        else if (pairs.Count == 0)
        {
            _out.Append(CultureInfo.InvariantCulture, $"[{units}]");
        }
        else
        {
            _out.Append("(?:").AppendJoin('|', units.Length == 0 ? pairs : [$"[{units}]", .. pairs]).Append(')');
        }
    }

    // What is in a class, up to its end; a class within the class that excludes nothing is part of it.
    private void ClassItems(int start, StringBuilder units, List<string> pairs)
    {
        for (bool first = true; ; first = false)
        {
            if (Ended)
            {
                throw Error("a [ without its ]", start);
            }

            char c = _pattern[_at];
            if (c == ']' && !first)
            {
                _at++;
                return;
            }

            if (c == '[' && IsPosix(units))
            {
                continue;
            }

            if (c == '[' && IsNested())
            {
                if (_pattern[_at + 1] == '^')
                {
                    throw Error("a class within a class that excludes characters is not supported", _at);
                }

                _at++;
                ClassItems(start, units, pairs);
                continue;
            }

            if (c is '&' or '~' or '-' && _at + 1 < _pattern.Length && _pattern[_at + 1] == c && !first && (c != '-' || (_at + 2 < _pattern.Length && _pattern[_at + 2] != ']')))
            {
                throw Error($"{c}{c} in a class (an operation on sets) is not supported; write \\{c} for the character", _at);
            }

            if (c == '\\' && IsClassEscape(units))
            {
                continue;
            }

            Range(start, units, pairs);
        }
    }

    private bool IsPosix(StringBuilder units)
    {
        if (_at + 1 >= _pattern.Length || _pattern[_at + 1] != ':')
        {
            return false;
        }

        int end = _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal);
        string name = end < 0 ? "" : _pattern[(_at + 2)..end];
        if (name.StartsWith('^'))
        {
            throw Error("a named class that excludes characters is not supported", _at);
        }

        string? items = name switch
        {
            "alpha" => "a-zA-Z",
            "digit" => "0-9",
            "alnum" => "a-zA-Z0-9",
            "upper" => "A-Z",
            "lower" => "a-z",
            "word" => "a-zA-Z0-9_",
            "space" => @"\t\n\u000B\f\r\u0020",
            "blank" => @"\t\u0020",
            "xdigit" => "0-9a-fA-F",
            "punct" => @"\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007E",
            "cntrl" => @"\u0000-\u001F\u007F",
            "print" => @"\u0020-\u007E",
            "graph" => @"\u0021-\u007E",
            "ascii" => @"\u0000-\u007F",
            _ => null,
        };
        if (items is null)
        {
            return false;
        }

        units.Append(items);
        _at = end + 2;
        return true;
    }

    // RE2 takes a [ in a class as itself, Rust's crate as a class within: it is one if both are closed.
    private bool IsNested()
    {
        int depth = 2;
        for (int i = _at + 1; i < _pattern.Length; i++)
        {
            char c = _pattern[i];
            if (c == '\\')
            {
                i++;
            }
            else if (c == ']' && i > _at + 1 && --depth == 0)
            {
                return true;
            }
            else if (c is '[' or '(' or ')')
            {
                return false;
            }
        }

        return false;
    }

    // \d, \w, \p{…} and so on; not a character by its escape.
    private bool IsClassEscape(StringBuilder units)
    {
        char c = _at + 1 < _pattern.Length ? _pattern[_at + 1] : '\0';
        int start = _at;
        if (c is 'd' or 'D' or 's' or 'S' or 'w' or 'W')
        {
            units.Append('\\').Append(c);
            _at += 2;
            return true;
        }

        if (c is not ('p' or 'P'))
        {
            return false;
        }

        _at++;
        (string category, bool negated) = Category(start);
        units.Append(negated ? "\\P" + category[2..] : category);
        return true;
    }

    private void Range(int start, StringBuilder units, List<string> pairs)
    {
        int low = ClassCharacter();
        int high = low;
        if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
        {
            int dash = _at++;
            if (_pattern[_at] == '\\' && _at + 1 < _pattern.Length && _pattern[_at + 1] is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P')
            {
                // [a-\d]: the hyphen is itself.
                _at = dash;
            }
            else
            {
                high = ClassCharacter();
            }
        }

        if (high < low)
        {
            throw Error("a range of characters that ends before it begins", start);
        }

        if (low <= 0xFFFF)
        {
            units.Append(Unit(low));
            if (high > low)
            {
                units.Append('-').Append(Unit(Math.Min(high, 0xFFFF)));
            }
        }

        if (high > 0xFFFF)
        {
            Pairs(Math.Max(low, 0x10000), high, pairs);
        }
    }

    private int ClassCharacter()
    {
        if (_pattern[_at] == '\\')
        {
            int start = _at++;
            if (Ended)
            {
                throw Error("a \\ at the end", start);
            }

            if (_pattern[_at] == 'b')
            {
                throw Error("\\b has no meaning in a class", start);
            }

            return EscapedCharacter(start);
        }

        Rune rune = Rune.TryGetRuneAt(_pattern, _at, out Rune found) ? found : Rune.ReplacementChar;
        _at += rune.Utf16SequenceLength;
        return rune.Value;
    }

    // The characters from low to high as units of UTF-16: the first unit in full, ranges of the second where needed.
    private static void Pairs(int low, int high, List<string> pairs)
    {
        for (int at = low; at <= high;)
        {
            int end = Math.Min(high, at | 0x3FF);
            string first = Unit(0xD800 + ((at - 0x10000) >> 10));
            if ((at & 0x3FF) == 0 && (high + 1 - at) >= 0x400)
            {
                int whole = ((high + 1 - at) >> 10) - 1;
                pairs.Add($"[{first}-{Unit(0xD800 + ((at - 0x10000) >> 10) + whole)}][\\uDC00-\\uDFFF]");
                at += (whole + 1) << 10;
            }
            else
            {
                pairs.Add($"{first}[{Unit(0xDC00 + (at & 0x3FF))}-{Unit(0xDC00 + (end & 0x3FF))}]");
                at = end + 1;
            }
        }
    }
}
