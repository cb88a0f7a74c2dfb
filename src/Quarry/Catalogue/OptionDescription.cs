using System.Globalization;

namespace Quarry.Catalogue;

/// <summary>
/// One option of an analysis: what it is called in each face, what it takes and means, and how it is set. Made from a
/// property of an options record at compile time; see <see cref="AnalysisOptionsAttribute"/>.
/// </summary>
public sealed class OptionDescription
{
    /// <summary>The property's name, for example <c>MaxDepth</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The command's option, for example <c>--max-depth</c>.</summary>
    public required string CommandName { get; init; }

    /// <summary>The argument's name in KQL and in agent tools, for example <c>max_depth</c>.</summary>
    public required string ArgumentName { get; init; }

    /// <summary>What the option takes.</summary>
    public required OptionKind Kind { get; init; }

    /// <summary>Whether <c>none</c> is a value of the option, which is null in the record.</summary>
    public required bool AcceptsNone { get; init; }

    /// <summary>What the option means, in plain text on one line: the summary of the property's documentation.</summary>
    public required string Summary { get; init; }

    /// <summary>The values there are, where <see cref="Kind"/> is a choice; otherwise empty.</summary>
    public IReadOnlyList<OptionChoice> Choices { get; init; } = [];

    /// <summary>Makes the options record as it is when nothing is said.</summary>
    public required Func<object> Defaults { get; init; }

    /// <summary>Reads the option from an options record; see <see cref="Read"/>.</summary>
    public required Func<object, object?> Reader { get; init; }

    /// <summary>Gives a copy of an options record with the option set to a value as <see cref="Read"/> returns it.</summary>
    public required Func<object, object?, object> Writer { get; init; }

    /// <summary>Whether the option takes several values.</summary>
    public bool IsList => Kind is OptionKind.TextList or OptionKind.ChoiceList;

    /// <summary>The value when nothing is said, as <see cref="Read"/> returns it.</summary>
    public object? DefaultValue => Read(Defaults());

    /// <summary>The value when nothing is said, as one would write it: <c>64MiB</c>, <c>10s</c>, <c>ipv4,url</c>.</summary>
    public string DefaultText => OptionText.Format(this, DefaultValue);

    /// <summary>
    /// The option's value in a record: a <see cref="bool"/>, <see cref="int"/>, <see cref="long"/> (also for a size),
    /// <see cref="double"/>, <see cref="string"/>, <see cref="TimeSpan"/> or member of the enum, an array of
    /// <see cref="string"/> for several texts, of <see cref="object"/> for several choices, or null for none.
    /// </summary>
    public object? Read(object options) => Reader(options);

    /// <summary>The option's value in a record, as one would write it.</summary>
    public string ReadText(object options) => OptionText.Format(this, Read(options));

    /// <summary>
    /// A copy of an options record with this option set from text. Letter case and separators in choices do not matter;
    /// lists are separated by commas, an item with a comma in it stands in double quotes.
    /// </summary>
    /// <param name="options">The options record.</param>
    /// <param name="text">The value, as the user wrote it.</param>
    /// <param name="calledName">The option's name as the user wrote it, for the message; the command's if null.</param>
    /// <exception cref="InvalidCastException">The record is that of another analysis.</exception>
    /// <exception cref="QuarryException">The text is no value of the option: the message says what is expected.</exception>
    public object With(object options, string text, string? calledName = null)
    {
        if (AcceptsNone && text.Trim().Equals(OptionText.None, StringComparison.OrdinalIgnoreCase))
        {
            return Set(options, null, text, calledName);
        }

        if (IsList)
        {
            return OptionText.TrySplit(text, out List<string> items)
                ? WithItems(options, items, calledName)
                : throw Refuse(text, calledName, null);
        }

        return OptionText.Parse(this, text) is { } value
            ? Set(options, value, text, calledName)
            : throw Refuse(text, calledName, null);
    }

    /// <summary>
    /// A copy of an options record with this option set from items that are already apart, as a repeated option or a JSON
    /// array gives them. Commas in them mean nothing.
    /// </summary>
    /// <param name="options">The options record.</param>
    /// <param name="items">The values; exactly one unless <see cref="IsList"/>.</param>
    /// <param name="calledName">The option's name as the user wrote it, for the message; the command's if null.</param>
    /// <exception cref="QuarryException">An item is no value of the option, or there are too many or too few.</exception>
    public object WithItems(object options, IReadOnlyList<string> items, string? calledName = null)
    {
        if (IsList)
        {
            return OptionText.TryConvert(this, items, out object? value, out string? bad)
                ? Set(options, value, string.Join(",", items), calledName)
                : throw Refuse(bad, calledName, null);
        }

        return items.Count == 1
            ? With(options, items[0], calledName)
            : throw new QuarryException(string.Create(
                CultureInfo.InvariantCulture,
                $"{calledName ?? CommandName} takes one value, and was given {items.Count}."));
    }

    private object Set(object options, object? value, string text, string? calledName)
    {
        try
        {
            return Writer(options, value);
        }
        catch (Exception error) when (error is QuarryException or ArgumentException or OverflowException)
        {
            // The record itself refuses what its property cannot be; OverflowException is a size beyond an int.
            throw Refuse(text, calledName, error);
        }
    }

    private QuarryException Refuse(string text, string? calledName, Exception? cause)
    {
        const int Longest = 80;
        string shown = text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
        string advice = cause switch
        {
            QuarryException => cause.Message,
            ArgumentException argument => $"{Reason(argument)} {OptionText.Expected(this, text)}",
            _ => OptionText.Expected(this, text),
        };
        return new QuarryException($"{calledName ?? CommandName}: '{shown}' is not accepted. {advice}", cause);
    }

    // The first line only: .NET adds the parameter's name and the value below or behind it.
    private static string Reason(ArgumentException error)
    {
        string message = error.Message;
        int end = message.IndexOf(" (Parameter", StringComparison.Ordinal);
        message = (end < 0 ? message : message[..end]).Split('\n')[0].Trim();
        return message.EndsWith('.') ? message : message + ".";
    }
}
