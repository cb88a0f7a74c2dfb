namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Literals and tables that stand in the query.</summary>
internal sealed partial class Parser
{
    private StringLiteral ParseString()
    {
        List<SyntaxToken> pieces = [Take()];
        while (At(TokenKind.String))
        {
            pieces.Add(Take());
        }

        return new StringLiteral(pieces);
    }

    // A literal, perhaps with a sign, or a word: what options, defaults and tables in the query may be.
    private Expression ParseConstant(string what)
    {
        if (NameLength(0) == 3)
        {
            return new NameExpression(ParseAnyName(what));
        }

        // "kind=inner(T)": what stands in parentheses behind a word is another matter.
        bool isWord = At(TokenKind.Word) && !IsBoolean(Current) && !(At("dynamic") && Peek(1).Kind == TokenKind.OpenParen);
        return isWord ? new NameExpression(new WordName(Take())) : ParseLiteral(what);
    }

    private Expression ParseLiteral(string what)
    {
        if (Current.Kind is TokenKind.Plus or TokenKind.Minus && IsNumber(Peek(1)))
        {
            return new UnaryExpression(Take(), new LiteralExpression(Take()));
        }

        return IsNumber(Current) || At(TokenKind.Typed) || IsBoolean(Current) ? new LiteralExpression(Take())
            : At(TokenKind.String) ? ParseString()
            : At("dynamic") && Peek(1).Kind == TokenKind.OpenParen ? ParseDynamic()
            : MissingExpression(what);
    }

    private static bool IsNumber(SyntaxToken token) => token.Kind is TokenKind.Long or TokenKind.Real or TokenKind.TimeSpan;

    private static bool IsBoolean(SyntaxToken token) =>
        token.Kind == TokenKind.Word && token.Text is "true" or "false" or "True" or "False" or "TRUE" or "FALSE";

    private DynamicLiteral ParseDynamic()
    {
        SyntaxToken word = Take();
        SyntaxToken open = Take();
        Expression value = ParseDynamicValue();
        return new DynamicLiteral(word, open, value, Close(TokenKind.CloseParen, "')'"));
    }

    private Expression ParseDynamicValue()
    {
        if (!Enter())
        {
            return new MissingExpression(MissingToken());
        }

        Expression value = At(TokenKind.OpenBracket) ? ParseDynamicArray()
            : At(TokenKind.OpenBrace) ? ParseDynamicObject()
            : At("null") ? new NameExpression(new WordName(Take()))
            : At(TokenKind.Plus) || (At(TokenKind.Typed) && !HoldsDynamicType(Current)) ? MissingExpression("a JSON value")
            : ParseLiteral("a JSON value");
        Leave();
        return value;
    }

    private static bool HoldsDynamicType(SyntaxToken token) =>
        token.Text.StartsWith("date", StringComparison.Ordinal) || token.Text.StartsWith("time", StringComparison.Ordinal)
        || token.Text.StartsWith("guid", StringComparison.Ordinal);

    private DynamicArray ParseDynamicArray()
    {
        SyntaxToken open = Take();
        SeparatedList<Expression> elements = At(TokenKind.CloseBracket) ? EmptyList<Expression>() : ParseList(ParseDynamicValue);
        return new DynamicArray(open, elements, Close(TokenKind.CloseBracket, "',' or ']'"));
    }

    private DynamicObject ParseDynamicObject()
    {
        SyntaxToken open = Take();
        SeparatedList<DynamicProperty> properties = At(TokenKind.CloseBrace) ? EmptyList<DynamicProperty>() : ParseList(ParseDynamicProperty);
        return new DynamicObject(open, properties, Close(TokenKind.CloseBrace, "',' or '}'"));
    }

    private DynamicProperty ParseDynamicProperty()
    {
        Expression name = At(TokenKind.String) ? ParseString() : MissingExpression("a property's name in quotes");
        SyntaxToken colon = Expect(TokenKind.Colon, "':' and the property's value");
        return new DynamicProperty(name, colon, ParseDynamicValue());
    }

    private TypeofExpression ParseTypeof()
    {
        SyntaxToken keyword = Take();
        SyntaxToken open = Take();
        SeparatedList<Expression> types = ParseList<Expression>(ParseTypeofItem);
        return new TypeofExpression(keyword, open, types, Close(TokenKind.CloseParen, "')'"));
    }

    private Expression ParseTypeofItem()
    {
        if (At(TokenKind.Star))
        {
            return new StarExpression(Take());
        }

        return NameLength(0) is > 0 and int length && Peek(length).Kind == TokenKind.Colon
            ? ParseTypedName()
            : new NameExpression(new WordName(ParseType()));
    }

    private DatatableExpression ParseDatatable()
    {
        SyntaxToken keyword = Take();
        SchemaSyntax schema = ParseSchema(starAllowed: false);
        SyntaxToken open = Expect(TokenKind.OpenBracket, "'[' and the rows");
        SeparatedList<Expression> values = At(TokenKind.CloseBracket) || open.IsMissing
            ? EmptyList<Expression>()
            : ParseList(() => ParseLiteral("a literal"), () => At(TokenKind.CloseBracket));
        return new DatatableExpression(keyword, schema, open, values, open.IsMissing ? MissingToken() : Close(TokenKind.CloseBracket, "',' or ']'"));
    }

    private ExternalDataExpression ParseExternalData()
    {
        SyntaxToken keyword = Take();
        SchemaSyntax schema = ParseSchema(starAllowed: false);
        SyntaxToken open = Expect(TokenKind.OpenBracket, "'[' and the addresses");
        SeparatedList<Expression> addresses = open.IsMissing
            ? EmptyList<Expression>()
            : ParseList(() => ParseConstant("an address"), () => At(TokenKind.CloseBracket));
        SyntaxToken close = open.IsMissing ? MissingToken() : Close(TokenKind.CloseBracket, "',' or ']'");
        return new ExternalDataExpression(keyword, schema, open, addresses, close, At("with") ? ParseProperties() : null);
    }
}
