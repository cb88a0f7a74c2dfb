using System.Collections.Frozen;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax.Operators;

namespace Quarry.Kql.Syntax.Parsing;

/// <summary>Queries: a source, bars, and operators; and which word begins which operator.</summary>
internal sealed partial class Parser
{
    private static readonly FrozenDictionary<string, Func<Parser, QueryOperator>> Operators = new Dictionary<string, Func<Parser, QueryOperator>>
    {
        ["as"] = static parser => parser.ParseAs(),
        ["assert-schema"] = static parser => new AssertSchemaOperator(parser.Take(), parser.ParseSchema(starAllowed: false)),
        ["consume"] = static parser => new ConsumeOperator(parser.Take(), parser.ParseOptions("decodeblocks")),
        ["count"] = static parser => parser.ParseCount(),
        ["distinct"] = static parser => parser.ParseDistinct(),
        ["evaluate"] = static parser => parser.ParseEvaluate(),
        ["extend"] = static parser => new ExtendOperator(parser.Take(), parser.ParseAssignments()),
        ["facet"] = static parser => parser.ParseFacet(),
        ["filter"] = static parser => new WhereOperator(parser.Take(), parser.ParseExpression()),
        ["find"] = static parser => parser.ParseFind(),
        ["fork"] = static parser => parser.ParseFork(),
        ["getschema"] = static parser => new GetSchemaOperator(parser.Take(), parser.ParseOptions("kind")),
        ["invoke"] = static parser => parser.ParseInvoke(),
        ["join"] = static parser => parser.ParseJoin(),
        ["limit"] = static parser => new TakeOperator(parser.Take(), parser.ParseExpression()),
        ["lookup"] = static parser => parser.ParseLookup(),
        ["make-series"] = static parser => parser.ParseMakeSeries(),
        ["mv-apply"] = static parser => parser.ParseMvApply(),
        ["mv-expand"] = static parser => parser.ParseMvExpand(),
        ["mvapply"] = static parser => parser.ParseMvApply(),
        ["mvexpand"] = static parser => parser.ParseMvExpand(),
        ["order"] = static parser => parser.ParseSort(),
        ["parse"] = static parser => parser.ParseParse(),
        ["parse-kv"] = static parser => parser.ParseParseKv(),
        ["parse-where"] = static parser => parser.ParseParse(),
        ["partition"] = static parser => parser.ParsePartition(),
        ["print"] = static parser => new PrintOperator(parser.Take(), parser.ParseAssignments()),
        ["project"] = static parser => new ProjectOperator(parser.Take(), parser.ParseOptionalAssignments()),
        ["project-away"] = static parser => new ProjectAwayOperator(parser.Take(), parser.ParseColumnPatterns()),
        ["project-by-names"] = static parser => new ProjectByNamesOperator(parser.Take(), parser.ParseOptionalAssignments()),
        ["project-keep"] = static parser => new ProjectKeepOperator(parser.Take(), parser.ParseColumnPatterns()),
        ["project-rename"] = static parser => new ProjectRenameOperator(parser.Take(), parser.ParseOptionalAssignments()),
        ["project-reorder"] = static parser => parser.ParseProjectReorder(),
        ["range"] = static parser => parser.ParseRange(),
        ["reduce"] = static parser => parser.ParseReduce(),
        ["render"] = static parser => parser.ParseRender(),
        ["sample"] = static parser => new SampleOperator(parser.Take(), parser.ParseExpression()),
        ["sample-distinct"] = static parser =>
            new SampleDistinctOperator(parser.Take(), parser.ParseExpression(), parser.Expect("of"), parser.ParseExpression()),
        ["scan"] = static parser => parser.ParseScan(),
        ["search"] = static parser => parser.ParseSearch(),
        ["serialize"] = static parser => new SerializeOperator(parser.Take(), parser.ParseOptions(), parser.ParseOptionalAssignments()),
        ["sort"] = static parser => parser.ParseSort(),
        ["summarize"] = static parser => parser.ParseSummarize(),
        ["take"] = static parser => new TakeOperator(parser.Take(), parser.ParseExpression()),
        ["top"] = static parser => parser.ParseTop(),
        ["top-hitters"] = static parser => parser.ParseTopHitters(),
        ["top-nested"] = static parser => parser.ParseTopNested(),
        ["union"] = static parser => parser.ParseUnion(),
        ["where"] = static parser => new WhereOperator(parser.Take(), parser.ParseExpression()),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> RefusedOperators = FrozenSet.Create(
        "execute-and-cache", "graph-mark-components", "graph-match", "graph-shortest-paths", "graph-to-table", "graph-where-edges",
        "graph-where-nodes", "macro-expand", "make-graph");

    /// <summary>The names of the operators.</summary>
    public static IReadOnlyCollection<string> OperatorNames { get; } = Operators.Keys;

    private Expression ParseQuery()
    {
        if (!Enter())
        {
            return new MissingExpression(MissingToken());
        }

        Expression source = BeginsWithOperator() ? ParseOperator() : ParseExpression();
        Expression query = source is QueryOperator || At(TokenKind.Bar) ? ParsePipe(source, []) : source;
        Leave();
        return query;
    }

    // "range" and "evaluate" may be the names of functions or tables too.
    private bool BeginsWithOperator()
    {
        switch (Current.Kind == TokenKind.Word ? Current.Text : "")
        {
            case "print" or "union" or "search" or "find":
                return true;
            case "range":
                return NameLength(1) is > 0 and int length && Peek(1 + length).Is("from");
            case "evaluate":
                return Peek(1).Kind == TokenKind.Word;
            default:
                return false;
        }
    }

    private QueryExpression ParsePipe(Expression? source, List<QueryOperator> operators)
    {
        List<SyntaxElement> elements = source is null ? [.. operators] : [source];
        if (source is QueryOperator or null)
        {
            FinishOperator();
        }

        while (At(TokenKind.Bar))
        {
            elements.Add(Take());
            QueryOperator next = ParseOperator();
            operators.Add(next);
            elements.Add(next);
            FinishOperator();
        }

        return new QueryExpression(source, operators, elements);
    }

    private void FinishOperator()
    {
        if (!AtEndOfOperator)
        {
            ReportWhatFollows();
            SkipBalanced(token => token.Kind is TokenKind.Bar or TokenKind.Semicolon);
        }
    }

    private QueryOperator ParseOperator()
    {
        string word = Current.Kind == TokenKind.Word ? Current.Text.ToString() : "";
        if (Operators.TryGetValue(word, out Func<Parser, QueryOperator>? parse))
        {
            return parse(this);
        }

        if (RefusedOperators.Contains(word))
        {
            Error(Current.Span, $"The operator '{word}' is not supported.", DiagnosticKind.Unsupported);
        }
        else if (word.Length > 0)
        {
            string? nearest = NearestName.Of(word, Operators.Keys);
            Error(Current.Span, $"'{word}' is no operator{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
        }
        else
        {
            ErrorExpected("an operator");
            return new UnsupportedOperator(MissingToken(), []);
        }

        return new UnsupportedOperator(Take(), TakeOperator());
    }

    // All tokens of an operator that is not understood.
    private List<SyntaxToken> TakeOperator()
    {
        var tokens = new List<SyntaxToken>();
        int open = 0;
        while (!At(TokenKind.EndOfText) && (open > 0 || !AtEndOfOperator))
        {
            open += Current.Kind is TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace ? 1
                : Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace ? -1
                : 0;
            tokens.Add(Take());
        }

        return tokens;
    }

    private SeparatedList<Expression> ParseAssignments() => ParseList(ParseNamedExpression);

    private SeparatedList<Expression> ParseOptionalAssignments() => AtEndOfOperator ? EmptyList<Expression>() : ParseAssignments();

    private SeparatedList<Expression> ParseColumnPatterns() => AtEndOfOperator ? EmptyList<Expression>() : ParseList(ParseColumnPattern);

    private SubquerySyntax ParseSubquery()
    {
        SyntaxToken open = Expect(TokenKind.OpenParen, "'(' and the operators of the subquery");
        if (open.IsMissing || !Enter())
        {
            return new SubquerySyntax(open, new MissingExpression(MissingToken()), MissingToken());
        }

        QueryExpression query = ParsePipe(null, [ParseOperator()]);
        Leave();
        return new SubquerySyntax(open, query, Close(TokenKind.CloseParen, "')'"));
    }
}
