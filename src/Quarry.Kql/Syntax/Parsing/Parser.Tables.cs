using Quarry.Kql.Syntax.Operators;

namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Operators over several tables, over parts of one, and those that only say something about the result.</summary>
internal sealed partial class Parser
{
    private JoinOperator ParseJoin()
    {
        SyntaxToken keyword = Take();
        List<OptionSyntax> options = ParseOptions("kind");
        Expression right = ParseAccess();
        SyntaxToken? on = TakeIf("on") ?? TakeIf("where");
        return new JoinOperator(keyword, options, right, on, on is null ? null : ParseList(ParseExpression));
    }

    private LookupOperator ParseLookup() =>
        new(Take(), ParseOptions("kind"), ParseAccess(), Expect("on"), ParseList(ParseExpression));

    private UnionOperator ParseUnion() =>
        new(Take(), ParseOptions("kind", "withsource", "with_source", "isfuzzy"), ParseList(ParseTable));

    private Expression ParseTable()
    {
        bool isWildcard = At(TokenKind.Star) || (At(TokenKind.Word) && Peek(1).Kind == TokenKind.Star && !Peek(1).HasSpaceBefore);
        if (isWildcard)
        {
            return new NameExpression(ParseWildcardName("a table"));
        }

        if (At("datatable"))
        {
            Error(Current.Span, "A datatable as one of several tables stands in parentheses: (datatable(...)[...]).");
        }

        return ParseAccess();
    }

    private InTablesClause? ParseInTables() =>
        At("in") && Peek(1).Kind == TokenKind.OpenParen
            ? new InTablesClause(Take(), Take(), ParseList(ParseTable), Close(TokenKind.CloseParen, "',' or ')'"))
            : null;

    private SearchOperator ParseSearch() =>
        new(
            Take(),
            ParseOptions("kind"),
            ParseInTables(),
            At(TokenKind.Star) && !IsComparison(1) ? new StarExpression(Take()) : ParseExpression());

    private FindOperator ParseFind()
    {
        SyntaxToken keyword = Take();
        List<OptionSyntax> options = ParseOptions("withsource", "with_source", "datascope", "kind");
        InTablesClause? tables = ParseInTables();
        SyntaxToken? where = TakeIf("where");
        Expression predicate = ParseExpression();
        SyntaxToken? project = TakeIf("project") ?? TakeIf("project-smart");
        SeparatedList<Expression>? columns = project is not null && project.Is("project") ? ParseList(ParseFindColumn) : null;
        return new FindOperator(keyword, options, tables, where, predicate, project, columns);
    }

    private Expression ParseFindColumn() =>
        At(TokenKind.Star) && !IsComparison(1) ? new StarExpression(Take())
        : NameLength(0) is > 0 and int length && Peek(length).Kind == TokenKind.Colon ? ParseTypedName()
        : ParseExpression();

    private EvaluateOperator ParseEvaluate()
    {
        SyntaxToken keyword = Take();
        List<OptionSyntax> options = ParseOptions();
        CallExpression call = ParseCall(ParseUsedName("a plugin"));
        SyntaxToken? colon = TakeIf(TokenKind.Colon);
        return new EvaluateOperator(keyword, options, call, colon, colon is null ? null : ParseSchema(starAllowed: true));
    }

    private InvokeOperator ParseInvoke() => new(Take(), ParseCall(ParseUsedName("a function")));

    private AsOperator ParseAs() => new(Take(), ParseOptions(), ParseDeclaredName());

    private RangeOperator ParseRange() =>
        new(
            Take(), ParseDeclaredName(), Expect("from"), ParseExpression(), Expect("to"), ParseExpression(), Expect("step"), ParseExpression());

    private PartitionOperator ParsePartition()
    {
        SyntaxToken keyword = Take();
        List<OptionSyntax> options = ParseOptions();
        SyntaxToken by = Expect("by");
        var key = new NameExpression(ParseUsedName("a column"));
        return new PartitionOperator(keyword, options, by, key, ParseContextId(), At(TokenKind.OpenBrace) ? ParseWholeSubquery() : ParseSubquery());
    }

    private SubquerySyntax ParseWholeSubquery() => new(Take(), ParseQuery(), Close(TokenKind.CloseBrace, "'}'"));

    private ForkOperator ParseFork()
    {
        SyntaxToken keyword = Take();
        var branches = new List<ForkBranch>();
        do
        {
            bool isNamed = BeginsNamed();
            branches.Add(new ForkBranch(isNamed ? ParseDeclaredName() : null, isNamed ? Take() : null, ParseSubquery()));
        }
        while (At(TokenKind.OpenParen) || BeginsNamed());
        return new ForkOperator(keyword, branches);
    }

    private FacetOperator ParseFacet()
    {
        SyntaxToken keyword = Take();
        SyntaxToken by = Expect("by");
        SeparatedList<Expression> columns = ParseList(ParseExpression);
        SyntaxToken? with = TakeIf("with");
        return new FacetOperator(keyword, by, columns, with, with is null ? null : ParseSubquery());
    }

    private ScanOperator ParseScan()
    {
        SyntaxToken keyword = Take();
        List<OptionSyntax> options = ParseOptions("with_match_id");
        SeparatedList<FunctionParameter> columns = EmptyList<FunctionParameter>();
        var declaration = new List<SyntaxElement>();
        if (At("declare"))
        {
            declaration.AddRange([Take(), Expect(TokenKind.OpenParen, "'(' and the columns")]);
            columns = ParseList(ParseParameter);
            declaration.AddRange([.. columns.Elements, Close(TokenKind.CloseParen, "',' or ')'")]);
        }

        SyntaxToken with = Expect("with");
        SyntaxToken open = Expect(TokenKind.OpenParen, "'(' and the steps");
        var steps = new List<ScanStep>();
        while (At("step"))
        {
            steps.Add(ParseScanStep());
        }

        return new ScanOperator(
            keyword, options, columns, declaration, with, open, steps, open.IsMissing ? MissingToken() : Close(TokenKind.CloseParen, "'step' or ')'"));
    }

    private ScanStep ParseScanStep()
    {
        SyntaxToken keyword = Take();
        NameSyntax name = ParseDeclaredName();
        SyntaxToken? optional = TakeIf("optional");
        OptionSyntax? output = ParseOptions("output").FirstOrDefault();
        SyntaxToken colon = Expect(TokenKind.Colon, "':' and the step's condition");
        Expression condition = ParseExpression();
        SyntaxToken? arrow = TakeIf(TokenKind.FatArrow);
        SeparatedList<Expression>? assignments = arrow is null ? null : ParseAssignments();
        return new ScanStep(
            keyword, name, optional, output, colon, condition, arrow, assignments, Expect(TokenKind.Semicolon, "';' at the end of the step"));
    }

    private RenderOperator ParseRender()
    {
        SyntaxToken keyword = Take();
        SyntaxToken chart = Expect(TokenKind.Word, "a kind of chart");
        var legacy = new List<SyntaxElement>();
        while (BeginsNamed())
        {
            legacy.Add(ParseProperty([]));
        }

        return new RenderOperator(keyword, chart, legacy, At("with") ? ParseProperties(ChartProperties) : null);
    }

    private static readonly string[] ChartProperties =
    [
        "accumulate", "anomalycolumns", "kind", "legend", "series", "title", "xaxis", "xcolumn", "xmax", "xmin", "xtitle", "yaxis", "ycolumns",
        "ymax", "ymin", "ysplit", "ytitle",
    ];
}
