using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Kql.Symbols;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>
/// The pattern of <c>parse</c>, compiled. Its text is JSON: <c>{"kind":"simple","flags":"","parts":["name=",{"type":"string"},null]}</c>,
/// where kind is simple, relaxed or regex, a text is a delimiter (with regex: a regular expression), an object a column of a type, and null
/// the star. Columns are given in their order.
/// </summary>
/// <remarks>
/// Simple and relaxed: delimiters are found one after another, each at its first place, the last at the end of the text if nothing follows it;
/// the pattern has to match the whole text. A number, or any other type but string, that is followed by no delimiter takes as much as converts.
/// Regex: as Microsoft documents the translation, <c>*</c> is <c>.*?</c>, whole numbers are <c>-?\d+</c>; columns of other types are <c>.*</c>, as observed.
/// </remarks>
internal sealed class ParsePattern
{
    // The longest text that a column other than string takes where no delimiter ends it.
    private const int LongestValue = 64;

    private readonly List<Part> _parts = [];
    private readonly List<ColumnType> _columns = [];
    private readonly bool _isRelaxed;
    private readonly RegexPattern? _regex;
    private readonly int[] _groups = [];

    /// <summary>Reads the JSON.</summary>
    /// <exception cref="QuarryException">A delimiter is no regular expression.</exception>
    public ParsePattern(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        string kind = root.TryGetProperty("kind", out JsonElement given) ? given.GetString() ?? "simple" : "simple";
        foreach (JsonElement part in root.GetProperty("parts").EnumerateArray())
        {
            ColumnType? type = part.ValueKind == JsonValueKind.Object ? ScalarTypes.Named(part.GetProperty("type").GetString()) ?? ColumnType.String : null;
            _parts.Add(new Part(part.ValueKind == JsonValueKind.String ? part.GetString() : null, type));
            if (type is { } column)
            {
                _columns.Add(column);
            }
        }

        _isRelaxed = kind == "relaxed";
        if (kind == "regex")
        {
            (_regex, _groups) = Compile(root.TryGetProperty("flags", out JsonElement flags) ? flags.GetString() ?? "" : "");
        }
    }

    private readonly record struct Part(string? Delimiter, ColumnType? Column)
    {
        public bool IsStar => Delimiter is null && Column is null;
    }

    /// <summary>How many columns it has.</summary>
    public int Columns => _columns.Count;

    /// <summary>The text of each column, null where a relaxed match gives none; false where the pattern does not match.</summary>
    public bool TryMatch(string text, Span<string?> columns)
    {
        columns.Clear();
        if (!(_regex is null ? Sequential(text, columns) : ByRegex(text, columns)))
        {
            return false;
        }

        for (int i = 0; i < _columns.Count; i++)
        {
            if (columns[i] is { } value && !ConvertibleText.Is(value, _columns[i]))
            {
                if (!_isRelaxed)
                {
                    return false;
                }

                columns[i] = null;
            }
        }

        return true;
    }

    private (RegexPattern Regex, int[] Groups) Compile(string flags)
    {
        var pattern = new StringBuilder();
        var groups = new List<int>();
        int group = 0;
        foreach (Part part in _parts)
        {
            if (part.Delimiter is { } delimiter)
            {
                pattern.Append("(?:").Append(delimiter).Append(')');
                group += new RegexPattern(delimiter, flags: flags).Groups;
            }
            else if (part.Column is { } column)
            {
                pattern.Append(column switch
                {
                    ColumnType.Int or ColumnType.Long => @"(-?\d+)",
                    ColumnType.Real or ColumnType.Decimal => @"(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)",
                    _ => "(.*)",
                });
                groups.Add(++group);
            }
            else
            {
                pattern.Append(".*?");
            }
        }

        return (new RegexPattern(pattern.ToString(), @"\A(?:{0})\z", flags), [.. groups]);
    }

    private bool ByRegex(string text, Span<string?> columns)
    {
        Match match = _regex!.For(text.AsSpan()).Match(text);
        for (int i = 0; match.Success && i < columns.Length; i++)
        {
            columns[i] = match.Groups[_groups[i]].Value;
        }

        return match.Success;
    }

    private bool Sequential(string text, Span<string?> columns)
    {
        int at = 0;
        int column = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            Part part = _parts[i];
            if (part.Delimiter is { } delimiter)
            {
                if (string.CompareOrdinal(text, at, delimiter, 0, delimiter.Length) != 0)
                {
                    return false;
                }

                at += delimiter.Length;
                continue;
            }

            if (!TryEnd(text, at, i, out int end))
            {
                return false;
            }

            if (part.Column is not null)
            {
                columns[column++] = text[at..end];
            }

            at = end;
        }

        return at == text.Length;
    }

    // Where a column or a star ends that begins at a place.
    private bool TryEnd(string text, int at, int index, out int end)
    {
        Part next = index + 1 < _parts.Count ? _parts[index + 1] : default;
        bool isLast = index + 1 >= _parts.Count;
        if (isLast)
        {
            end = text.Length;
        }
        else if (next.Delimiter is { } delimiter)
        {
            end = index + 2 < _parts.Count ? text.IndexOf(delimiter, at, StringComparison.Ordinal)
                : text.Length - delimiter.Length >= at && text.EndsWith(delimiter, StringComparison.Ordinal) ? text.Length - delimiter.Length : -1;
        }
        else
        {
            end = _parts[index].Column is { } type and not ColumnType.String ? LongestOf(text, at, type) : at;
        }

        return end >= 0;
    }

    // What is not delimited takes as much as converts; -1 where nothing does, but a relaxed match goes on.
    private int LongestOf(string text, int at, ColumnType type)
    {
        int most = Math.Min(text.Length - at, LongestValue);
        for (int length = most; length > 0; length--)
        {
            if (ConvertibleText.Is(text.AsSpan(at, length), type))
            {
                return at + length;
            }
        }

        return _isRelaxed ? at : -1;
    }
}
