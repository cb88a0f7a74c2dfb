namespace Quarry.Data.Queries.Filling;

/// <summary>A place of a query that a parameter's value fills.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record TemplateHole(QueryParameter Parameter, HolePlace Place)
{
    /// <summary>Whether a list may be empty there: between square brackets.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>The text that stands for a value at this place; no value is more than that.</summary>
    /// <exception cref="QuarryException">The value cannot stand there.</exception>
    public string Write(FilledValue value) => Place switch
    {
        HolePlace.Text => ParameterValue.Text(value.Value),
        HolePlace.Typed => Only(value, static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' or ':' or ' ', "letters, digits, and - + . :"),
        HolePlace.Word => Only(value, static c => char.IsAsciiLetterOrDigit(c) || c == '_', "letters, digits and _"),
        HolePlace.Comment => string.Create(ParameterValue.Text(value.Value).Length, ParameterValue.Text(value.Value), static (line, text) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                line[i] = text[i] is < ' ' or '\x7F' or '\x85' or '\u2028' or '\u2029' ? ' ' : text[i];
            }
        }),
        _ => WriteBare(value),
    };

    private string WriteBare(FilledValue value)
    {
        switch (Parameter.Type)
        {
            case QueryParameterType.Name:
                string name = (string)value.Value;
                return value.IsDefinitions ? name
                    : BareValue.Name(name) ?? throw new QuarryException($"The parameter '{Parameter.Name}' takes the name of a table or column; '{Shortened.Of(name)}' is none.");

            case QueryParameterType.Fragment:
                string fragment = (string)value.Value;
                string? problem = value.IsDefinitions ? null : KqlFragment.Problem(fragment);
                return problem is null
                    ? fragment.Trim()
                    : throw new QuarryException($"The parameter '{Parameter.Name}' takes a piece of KQL, and '{Shortened.Of(fragment)}' is none that fits: {problem}");

            case QueryParameterType.Text:
                string text = (string)value.Value;
                return value.IsDefinitions ? text
                    : BareValue.Of(text) ?? throw new QuarryException(
                        $"The parameter '{Parameter.Name}' stands in the query without quotes: it takes one name, one number or one timespan, and '{Shortened.Of(text)}' is none. "
                        + "In a definition of your own, put quotes around it for a text, or give it the type kql for a piece of query.");

            case QueryParameterType.List or QueryParameterType.LongList when !AllowsEmpty && value.Value is IReadOnlyList<object> { Count: 0 }:
                throw new QuarryException($"The list '{Parameter.Name}' needs at least one value.");

            default:
                return ParameterValue.Literal(value.Value);
        }
    }

    private string Only(FilledValue value, Func<char, bool> isAllowed, string allowed)
    {
        string text = ParameterValue.Text(value.Value).Trim();
        return text.Length > 0 && text.All(isAllowed)
            ? text
            : throw new QuarryException($"The parameter '{Parameter.Name}' may hold {allowed} where it stands in the query; it is '{Shortened.Of(text)}'.");
    }
}
