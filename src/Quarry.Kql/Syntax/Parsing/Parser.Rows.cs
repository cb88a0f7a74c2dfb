using Quarry.Kql.Syntax.Operators;

namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Operators that choose and order rows, and those that aggregate them.</summary>
internal sealed partial class Parser
{
    private CountOperator ParseCount()
    {
        SyntaxToken keyword = Take();
        SyntaxToken? asWord = TakeIf("as");
        return new CountOperator(keyword, asWord, asWord is null ? null : ParseDeclaredName());
    }

    private DistinctOperator ParseDistinct() =>
        new(Take(), ParseOptions(), ParseList(() => At(TokenKind.Star) && !IsComparison(1) ? new StarExpression(Take()) : ParseNamedExpression()));

    private SortOperator ParseSort() => new(Take(), ParseOptions(), Expect("by"), ParseList(ParseOrdered));

    private TopOperator ParseTop() => new(Take(), ParseOptions(), ParseExpression(), Expect("by"), ParseOrdered());

    private OrderedExpression ParseOrdered()
    {
        Expression value = ParseNamedExpression();
        SyntaxToken? direction = TakeIf("asc") ?? TakeIf("desc");
        SyntaxToken? nulls = TakeIf("nulls");
        SyntaxToken? place = nulls is null ? null : TakeIf("first") ?? TakeIf("last") ?? Missing("'first' or 'last'");
        return new OrderedExpression(value, direction, nulls, place);
    }

    private SummarizeOperator ParseSummarize()
    {
        SyntaxToken keyword = Take();
        List<OptionSyntax> options = ParseOptions();
        SeparatedList<Expression> aggregates = At("by") || AtEndOfOperator ? EmptyList<Expression>() : ParseAssignments();
        return new SummarizeOperator(keyword, options, aggregates, ParseBy());
    }

    private ByClause? ParseBy() => TakeIf("by") is { } by ? new ByClause(by, ParseAssignments()) : null;

    private MakeSeriesOperator ParseMakeSeries() =>
        new(Take(), ParseOptions("kind"), ParseList(ParseSeriesAggregate), Expect("on"), ParseAxis(), ParseSeriesRange(), ParseBy());

    // Not a whole expression: "t in range(...)" is no membership.
    private Expression ParseAxis() => BeginsNamed() ? new NamedExpression(ParseDeclaredName(), Take(), ParseSum()) : ParseSum();

    private SeriesAggregate ParseSeriesAggregate()
    {
        Expression aggregate = ParseNamedExpression();
        SyntaxToken? keyword = TakeIf("default");
        return keyword is null
            ? new SeriesAggregate(aggregate, null, null, null)
            : new SeriesAggregate(aggregate, keyword, Expect(TokenKind.Equal, "'='"), ParseExpression());
    }

    private SeriesRange ParseSeriesRange()
    {
        var elements = new List<SyntaxElement>();
        if (At("in"))
        {
            elements.AddRange([Take(), Expect("range"), Expect(TokenKind.OpenParen, "'('")]);
            SeparatedList<Expression> bounds = ParseList(ParseExpression);
            elements.AddRange(bounds.Elements);
            elements.Add(Close(TokenKind.CloseParen, "',' or ')'"));
            if (bounds.Count != 3)
            {
                Error(bounds.Elements[0].Span, "range(...) has three arguments here: from, to, step.");
            }

            return new SeriesRange(elements, bounds[0], bounds.ElementAtOrDefault(1), bounds.ElementAtOrDefault(2));
        }

        Expression? from = ParseBound("from", elements);
        Expression? to = ParseBound("to", elements);
        Expression? step = ParseBound("step", elements);
        if (step is null)
        {
            elements.Add(Missing("'step' and the width of a bin"));
        }

        return new SeriesRange(elements, from, to, step);
    }

    private Expression? ParseBound(string word, List<SyntaxElement> elements)
    {
        if (!At(word))
        {
            return null;
        }

        elements.Add(Take());
        Expression bound = ParseExpression();
        elements.Add(bound);
        return bound;
    }

    private TopNestedOperator ParseTopNested() => new(ParseList(ParseTopNestedLevel));

    private TopNestedLevel ParseTopNestedLevel()
    {
        SyntaxToken keyword = Expect("top-nested");
        Expression? count = At("of") ? null : ParseExpression();
        SyntaxToken of = Expect("of");
        Expression value = ParseNamedExpression();
        OthersSyntax? others = At("with")
            ? new OthersSyntax(Take(), Expect("others"), Expect(TokenKind.Equal, "'='"), ParseExpression())
            : null;
        return new TopNestedLevel(keyword, count, of, value, others, Expect("by"), ParseOrdered());
    }

    private TopHittersOperator ParseTopHitters()
    {
        SyntaxToken keyword = Take();
        Expression count = ParseExpression();
        SyntaxToken of = Expect("of");
        Expression value = ParseNamedExpression();
        SyntaxToken? by = TakeIf("by");
        return new TopHittersOperator(keyword, count, of, value, by, by is null ? null : ParseNamedExpression());
    }

    private ReduceOperator ParseReduce()
    {
        SyntaxToken keyword = Take();
        List<OptionSyntax> options = ParseOptions("kind");
        SyntaxToken by = Expect("by");
        Expression value = ParseNamedExpression();
        SyntaxToken? with = TakeIf("with");
        return new ReduceOperator(keyword, options, by, value, with, with is null ? null : ParsePropertyList(["threshold", "characters"]));
    }
}
