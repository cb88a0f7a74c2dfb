using System.Runtime.CompilerServices;
using Quarry.Kql.Diagnostics;

namespace Quarry.Kql.Syntax.Parsing;

/// <summary>
/// Reads tokens into a tree by recursive descent. Whatever the tokens are there is a tree that holds all of them: what is
/// missing is filled in with tokens of no length, what is too much is skipped into what stands before the next token, and
/// both are reported.
/// </summary>
/// <remarks>The grammar is that of Microsoft's documentation and, where it is silent, what Microsoft's parser accepts.</remarks>
internal sealed partial class Parser
{
    // Microsoft's analysis ends at a depth of 500 too. Every level costs stack here and in all that walks the tree.
    private const int MostDepth = 500;
    private const int MostNesting = 160;

    private readonly string _text;
    private readonly List<SyntaxToken> _tokens;
    private readonly DiagnosticList _diagnostics;
    private int _index;
    private int _end;
    private int _skippedFrom = -1;
    private int _nesting;
    private bool _isAbandoned;

    /// <summary>A parser of a text's tokens.</summary>
    public Parser(string text, List<SyntaxToken> tokens, DiagnosticList diagnostics)
    {
        _text = text;
        _tokens = tokens;
        _diagnostics = diagnostics;
    }

    private SyntaxToken Current => _tokens[_index];

    private SyntaxToken Peek(int distance) => _tokens[Math.Min(_index + distance, _tokens.Count - 1)];

    private bool At(TokenKind kind) => Current.Kind == kind;

    private bool At(string word) => Current.Is(word);

    private bool AtEndOfOperator =>
        Current.Kind is TokenKind.Bar or TokenKind.Semicolon or TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace
            or TokenKind.EndOfText;

    private SyntaxToken Take()
    {
        SyntaxToken token = Current;
        if (_skippedFrom >= 0)
        {
            token.Absorb(_skippedFrom);
            _skippedFrom = -1;
        }

        _end = token.End;
        _index++;
        return token;
    }

    private SyntaxToken? TakeIf(TokenKind kind) => At(kind) ? Take() : null;

    private SyntaxToken? TakeIf(string word) => At(word) ? Take() : null;

    private SyntaxToken Expect(TokenKind kind, string what) => At(kind) ? Take() : Missing(what);

    private SyntaxToken Expect(string word) => At(word) ? Take() : Missing($"'{word}'");

    // Takes what closes a parenthesis, and on the way there what nobody expected.
    private SyntaxToken Close(TokenKind kind, string what)
    {
        if (At(kind))
        {
            return Take();
        }

        ErrorExpected(what);
        SkipBalanced(token => token.Kind == kind || token.Kind is TokenKind.Semicolon);
        return At(kind) ? Take() : MissingToken();
    }

    private SyntaxToken Missing(string what)
    {
        ErrorExpected(what);
        return MissingToken();
    }

    private SyntaxToken MissingToken() => new(_text, TokenKind.Missing, _end, _end, _end);

    private MissingExpression MissingExpression(string what) => new(Missing(what));

    private void ErrorExpected(string what) => Error(Current.Span, $"Expected {what}, found {Describe(Current)}.");

    private void Error(TextSpan span, string message, DiagnosticKind kind = DiagnosticKind.Syntax)
    {
        if (!_isAbandoned)
        {
            _diagnostics.Add(kind, span, message);
        }
    }

    private static string Describe(SyntaxToken token)
    {
        const int Longest = 40;
        string text = token.Text.Length <= Longest ? token.Text.ToString() : $"{token.Text[..Longest]}...";
        return token.Kind switch
        {
            TokenKind.EndOfText => "the end of the query",
            TokenKind.String => "a string",
            _ => $"'{text}'",
        };
    }

    private void Skip()
    {
        if (_skippedFrom < 0)
        {
            _skippedFrom = Current.FullStart;
        }

        _index++;
    }

    // Skips until a token that is wanted, or one that closes what was open before, whole parentheses at a time.
    private void SkipBalanced(Func<SyntaxToken, bool> isWanted)
    {
        int open = 0;
        while (!At(TokenKind.EndOfText))
        {
            if (open == 0 && isWanted(Current))
            {
                return;
            }

            if (Current.Kind is TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace)
            {
                open++;
            }
            else if (Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace && open-- == 0)
            {
                return;
            }

            Skip();
        }
    }

    // Everything that calls itself asks here first. Beyond the limit the rest of the text is skipped: a stack that overflows
    // takes the process with it.
    private bool Enter()
    {
        _nesting++;
        if (_nesting <= MostNesting && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        Abandon();
        return false;
    }

    private void Leave() => _nesting--;

    private void Abandon()
    {
        Error(Current.Span, $"The query is nested too deeply here: more than {MostNesting} parentheses, or {MostDepth} operators in one expression.");
        _isAbandoned = true;
        while (!At(TokenKind.EndOfText))
        {
            Skip();
        }
    }

    private T Bounded<T>(T node)
        where T : SyntaxNode
    {
        if (node.Depth > MostDepth)
        {
            Abandon();
        }

        return node;
    }

    private SeparatedList<T> ParseList<T>(Func<T> parseItem, Func<bool>? endsBehindComma = null)
        where T : SyntaxElement
    {
        var items = new List<T>();
        var elements = new List<SyntaxElement>();
        while (true)
        {
            T item = parseItem();
            items.Add(item);
            elements.Add(item);
            if (!At(TokenKind.Comma))
            {
                break;
            }

            elements.Add(Take());
            if (endsBehindComma is not null && endsBehindComma())
            {
                break;
            }
        }

        return new SeparatedList<T>(items, elements);
    }

    private static SeparatedList<T> EmptyList<T>()
        where T : SyntaxElement => new([], []);
}
