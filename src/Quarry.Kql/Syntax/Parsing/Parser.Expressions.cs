using System.Collections.Frozen;

namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Expressions, from the loosest operator to the tightest.</summary>
internal sealed partial class Parser
{
    private Expression ParseNamedExpression()
    {
        if (BeginsNames())
        {
            SyntaxToken open = Take();
            SeparatedList<NameSyntax> names = ParseList(ParseDeclaredName);
            SyntaxToken close = Close(TokenKind.CloseParen, "')'");
            return new NamesExpression(open, names, close, Take(), ParseExpression());
        }

        return BeginsNamed() ? new NamedExpression(ParseDeclaredName(), Take(), ParseExpression()) : ParseExpression();
    }

    private bool BeginsNamed() => NameLength(0) is > 0 and int length && Peek(length).Kind == TokenKind.Equal;

    // "(a, b) =". Only names and commas may stand before the parenthesis that closes, so the search ends soon.
    private bool BeginsNames()
    {
        if (!At(TokenKind.OpenParen))
        {
            return false;
        }

        int at = 1;
        while (NameLength(at) is > 0 and int length)
        {
            at += length;
            if (Peek(at).Kind != TokenKind.Comma)
            {
                break;
            }

            at++;
        }

        return at > 1 && Peek(at).Kind == TokenKind.CloseParen && Peek(at + 1).Kind == TokenKind.Equal;
    }

    private Expression ParseExpression()
    {
        if (!Enter())
        {
            return new MissingExpression(MissingToken());
        }

        Expression expression = ParseLogical(isAnd: false);
        Leave();
        return expression;
    }

    private Expression ParseLogical(bool isAnd)
    {
        string word = isAnd ? "and" : "or";
        Expression first = ParseLogicalOperand(isAnd);
        if (!At(word))
        {
            return first;
        }

        List<Expression> operands = [first];
        List<SyntaxElement> elements = [first];
        while (At(word))
        {
            elements.Add(Take());
            Expression next = ParseLogicalOperand(isAnd);
            operands.Add(next);
            elements.Add(next);
        }

        return Bounded(new LogicalExpression(isAnd, operands, elements));
    }

    private Expression ParseLogicalOperand(bool isAnd) => isAnd ? ParseEquality() : ParseLogical(isAnd: true);

    private Expression ParseEquality()
    {
        Expression left = ParseRelation();
        bool isChained = false;
        while (true)
        {
            SyntaxToken symbol = Current;
            Expression? whole = ParseEqualityTail(left);
            if (whole is null)
            {
                return left;
            }

            if (isChained)
            {
                Error(symbol.Span, "Comparisons cannot be chained; join them by 'and', or use parentheses.");
            }

            isChained = true;
            left = Bounded(whole);
        }
    }

    private Expression? ParseEqualityTail(Expression left)
    {
        if (TryKind(Operations.Equality, out BinaryOperator kind))
        {
            return new BinaryExpression(left, [Take()], kind, ParseRelation());
        }

        if (TryKind(Operations.Lists, out ListOperator list))
        {
            SyntaxToken symbol = Take();
            SyntaxToken open = Expect(TokenKind.OpenParen, $"'(' and the values behind '{symbol.Text}'");
            SeparatedList<Expression> items = open.IsMissing ? EmptyList<Expression>() : ParseListItems();
            return new ListExpression(left, symbol, list, open, items, open.IsMissing ? MissingToken() : Close(TokenKind.CloseParen, "',' or ')'"));
        }

        return At("between") || At("!between") ? ParseBetween(left) : null;
    }

    private SeparatedList<Expression> ParseListItems()
    {
        SeparatedList<Expression> items = ParseList(ParseQuery);
        if (items.Count > 1 && items.FirstOrDefault(item => item is QueryExpression) is { } query)
        {
            Error(query.Span, "A query can only be the whole list; in a list of values it needs toscalar(...).");
        }

        return items;
    }

    private BetweenExpression ParseBetween(Expression value)
    {
        SyntaxToken symbol = Take();
        SyntaxToken open = Expect(TokenKind.OpenParen, "'(' and the ends of the range");
        Expression low = ParseExpression();
        SyntaxToken dots = Expect(TokenKind.DotDot, "'..' between the ends of the range");
        Expression high = ParseExpression();
        return new BetweenExpression(value, symbol, open, low, dots, high, open.IsMissing ? MissingToken() : Close(TokenKind.CloseParen, "')'"));
    }

    private Expression ParseRelation()
    {
        Expression left = ParseSum();
        bool isChained = false;
        while (TryKind(Operations.Relations, out BinaryOperator kind))
        {
            if (isChained)
            {
                Error(Current.Span, "Comparisons cannot be chained; join them by 'and', or use between (a .. b).");
            }

            isChained = true;
            left = Bounded(new BinaryExpression(left, [Take()], kind, ParseSum()));
        }

        return left;
    }

    private Expression ParseSum()
    {
        Expression left = ParseProduct();
        while (Current.Kind is TokenKind.Plus or TokenKind.Minus)
        {
            BinaryOperator kind = At(TokenKind.Plus) ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Bounded(new BinaryExpression(left, [Take()], kind, ParseProduct()));
        }

        return left;
    }

    private Expression ParseProduct()
    {
        Expression left = ParseTextComparison();
        while (At(TokenKind.Star) || (At(TokenKind.Operator) && Current.Text is "/" or "%"))
        {
            BinaryOperator kind = At(TokenKind.Star) ? BinaryOperator.Multiply
                : At("/") ? BinaryOperator.Divide
                : BinaryOperator.Modulo;
            left = Bounded(new BinaryExpression(left, [Take()], kind, ParseTextComparison()));
        }

        return left;
    }

    private Expression ParseTextComparison()
    {
        Expression left = ParseSigned();
        bool isChained = false;
        while (TextOperator(0) is { } kind)
        {
            if (isChained)
            {
                Error(Current.Span, "Comparisons cannot be chained; join them by 'and', or use parentheses.");
            }

            isChained = true;
            SyntaxToken[] symbol = kind == BinaryOperator.MatchesRegex ? [Take(), Take()] : [Take()];
            left = Bounded(new BinaryExpression(left, symbol, kind, ParseSigned()));
        }

        return left;
    }

    private BinaryOperator? TextOperator(int distance)
    {
        SyntaxToken token = Peek(distance);
        if (token.Kind == TokenKind.Colon)
        {
            return BinaryOperator.Search;
        }

        if (token.Is("matches") && Peek(distance + 1).Is("regex"))
        {
            return BinaryOperator.MatchesRegex;
        }

        return TryKind(token, Operations.Text, out BinaryOperator kind) ? kind : null;
    }

    private bool TryKind<T>(FrozenDictionary<string, T> table, out T kind) => TryKind(Current, table, out kind);

    private static bool TryKind<T>(SyntaxToken token, FrozenDictionary<string, T> table, out T kind)
    {
        kind = default!;
        return token.Kind is TokenKind.Operator or TokenKind.Word
            && table.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token.Text, out kind!);
    }

    private Expression ParseSigned() =>
        Current.Kind is TokenKind.Plus or TokenKind.Minus ? new UnaryExpression(Take(), ParseAccess()) : ParseAccess();

    private Expression ParseAccess()
    {
        Expression target = ParsePrimary();
        while (true)
        {
            if (At(TokenKind.Dot))
            {
                target = Bounded(new MemberExpression(target, Take(), ParseMember()));
            }
            else if (At(TokenKind.OpenBracket))
            {
                SyntaxToken open = Take();
                target = Bounded(new ElementExpression(target, open, ParseExpression(), Close(TokenKind.CloseBracket, "']'")));
            }
            else
            {
                return target;
            }
        }
    }

    private Expression ParseMember()
    {
        NameSyntax name = ParseUsedName("a name");
        return At(TokenKind.OpenParen) && name is WordName { IsMissing: false } ? ParseCall(name) : new NameExpression(name);
    }

    private CallExpression ParseCall(NameSyntax name)
    {
        SyntaxToken open = Expect(TokenKind.OpenParen, "'(' and the arguments");
        if (open.IsMissing)
        {
            return new CallExpression(name, open, EmptyList<Expression>(), MissingToken());
        }

        SeparatedList<Expression> arguments = At(TokenKind.CloseParen) ? EmptyList<Expression>() : ParseList(ParseArgument);
        return new CallExpression(name, open, arguments, Close(TokenKind.CloseParen, "',' or ')'"));
    }

    private Expression ParseArgument() =>
        At(TokenKind.Star) && Peek(1).Kind is TokenKind.Comma or TokenKind.CloseParen ? new StarExpression(Take())
        : BeginsNamed() ? ParseNamedExpression()
        : ParseExpression();

    private Expression ParsePrimary()
    {
        switch (Current.Kind)
        {
            case TokenKind.Long or TokenKind.Real or TokenKind.TimeSpan or TokenKind.Typed:
                return new LiteralExpression(Take());
            case TokenKind.String:
                return ParseString();
            case TokenKind.OpenParen:
                return ParseParenthesized();
            case TokenKind.Star when IsComparison(1):
                return new StarExpression(Take());
            case TokenKind.Word:
                return ParseWord();
            default:
                return NameLength(0) > 0 ? new NameExpression(ParseUsedName("an expression")) : MissingExpression("an expression");
        }
    }

    // "* has 'x'": any column.
    private bool IsComparison(int distance) =>
        TextOperator(distance) is not null
        || TryKind(Peek(distance), Operations.Equality, out _)
        || TryKind(Peek(distance), Operations.Lists, out _)
        || TryKind(Peek(distance), Operations.Relations, out _);

    private ParenthesizedExpression ParseParenthesized()
    {
        SyntaxToken open = Take();
        return new ParenthesizedExpression(open, ParseQuery(), Close(TokenKind.CloseParen, "')'"));
    }

    private Expression ParseWord()
    {
        ReadOnlySpan<char> word = Current.Text;
        if (word is "true" or "false" or "True" or "False" or "TRUE" or "FALSE")
        {
            return new LiteralExpression(Take());
        }

        bool isCall = Peek(1).Kind == TokenKind.OpenParen;
        switch (word)
        {
            case "dynamic" when isCall:
                return ParseDynamic();
            case "typeof" when isCall:
                return ParseTypeof();
            case "datatable" when isCall:
                return ParseDatatable();
            case "externaldata" or "external_data" when isCall:
                return ParseExternalData();
            case "toscalar" when isCall:
                (SyntaxToken toScalar, SyntaxToken open, Expression query, SyntaxToken close) = ParseEnclosedQuery();
                return new ToScalarExpression(toScalar, open, query, close);
            case "totable" when isCall:
                (SyntaxToken toTable, open, query, close) = ParseEnclosedQuery();
                return new ToTableExpression(toTable, open, query, close);
            case "materialize" when isCall:
                Error(Current.Span, "materialize(...) can only be the whole value of a let: let T = materialize(...).");
                (SyntaxToken materialize, open, query, close) = ParseEnclosedQuery();
                return new MaterializeExpression(materialize, open, query, close);
            default:
                NameSyntax name = ParseUsedName("an expression");
                return isCall && !name.IsMissing ? ParseCall(name) : new NameExpression(name);
        }
    }

    private (SyntaxToken Keyword, SyntaxToken Open, Expression Query, SyntaxToken Close) ParseEnclosedQuery() =>
        (Take(), Take(), ParseQuery(), Close(TokenKind.CloseParen, "')'"));
}
