namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Statements: <c>let</c>, <c>set</c>, <c>declare query_parameters</c>, queries, and the bodies of functions.</summary>
internal sealed partial class Parser
{
    /// <summary>The whole text.</summary>
    public QueryText ParseText()
    {
        var statements = new List<Statement>();
        var elements = new List<SyntaxElement>();
        while (!At(TokenKind.EndOfText))
        {
            Statement statement = ParseStatement();
            statements.Add(statement);
            elements.Add(statement);
            if (!At(TokenKind.Semicolon) && !At(TokenKind.EndOfText))
            {
                ReportWhatFollows();
                SkipToStatementEnd();
            }

            if (TakeIf(TokenKind.Semicolon) is { } semicolon)
            {
                elements.Add(semicolon);
            }
        }

        return new QueryText(new SeparatedList<Statement>(statements, elements), Take());
    }

    private void SkipToStatementEnd()
    {
        while (Current.Kind is not (TokenKind.Semicolon or TokenKind.EndOfText))
        {
            SkipBalanced(token => token.Kind == TokenKind.Semicolon);
            if (Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace)
            {
                Skip();
            }
        }
    }

    // Says what is likely meant by a token that stands where an operator or a statement has to end.
    private void ReportWhatFollows()
    {
        if (At(TokenKind.Equal))
        {
            Error(Current.Span, "'=' gives a name; to compare write '=='.");
        }
        else if (Current.Kind == TokenKind.Word && OperatorNames.Contains(Current.Text.ToString()))
        {
            Error(Current.Span, $"Expected '|' before '{Current.Text}'.");
        }
        else if (Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace)
        {
            Error(Current.Span, $"This '{Current.Text}' closes nothing.");
        }
        else
        {
            ErrorExpected("'|', ';' or the end of the query");
        }
    }

    private Statement ParseStatement()
    {
        if (At(TokenKind.Dot) && !Peek(1).HasSpaceBefore)
        {
            return ParseUnsupportedStatement("Management commands, which begin with a dot, change a cluster; Quarry has none.");
        }

        if (At("let") && Peek(1).Kind is TokenKind.Word or TokenKind.OpenBracket && !Peek(1).Is("in"))
        {
            return ParseLet();
        }

        if (At("set") && Peek(1).Kind == TokenKind.Word)
        {
            return ParseSet();
        }

        if (At("declare") && Peek(1).Is("query_parameters"))
        {
            return ParseQueryParameters();
        }

        return At("declare") && Peek(1).Is("pattern") ? ParseUnsupportedStatement("'declare pattern' is not supported.")
            : At("alias") && Peek(1).Is("database") ? ParseUnsupportedStatement("'alias database' is not supported: there is one database, the tables at hand.")
            : At("restrict") && Peek(1).Is("access") ? ParseUnsupportedStatement("'restrict access' is not supported.")
            : new ExpressionStatement(ParseQuery());
    }

    private UnsupportedStatement ParseUnsupportedStatement(string message)
    {
        Error(Current.Span, message, Diagnostics.DiagnosticKind.Unsupported);
        var tokens = new List<SyntaxToken>();
        int open = 0;
        while (!At(TokenKind.EndOfText) && (open > 0 || !At(TokenKind.Semicolon)))
        {
            open += Current.Kind == TokenKind.OpenBrace ? 1 : Current.Kind == TokenKind.CloseBrace ? -1 : 0;
            tokens.Add(Take());
        }

        return new UnsupportedStatement(tokens);
    }

    private LetStatement ParseLet()
    {
        SyntaxToken keyword = Take();
        NameSyntax name = ParseDeclaredName();
        SyntaxToken equal = Expect(TokenKind.Equal, "'=' and what the name stands for");
        return new LetStatement(keyword, name, equal, ParseLetValue());
    }

    private Expression ParseLetValue()
    {
        if (At("materialize") && Peek(1).Kind == TokenKind.OpenParen)
        {
            (SyntaxToken keyword, SyntaxToken open, Expression query, SyntaxToken close) = ParseEnclosedQuery();
            return new MaterializeExpression(keyword, open, query, close);
        }

        SyntaxToken? view = At("view") && BeginsFunction(1) ? Take() : null;
        return view is not null || BeginsFunction(0) ? ParseFunction(view) : ParseQuery();
    }

    private bool BeginsFunction(int at)
    {
        if (Peek(at).Kind != TokenKind.OpenParen)
        {
            return false;
        }

        int name = NameLength(at + 1);
        return name == 0 ? Peek(at + 1).Kind == TokenKind.CloseParen : Peek(at + 1 + name).Kind == TokenKind.Colon;
    }

    private FunctionExpression ParseFunction(SyntaxToken? view)
    {
        SyntaxToken open = Take();
        SeparatedList<FunctionParameter> parameters = At(TokenKind.CloseParen) ? EmptyList<FunctionParameter>() : ParseList(ParseParameter);
        SyntaxToken close = Close(TokenKind.CloseParen, "',' or ')'");
        return new FunctionExpression(view, open, parameters, close, ParseFunctionBody());
    }

    private FunctionParameter ParseParameter()
    {
        NameSyntax name = ParseDeclaredName();
        SyntaxToken colon = Expect(TokenKind.Colon, "':' and the parameter's type");
        if (At(TokenKind.OpenParen))
        {
            return new FunctionParameter(name, colon, null, ParseSchema(starAllowed: true), null, null);
        }

        SyntaxToken type = ParseType();
        SyntaxToken? equal = TakeIf(TokenKind.Equal);
        return new FunctionParameter(name, colon, type, null, equal, equal is null ? null : ParseConstant("a literal as the default value"));
    }

    private FunctionBody ParseFunctionBody()
    {
        SyntaxToken open = Expect(TokenKind.OpenBrace, "'{' and the function's body");
        if (open.IsMissing || !Enter())
        {
            return new FunctionBody(open, EmptyList<Statement>(), MissingToken());
        }

        var statements = new List<Statement>();
        var elements = new List<SyntaxElement>();
        bool isDone = false;
        while (!isDone && !At(TokenKind.CloseBrace) && !At(TokenKind.EndOfText))
        {
            if (At("set") && Peek(1).Kind == TokenKind.Word)
            {
                Error(Current.Span, "'set' cannot stand in a function.");
            }

            Statement statement = ParseStatement();
            statements.Add(statement);
            elements.Add(statement);
            isDone = statement is ExpressionStatement;
            if (At(TokenKind.Semicolon))
            {
                elements.Add(Take());
            }
            else if (!isDone && !At(TokenKind.CloseBrace))
            {
                ErrorExpected("';'");
                SkipBalanced(token => token.Kind == TokenKind.Semicolon);
            }
        }

        SyntaxToken close = CloseBody();
        Leave();
        return new FunctionBody(open, new SeparatedList<Statement>(statements, elements), close);
    }

    private SyntaxToken CloseBody()
    {
        if (!At(TokenKind.CloseBrace))
        {
            ErrorExpected("'}', for a function ends with its first query");
            SkipBalanced(token => token.Kind == TokenKind.CloseBrace);
        }

        return At(TokenKind.CloseBrace) ? Take() : MissingToken();
    }

    private SetStatement ParseSet()
    {
        SyntaxToken keyword = Take();
        NameSyntax name = new WordName(Take());
        SyntaxToken? equal = TakeIf(TokenKind.Equal);
        return new SetStatement(keyword, name, equal, equal is null ? null : ParseConstant("the option's value"));
    }

    private QueryParametersStatement ParseQueryParameters()
    {
        SyntaxToken declare = Take();
        SyntaxToken keyword = Take();
        SyntaxToken open = Expect(TokenKind.OpenParen, "'('");
        SeparatedList<FunctionParameter> parameters = ParseList(ParseParameter);
        return new QueryParametersStatement(declare, keyword, open, parameters, Close(TokenKind.CloseParen, "',' or ')'"));
    }
}
