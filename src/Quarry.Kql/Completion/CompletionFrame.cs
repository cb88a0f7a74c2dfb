using Quarry.Kql.Syntax;

namespace Quarry.Kql.Completion;

/// <summary>A bracket that is open at the place, or the whole text: where it begins, and where its last bar is.</summary>
internal sealed class CompletionFrame
{
    // Operators with a query of their own in parentheses, and those whose query works on the rows they get.
    private static readonly string[] WithQuery = ["join", "lookup", "union", "materialize", "toscalar", "totable"];
    private static readonly string[] WithSubquery = ["fork", "facet", "mv-apply", "mvapply", "partition"];

    private CompletionFrame(int start, bool isQuery, bool takesInput)
    {
        Start = StageStart = start;
        IsQuery = isQuery;
        TakesInput = takesInput;
    }

    /// <summary>Its first token, behind the bracket or the last semicolon.</summary>
    public int Start { get; private set; }

    /// <summary>The first token behind its last bar, or <see cref="Start"/>.</summary>
    public int StageStart { get; private set; }

    /// <summary>Whether it holds a query.</summary>
    public bool IsQuery { get; private set; }

    /// <summary>Whether its query works on the rows of the query around it.</summary>
    public bool TakesInput { get; }

    /// <summary>Whether there is a bar in it.</summary>
    public bool HasBar => StageStart != Start;

    /// <summary>Whether it is the whole text.</summary>
    public bool IsOutermost { get; private init; }

    /// <summary>What is open behind the last of some tokens, from the outside in; at least the whole text.</summary>
    public static List<CompletionFrame> Open(List<SyntaxToken> tokens)
    {
        List<CompletionFrame> open = [new CompletionFrame(0, true, false) { IsOutermost = true }];
        for (int i = 0; i < tokens.Count; i++)
        {
            switch (tokens[i].Kind)
            {
                case TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace:
                    open.Add(Begin(open, tokens, i));
                    break;
                case TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace when open.Count > 1:
                    open.RemoveAt(open.Count - 1);
                    break;
                case TokenKind.Bar:
                    open[^1].StageStart = i + 1;
                    open[^1].IsQuery = true;
                    break;
                case TokenKind.Semicolon:
                    open[^1].Start = open[^1].StageStart = i + 1;
                    break;
            }
        }

        return open;
    }

    /// <summary>The word that begins the stage; a let statement's value begins one too.</summary>
    public string OperatorOf(List<SyntaxToken> tokens) => StageStart < tokens.Count ? tokens[StageStart].Text.ToString() : "";

    private static CompletionFrame Begin(List<CompletionFrame> open, List<SyntaxToken> tokens, int at)
    {
        CompletionFrame stage = open.Last(frame => frame.IsQuery);
        string operation = stage == open[^1] ? stage.OperatorOf(tokens) : "";
        string before = at > 0 ? tokens[at - 1].Text.ToString() : "";
        bool isCall = at > 0 && tokens[at - 1].Kind == TokenKind.Word && tokens[at - 1].End == tokens[at].Start && !WithQuery.Contains(before);
        bool isParen = tokens[at].Kind == TokenKind.OpenParen;
        bool takesInput = isParen && !isCall && WithSubquery.Contains(operation);
        bool isQuery = tokens[at].Kind == TokenKind.OpenBrace || takesInput || WithQuery.Contains(before)
            || (isParen && !isCall && (WithQuery.Contains(operation) || at == stage.Start));
        return new CompletionFrame(at + 1, isQuery, takesInput);
    }
}
