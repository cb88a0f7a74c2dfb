using System.Text;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries.Filling;

/// <summary>
/// A query with places for values. The text is read by KQL's own lexer, so that it is known where each place stands: in a
/// string, in a literal with a type, or bare; and what was filled is read again, so that no value can have become more
/// tokens than its own.
/// </summary>
internal sealed class QueryTemplate
{
    private readonly IReadOnlyList<TemplatePart> _parts;
    private readonly IReadOnlyList<ExpectedToken> _expected;

    private QueryTemplate(IReadOnlyList<TemplatePart> parts, IReadOnlyList<ExpectedToken> expected)
    {
        _parts = parts;
        _expected = expected;
    }

    /// <summary>Reads a query's text.</summary>
    /// <param name="text">The text: <c>{name}</c> is a place, <c>{{</c> and <c>}}</c> are braces.</param>
    /// <param name="parameterOf">The parameter of a name; null where there is none.</param>
    /// <param name="problem">Is told what is wrong: the line of the text, from 0, and a sentence.</param>
    /// <returns>Null where something is wrong.</returns>
    public static QueryTemplate? Read(string text, Func<string, QueryParameter?> parameterOf, Action<int, string> problem)
    {
        if (MarkedText.Read(text, parameterOf, problem) is not { } marked)
        {
            return null;
        }

        var diagnostics = new DiagnosticList();
        List<SyntaxToken> tokens = Lexer.Tokenize(marked.Text, diagnostics);
        foreach (KqlDiagnostic one in diagnostics.All)
        {
            problem(KqlDiagnostic.LineAndColumn(marked.Text, one.Span.Start).Line - 1, one.Message);
        }

        return diagnostics.All.Count > 0 ? null : Split(marked, tokens);
    }

    /// <summary>The query with values in its places.</summary>
    /// <exception cref="QuarryException">A value cannot stand at its place.</exception>
    public string Fill(Func<QueryParameter, FilledValue> valueOf)
    {
        var filled = new StringBuilder();
        var bare = new List<string>();
        bool isLineEmptied = false;
        foreach (TemplatePart part in _parts)
        {
            if (part is PlainPart plain)
            {
                ReadOnlySpan<char> rest = plain.Text;
                if (isLineEmptied && rest.TrimStart(" \t") is var next && next is ['\n', ..] or ['\r', '\n', ..])
                {
                    rest = next[(next.IndexOf('\n') + 1)..];
                }

                isLineEmptied = false;
                filled.Append(rest);
                continue;
            }

            string value = part.Write(valueOf);
            bool isBare = part is HolePart { Hole.Place: HolePlace.Bare };
            isLineEmptied = isBare && value.Length == 0 && TakeBlankLine(filled);
            filled.Append(value);
            if (isBare)
            {
                bare.Add(value);
            }
        }

        string query = filled.ToString().Trim();
        Require(query, bare);
        return query;
    }

    // A parameter that adds nothing leaves no empty line behind.
    private static bool TakeBlankLine(StringBuilder filled)
    {
        int end = filled.Length;
        while (end > 0 && filled[end - 1] is ' ' or '\t')
        {
            end--;
        }

        bool isBlank = end == 0 || filled[end - 1] == '\n';
        filled.Length = isBlank ? end : filled.Length;
        return isBlank;
    }

    // The values were written by their types; this is the proof that the query around them is still the definition's.
    private void Require(string query, List<string> bare)
    {
        var diagnostics = new DiagnosticList();
        List<SyntaxToken> tokens = Lexer.Tokenize(query, diagnostics);
        int at = 0;
        int hole = 0;
        bool holds = diagnostics.All.Count == 0;
        foreach (ExpectedToken expected in _expected)
        {
            if (!expected.IsHole)
            {
                holds = holds && at < tokens.Count && expected.Matches(tokens[at++]);
                continue;
            }

            foreach (SyntaxToken own in Lexer.Tokenize(bare[hole++], diagnostics).SkipLast(1))
            {
                holds = holds && at < tokens.Count && tokens[at].Kind == own.Kind && tokens[at++].Text.SequenceEqual(own.Text);
            }
        }

        if (!holds || at != tokens.Count)
        {
            throw new QuarryException("The values run together with the query around them, so the query was not made. Put spaces around the parameters in the definition, and look at the values.");
        }
    }

    private static QueryTemplate Split(MarkedText marked, List<SyntaxToken> tokens)
    {
        var parts = new List<TemplatePart>();
        var expected = new List<ExpectedToken>();
        int kept = 0;
        int next = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            SyntaxToken token = tokens[i];
            for (; next < marked.Holes.Count && marked.Holes[next].Start < token.Start; next++)
            {
                MarkedHole comment = marked.Holes[next];
                AddPlain(parts, marked.Text[kept..comment.Start]);
                parts.Add(new HolePart(new TemplateHole(comment.Parameter, HolePlace.Comment)));
                kept = comment.End;
            }

            int first = next;
            while (next < marked.Holes.Count && marked.Holes[next].Start < token.End)
            {
                next++;
            }

            if (first == next)
            {
                expected.Add(ExpectedToken.Of(token));
                continue;
            }

            AddPlain(parts, marked.Text[kept..token.Start]);
            kept = token.End;
            IReadOnlyList<MarkedHole> holes = [.. marked.Holes.Skip(first).Take(next - first)];
            bool isBetweenBrackets = i > 0 && tokens[i - 1].Kind == TokenKind.OpenBracket && i + 1 < tokens.Count && tokens[i + 1].Kind == TokenKind.CloseBracket;
            AddToken(parts, expected, marked, token, holes, isBetweenBrackets);
        }

        AddPlain(parts, marked.Text[kept..]);
        return new QueryTemplate(parts, expected);
    }

    private static void AddToken(List<TemplatePart> parts, List<ExpectedToken> expected, MarkedText marked, SyntaxToken token, IReadOnlyList<MarkedHole> holes, bool isBetweenBrackets)
    {
        if (token.Kind == TokenKind.String)
        {
            string prefix = token.Text[0] is 'h' or 'H' ? "h" : "";
            parts.Add(new LiteralPart(prefix, [.. marked.Split(LiteralText.Of(token), HolePlace.Text)]));
            expected.Add(ExpectedToken.Any(TokenKind.String));
        }
        else if (token.Kind == TokenKind.Word && holes.Count == 1 && holes[0].Start == token.Start && holes[0].End == token.End)
        {
            parts.Add(new HolePart(new TemplateHole(holes[0].Parameter, HolePlace.Bare) { AllowsEmpty = isBetweenBrackets }));
            expected.Add(ExpectedToken.Hole);
        }
        else
        {
            bool isTyped = token.Kind == TokenKind.Typed;
            parts.AddRange(marked.Split(token.Text.ToString(), isTyped ? HolePlace.Typed : HolePlace.Word));
            expected.Add(isTyped ? ExpectedToken.Any(TokenKind.Typed) : ExpectedToken.AnyWord);
        }
    }

    private static void AddPlain(List<TemplatePart> parts, string text)
    {
        if (text.Length > 0)
        {
            parts.Add(new PlainPart(text));
        }
    }
}
