using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Quarry.Catalogue;

/// <summary>Options as text: one notation, the same in every culture and every face.</summary>
internal static class OptionText
{
    /// <summary>How the absence of a value is written.</summary>
    public const string None = "none";

    /// <summary>What an option expects, for a message, as whole sentences.</summary>
    public static string Expected(OptionDescription option, string refused)
    {
        string expected = option.Kind switch
        {
            OptionKind.Boolean => "true or false",
            OptionKind.Integer => $"a whole number up to {int.MaxValue.ToString(CultureInfo.InvariantCulture)}",
            OptionKind.Long => $"a whole number up to {long.MaxValue.ToString(CultureInfo.InvariantCulture)}",
            OptionKind.Number => "a number such as 2.5",
            OptionKind.Text => "a text",
            OptionKind.TextList => "texts separated by commas, an item with a comma in double quotes",
            OptionKind.Duration => "a length of time such as 500ms, 10s, 5m, 2h or 1d",
            OptionKind.ByteSize => "a size such as 500, 10KB, 64MiB or 2GiB",
            OptionKind.Choice => $"one of {Names(option)}",
            OptionKind.ChoiceList => $"a list, separated by commas, of {Names(option)}",
            _ => throw new ArgumentOutOfRangeException(nameof(option), option.Kind, null),
        };
        string none = option.AcceptsNone ? $", or {None}" : "";
        string hint = NearestName.Of(refused, option.Choices.Select(c => c.Name)) is { } nearest
            ? $" Did you mean {nearest}?"
            : "";
        return $"Expected {expected}{none}.{hint}";
    }

    /// <summary>Reads the value of an option that is no list; null if the text is none.</summary>
    public static object? Parse(OptionDescription option, string text)
    {
        string trimmed = text.Trim();
        return option.Kind switch
        {
            OptionKind.Boolean => ParseBoolean(trimmed),
            OptionKind.Integer => int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int small)
                ? small : null,
            OptionKind.Long => long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large)
                ? large : null,
            OptionKind.Number => double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) ? number : null,
            OptionKind.Text => text,
            OptionKind.Duration => DurationText.TryParse(trimmed, out TimeSpan duration) ? duration : null,
            OptionKind.ByteSize => ByteSizeText.TryParse(trimmed, out long bytes) ? bytes : null,
            OptionKind.Choice => ParseChoice(option, trimmed),
            _ => throw new ArgumentOutOfRangeException(nameof(option), option.Kind, null),
        };
    }

    /// <summary>
    /// Takes apart comma-separated items. Blanks around an item do not count, an empty text is an empty list, an empty
    /// item has to be quoted since it is more often a slip: false then, and where quotes do not match.
    /// </summary>
    public static bool TrySplit(string text, out List<string> items)
    {
        items = [];
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        int position = 0;
        while (true)
        {
            if (ReadItem(text, ref position) is not { } item)
            {
                return false;
            }

            items.Add(item);
            if (position == text.Length)
            {
                return true;
            }

            position++;
        }
    }

    /// <summary>Turns items into the value of a list, or says which item is none of the choices.</summary>
    public static bool TryConvert(
        OptionDescription option,
        IReadOnlyList<string> items,
        [NotNullWhen(true)] out object? value,
        [NotNullWhen(false)] out string? bad)
    {
        bad = null;
        if (option.Kind == OptionKind.TextList)
        {
            value = items.ToArray();
            return true;
        }

        object[] choices = new object[items.Count];
        for (int i = 0; i < choices.Length; i++)
        {
            if (ParseChoice(option, items[i].Trim()) is not { } choice)
            {
                value = null;
                bad = items[i];
                return false;
            }

            choices[i] = choice;
        }

        value = choices;
        return true;
    }

    /// <summary>Writes a value so that it is read back as the same.</summary>
    public static string Format(OptionDescription option, object? value) => value switch
    {
        null => None,
        bool flag => flag ? "true" : "false",
        long bytes when option.Kind == OptionKind.ByteSize => ByteSizeText.Format(bytes),
        TimeSpan duration => DurationText.Format(duration),
        string text => text,
        string[] texts => string.Join(",", texts.Select(Quote)),
        object[] choices => string.Join(",", choices.Select(choice => NameOf(option, choice))),
        Enum choice => NameOf(option, choice),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{option.Name} cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    private static object? ParseBoolean(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => null,
    };

    private static object? ParseChoice(OptionDescription option, string text)
    {
        string wanted = WithoutSeparators(text);
        foreach (OptionChoice choice in option.Choices)
        {
            if (WithoutSeparators(choice.Name).Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return choice.Value;
            }
        }

        return null;
    }

    private static string WithoutSeparators(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private static string Names(OptionDescription option) => string.Join(", ", option.Choices.Select(c => c.Name));

    private static string NameOf(OptionDescription option, object value) =>
        option.Choices.FirstOrDefault(choice => choice.Value.Equals(value))?.Name ?? value.ToString()!;

    private static string Quote(string item) =>
        item.Length == 0 || item != item.Trim() || item.AsSpan().ContainsAny(',', '"')
            ? $"\"{item.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : item;

    // Reads up to the comma or the end; null if the item is empty or its quotes do not match.
    private static string? ReadItem(string text, ref int position)
    {
        int start = position;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        if (start < text.Length && text[start] == '"')
        {
            return ReadQuoted(text, start + 1, ref position);
        }

        int comma = text.IndexOf(',', start);
        position = comma < 0 ? text.Length : comma;
        string item = text[start..position].Trim();
        return item.Length == 0 ? null : item;
    }

    private static string? ReadQuoted(string text, int start, ref int position)
    {
        var item = new StringBuilder();
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                item.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                item.Append('"');
                i++;
            }
            else
            {
                int comma = text.IndexOf(',', i);
                position = comma < 0 ? text.Length : comma;
                return text.AsSpan(i + 1, position - i - 1).IsWhiteSpace() ? item.ToString() : null;
            }
        }

        return null;
    }
}
