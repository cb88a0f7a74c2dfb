using System.Globalization;
using System.Text;

namespace Quarry.Data.Queries.Filling;

/// <summary>
/// The text of a definition with a word in place of each parameter that stands nowhere else in it, so that KQL's lexer can
/// read it.
/// </summary>
internal sealed class MarkedText
{
    private const char End = 'z';
    private readonly string _mark;

    private MarkedText(string mark, string text, IReadOnlyList<MarkedHole> holes)
    {
        _mark = mark;
        Text = text;
        Holes = holes;
    }

    /// <summary>The text with marks.</summary>
    public string Text { get; }

    /// <summary>The marks, in the order of the text.</summary>
    public IReadOnlyList<MarkedHole> Holes { get; }

    /// <summary>Marks the parameters of a text in the notation of Python's format strings.</summary>
    /// <inheritdoc cref="QueryTemplate.Read" path="/param"/>
    /// <returns>Null where something is wrong.</returns>
    public static MarkedText? Read(string text, Func<string, QueryParameter?> parameterOf, Action<int, string> problem)
    {
        string mark = "zq";
        while (text.Contains(mark, StringComparison.Ordinal))
        {
            mark += "q";
        }

        var marked = new StringBuilder(text.Length);
        var holes = new List<MarkedHole>();
        int line = 0;
        bool isRight = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            line += c == '\n' ? 1 : 0;
            if (c is not ('{' or '}'))
            {
                marked.Append(c);
            }
            else if (i + 1 < text.Length && text[i + 1] == c)
            {
                marked.Append(c);
                i++;
            }
            else if (c == '{' && NameAt(text, i + 1) is { } name && parameterOf(name) is { } parameter)
            {
                int start = marked.Length;
                marked.Append(CultureInfo.InvariantCulture, $"{mark}{holes.Count}{End}");
                holes.Add(new MarkedHole(parameter, start, marked.Length));
                i += name.Length + 1;
            }
            else
            {
                problem(line, Complaint(text, i));
                isRight = false;
                i += c == '{' && NameAt(text, i + 1) is { } unknown ? unknown.Length + 1 : 0;
            }
        }

        return isRight ? new MarkedText(mark, marked.ToString(), holes) : null;
    }

    /// <summary>A part of the marked text, or what a literal of it says, as text and places.</summary>
    public IEnumerable<TemplatePart> Split(string text, HolePlace place)
    {
        int kept = 0;
        for (int at; (at = text.IndexOf(_mark, kept, StringComparison.Ordinal)) >= 0;)
        {
            if (at > kept)
            {
                yield return new PlainPart(text[kept..at]);
            }

            int digits = at + _mark.Length;
            int end = text.IndexOf(End, digits);
            yield return new HolePart(new TemplateHole(Holes[int.Parse(text.AsSpan(digits, end - digits), CultureInfo.InvariantCulture)].Parameter, place));
            kept = end + 1;
        }

        if (kept < text.Length)
        {
            yield return new PlainPart(text[kept..]);
        }
    }

    private static string? NameAt(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end > start && end < text.Length && text[end] == '}' ? text[start..end] : null;
    }

    private static string Complaint(string text, int at) =>
        text[at] == '}' ? "A '}' without '{' before it; a brace of the query itself is written twice: }}."
        : NameAt(text, at + 1) is { } name ? $"The query takes '{{{name}}}', and there is no parameter of the name here or in the defaults."
        : "A '{' begins no parameter here; {name} is one, and a brace of the query itself is written twice: {{.";
}
