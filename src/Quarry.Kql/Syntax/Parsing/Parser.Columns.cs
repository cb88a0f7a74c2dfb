using Quarry.Kql.Syntax.Operators;

namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Operators that make columns out of others.</summary>
internal sealed partial class Parser
{
    private ProjectReorderOperator ParseProjectReorder() =>
        new(Take(), AtEndOfOperator ? EmptyList<ReorderedColumns>() : ParseList(ParseReordered));

    private ReorderedColumns ParseReordered() =>
        new(ParseColumnPattern(), TakeIf("asc") ?? TakeIf("desc") ?? TakeIf("granny-asc") ?? TakeIf("granny-desc"));

    private ParseOperator ParseParse() =>
        new(Take(), ParseOptions("kind", "flags"), ParseExpression(), Expect("with"), ParsePattern());

    private List<Expression> ParsePattern()
    {
        var pattern = new List<Expression>();
        while (!AtEndOfOperator)
        {
            if (At(TokenKind.String))
            {
                pattern.Add(ParseString());
            }
            else if (At(TokenKind.Star))
            {
                pattern.Add(new StarExpression(Take()));
            }
            else if (NameLength(0) > 0)
            {
                NameSyntax name = ParseDeclaredName();
                SyntaxToken? colon = TakeIf(TokenKind.Colon);
                pattern.Add(new TypedName(name, colon, colon is null ? null : ParseType()));
            }
            else
            {
                ErrorExpected("a string, a column or '*'");
                break;
            }
        }

        return pattern;
    }

    private ParseKvOperator ParseParseKv() =>
        new(
            Take(),
            ParseExpression(),
            Expect("as"),
            ParseSchema(starAllowed: false),
            At("with") ? ParseProperties("pair_delimiter", "kv_delimiter", "quote", "escape", "greedy", "regex") : null);

    private MvExpandOperator ParseMvExpand() =>
        new(Take(), ParseOptions("bagexpansion", "kind", "with_itemindex"), ParseList(ParseExpanded), ParseLimit());

    private ExpandedColumn ParseExpanded()
    {
        Expression value = ParseNamedExpression();
        SyntaxToken? to = TakeIf("to");
        return new ExpandedColumn(value, to, to is null ? null : ParseToType());
    }

    private TypeofExpression ParseToType()
    {
        if (At("typeof") && Peek(1).Kind == TokenKind.OpenParen)
        {
            return ParseTypeof();
        }

        SyntaxToken missing = Missing("typeof(...)");
        return new TypeofExpression(missing, MissingToken(), EmptyList<Expression>(), MissingToken());
    }

    private LimitSyntax? ParseLimit() => TakeIf("limit") is { } keyword ? new LimitSyntax(keyword, ParseExpression()) : null;

    private MvApplyOperator ParseMvApply() =>
        new(
            Take(),
            ParseOptions("with_itemindex", "kind", "bagexpansion"),
            ParseList(ParseExpanded),
            ParseLimit(),
            ParseContextId(),
            Expect("on"),
            ParseSubquery());

    // "id name" names the context for nested subqueries; nothing depends on it.
    private List<SyntaxElement> ParseContextId() => At("id") ? [Take(), ParseConstant("a name")] : [];
}
