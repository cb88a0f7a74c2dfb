using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quarry.Kql.Functions.Text;

/// <summary>
/// The pattern of <c>parse-kv</c>, compiled. Its text is JSON: <c>{"keys":["a","b"],"pair":";","kv":"=","quotes":["\"","()"],"escapes":["\\"],"greedy":false,"regex":null}</c>;
/// without pair and kv every character that is no letter or digit delimits; a regex has a group for the key and one for the value.
/// </summary>
/// <remarks>Source: Microsoft's documentation, "parse-kv operator". The first value of a key counts; white space around keys and values is dropped.</remarks>
internal sealed class KeyValuePattern
{
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly string? _pair;
    private readonly string? _kv;
    private readonly (char Open, char Close)[] _quotes;
    private readonly string _escapes;
    private readonly bool _isGreedy;
    private readonly RegexPattern? _regex;

    /// <summary>Reads the JSON.</summary>
    /// <exception cref="QuarryException">The regular expression is not one, or has not two groups.</exception>
    public KeyValuePattern(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        foreach (JsonElement key in root.GetProperty("keys").EnumerateArray())
        {
            _keys.TryAdd(key.GetString()!, Columns++);
        }

        _pair = Text(root, "pair");
        _kv = Text(root, "kv");
        _quotes = [.. Texts(root, "quotes").Where(quote => quote.Length > 0).Select(quote => (quote[0], quote[^1]))];
        _escapes = string.Concat(Texts(root, "escapes"));
        _isGreedy = root.TryGetProperty("greedy", out JsonElement greedy) && greedy.ValueKind == JsonValueKind.True;
        if (Text(root, "regex") is { } regex)
        {
            _regex = new RegexPattern(regex);
            if (_regex.Groups != 2)
            {
                throw new QuarryException($"The regular expression of parse-kv has {_regex.Groups} groups; it needs one for the key and one for the value.");
            }
        }
    }

    /// <summary>How many keys are wanted.</summary>
    public int Columns { get; }

    /// <summary>The value of each key; null where the text does not give it.</summary>
    public void Read(string text, Span<string?> values)
    {
        values.Clear();
        if (_regex is not null)
        {
            for (Match match = _regex.For(text.AsSpan()).Match(text); match.Success; match = match.NextMatch())
            {
                Keep(match.Groups[1].Value, match.Groups[2].Value, values);
            }
        }
        else if (_pair is { Length: > 0 } && _kv is { Length: > 0 })
        {
            Delimited(text, _pair, _kv, values);
        }
        else
        {
            Undelimited(text, values);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement texts) && texts.ValueKind == JsonValueKind.Array ? texts.EnumerateArray().Select(text => text.GetString()!).ToArray() : [];

    private void Keep(string key, string value, Span<string?> values)
    {
        if (_keys.TryGetValue(key.Trim(), out int column))
        {
            values[column] ??= value.Trim();
        }
    }

    private void Delimited(string text, string pair, string kv, Span<string?> values)
    {
        for (int at = 0; at < text.Length;)
        {
            // A part without a key is passed over: a pair's end before the next key's.
            if (TryQuoted(text, SkipSpace(text, at), out string quoted, out int end) && IsAt(text, SkipSpace(text, end), kv))
            {
                end = SkipSpace(text, end);
                at = Value(text, quoted, end + kv.Length, pair, kv, values);
                continue;
            }

            int equals = text.IndexOf(kv, at, StringComparison.Ordinal);
            int next = text.IndexOf(pair, at, StringComparison.Ordinal);
            if (equals < 0)
            {
                return;
            }

            // Where the pair's delimiter is white space it may stand between a key and its equals sign as well.
            if (next >= 0 && next < equals)
            {
                at = next + pair.Length;
                continue;
            }

            at = Value(text, text[at..equals], equals + kv.Length, pair, kv, values);
        }
    }

    // Takes the value that begins at a place; gives where the next pair begins.
    private int Value(string text, string key, int at, string pair, string kv, Span<string?> values)
    {
        int start = string.IsNullOrWhiteSpace(pair) ? at : SkipSpace(text, at);
        int end;
        if (TryQuoted(text, start, out string value, out int close))
        {
            end = text.IndexOf(pair, close, StringComparison.Ordinal);
        }
        else
        {
            end = _isGreedy ? EndOfGreedy(text, at, pair, kv) : text.IndexOf(pair, at, StringComparison.Ordinal);
            value = text[at..(end < 0 ? text.Length : end)];
        }

        Keep(key, value, values);
        return end < 0 ? text.Length : end + pair.Length;
    }

    // The delimiter before the next key: the last one before the next equals sign.
    private static int EndOfGreedy(string text, int at, string pair, string kv)
    {
        int equals = text.IndexOf(kv, at, StringComparison.Ordinal);
        return equals <= at ? -1 : text.LastIndexOf(pair, equals - 1, equals - at, StringComparison.Ordinal);
    }

    private void Undelimited(string text, Span<string?> values)
    {
        string? key = null;
        for (int at = 0; at < text.Length;)
        {
            if (!TryQuoted(text, at, out string word, out int end))
            {
                if (!IsWord(text[at]))
                {
                    at++;
                    continue;
                }

                end = at;
                while (end < text.Length && IsWord(text[end]))
                {
                    end++;
                }

                word = text[at..end];
            }

            at = end;
            if (key is not null)
            {
                Keep(key, word, values);
                key = null;
            }
            else if (_keys.ContainsKey(word))
            {
                key = word;
            }
        }
    }

    private static bool IsWord(char one) => char.IsLetterOrDigit(one) || char.IsSurrogate(one);

    private static bool IsAt(string text, int at, string delimiter) => string.CompareOrdinal(text, at, delimiter, 0, delimiter.Length) == 0;

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    // What is between quotes that open at a place, without escapes; end is behind the closing one. Not if they are not closed.
    private bool TryQuoted(string text, int at, out string value, out int end)
    {
        value = "";
        end = at;
        foreach ((char open, char close) in _quotes)
        {
            if (at >= text.Length || text[at] != open)
            {
                continue;
            }

            var inside = new StringBuilder();
            for (int i = at + 1; i < text.Length; i++)
            {
                if (_escapes.Contains(text[i], StringComparison.Ordinal) && i + 1 < text.Length)
                {
                    inside.Append(text[++i]);
                }
                else if (text[i] == close)
                {
                    (value, end) = (inside.ToString(), i + 1);
                    return true;
                }
                else
                {
                    inside.Append(text[i]);
                }
            }
        }

        return false;
    }
}
