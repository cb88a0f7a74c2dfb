namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Names, types, schemas, and the options before an operator's arguments.</summary>
internal sealed partial class Parser
{
    // How many tokens the name at a distance takes; 0 if none begins there.
    private int NameLength(int distance) =>
        Peek(distance).Kind == TokenKind.Word ? 1
        : Peek(distance).Kind == TokenKind.OpenBracket && IsBracketed(distance + 1) && Peek(distance + 2).Kind == TokenKind.CloseBracket ? 3
        : 0;

    private bool IsBracketed(int distance) => Peek(distance).Kind is TokenKind.String or TokenKind.Word or TokenKind.Long;

    private NameSyntax ParseDeclaredName()
    {
        if (At(TokenKind.Word) && Words.IsReservedInDeclaration(Current.Text))
        {
            Error(Current.Span, $"'{Current.Text}' is a keyword; as a name it is written ['{Current.Text}'].");
        }

        return ParseAnyName("a name");
    }

    private NameSyntax ParseUsedName(string what)
    {
        if (At(TokenKind.Word) && Words.IsReserved(Current.Text))
        {
            Error(Current.Span, $"Expected {what}, found the keyword '{Current.Text}'; as a name it is written ['{Current.Text}'].");
            return new WordName(MissingToken());
        }

        return ParseAnyName(what);
    }

    private NameSyntax ParseAnyName(string what) => NameLength(0) switch
    {
        1 => new WordName(Take()),
        3 => new BracketedName(Take(), Take(), Take()),
        _ => new WordName(Missing(what)),
    };

    // A name in which stars may stand for any characters. Its parts stand side by side without a space.
    private NameSyntax ParseWildcardName(string what)
    {
        int length = 0;
        bool hasStar = false;
        while (Peek(length).Kind is TokenKind.Star or TokenKind.Word or TokenKind.Long && (length == 0 || !Peek(length).HasSpaceBefore))
        {
            hasStar |= Peek(length++).Kind == TokenKind.Star;
        }

        if (!hasStar)
        {
            return ParseUsedName(what);
        }

        var parts = new List<SyntaxToken>(length);
        while (parts.Count < length)
        {
            parts.Add(Take());
        }

        return new WildcardName(parts);
    }

    private Expression ParseColumnPattern() => new NameExpression(ParseWildcardName("a column"));

    private SyntaxToken ParseType()
    {
        if (!At(TokenKind.Word))
        {
            return Missing("a type");
        }

        if (!Words.IsTypeName(Current.Text))
        {
            string? nearest = NearestName.Of(Current.Text.ToString(), Words.TypeNames);
            Error(Current.Span, $"'{Current.Text}' is no type{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
        }

        return Take();
    }

    private SchemaSyntax ParseSchema(bool starAllowed)
    {
        SyntaxToken open = Expect(TokenKind.OpenParen, "'(' and the columns");
        SyntaxToken? star = starAllowed ? TakeIf(TokenKind.Star) : null;
        SyntaxToken? comma = star is null ? null : TakeIf(TokenKind.Comma);
        SeparatedList<TypedName> columns = At(TokenKind.CloseParen) || (star is not null && comma is null) || open.IsMissing
            ? EmptyList<TypedName>()
            : ParseList(ParseTypedName, () => At(TokenKind.CloseParen));
        return new SchemaSyntax(open, star, comma, columns, open.IsMissing ? MissingToken() : Close(TokenKind.CloseParen, "',' or ')'"));
    }

    private TypedName ParseTypedName()
    {
        NameSyntax name = ParseDeclaredName();
        return new TypedName(name, Expect(TokenKind.Colon, "':' and the column's type"), ParseType());
    }

    private List<OptionSyntax> ParseOptions(params ReadOnlySpan<string> names)
    {
        var options = new List<OptionSyntax>();
        while (OptionNameLength(names) is > 0 and int length)
        {
            var name = new List<SyntaxToken>(length);
            while (name.Count < length)
            {
                name.Add(Take());
            }

            options.Add(new OptionSyntax(name, Take(), ParseConstant("a value")));
        }

        return options;
    }

    private int OptionNameLength(ReadOnlySpan<string> names)
    {
        if (Current.Kind != TokenKind.Word)
        {
            return 0;
        }

        if (At("hint") && Peek(1).Kind == TokenKind.Dot && Peek(2).Kind == TokenKind.Word && Peek(3).Kind == TokenKind.Equal)
        {
            return 3;
        }

        return Peek(1).Kind == TokenKind.Equal && names.Contains(Current.Text.ToString()) ? 1 : 0;
    }

    private PropertiesSyntax ParseProperties(params string[] names)
    {
        SyntaxToken with = Take();
        SyntaxToken open = Expect(TokenKind.OpenParen, "'('");
        SeparatedList<PropertySyntax> items = At(TokenKind.CloseParen) || open.IsMissing
            ? EmptyList<PropertySyntax>()
            : ParsePropertyList(names);
        return new PropertiesSyntax(with, open, items, open.IsMissing ? MissingToken() : Close(TokenKind.CloseParen, "',' or ')'"));
    }

    // A comma behind a value belongs to the property, since it may bring another value.
    private SeparatedList<PropertySyntax> ParsePropertyList(string[] names)
    {
        var properties = new List<PropertySyntax>();
        do
        {
            properties.Add(ParseProperty(names));
        }
        while (properties[^1].Values.Elements[^1] is SyntaxToken);
        return new SeparatedList<PropertySyntax>(properties, properties);
    }

    private PropertySyntax ParseProperty(string[] names)
    {
        if (names.Length > 0 && At(TokenKind.Word) && !names.Contains(Current.Text.ToString(), StringComparer.Ordinal))
        {
            string? nearest = NearestName.Of(Current.Text.ToString(), names);
            Error(Current.Span, $"'{Current.Text}' is no property here; expected {(nearest is null ? string.Join(", ", names) : $"'{nearest}'")}.");
        }

        NameSyntax name = ParseAnyName("a property");
        SyntaxToken equal = Expect(TokenKind.Equal, "'=' and a value");
        return new PropertySyntax(name, equal, ParseList(() => ParseConstant("a value"), NextIsProperty));
    }

    // "ycolumns=a, b, title='x'": a comma is followed by another value or by another property, which ends the list.
    private bool NextIsProperty() => NameLength(0) is > 0 and int length && Peek(length).Kind == TokenKind.Equal;
}
