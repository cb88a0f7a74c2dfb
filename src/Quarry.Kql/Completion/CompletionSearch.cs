using Quarry.Kql.Binding;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Completion;

/// <summary>
/// One search for candidates. The place is found by tokens alone, since the text before it is seldom a whole query; the
/// columns in scope are those that the binder gives the pipeline up to the last bar.
/// </summary>
internal sealed class CompletionSearch
{
    // What is longer is nothing that a person types, and would be read again at each key.
    private const int LongestText = 100_000;

    private readonly string _text;
    private readonly IReadOnlyDictionary<string, TableSchema> _tables;
    private readonly IEnumerable<string> _plugins;
    private readonly List<SyntaxToken> _tokens;
    private readonly int _start;
    private readonly bool _isInText;

    public CompletionSearch(string text, IReadOnlyDictionary<string, TableSchema> tables, IEnumerable<string> plugins)
    {
        _text = text;
        _tables = tables;
        _plugins = plugins;
        _start = WordStart(text, hyphens: false);
        if (text.Length > LongestText)
        {
            _tokens = [];
            _isInText = true;
            return;
        }

        // A word with a hyphen is one only where an operator stands.
        int hyphenated = WordStart(text, hyphens: true);
        if (hyphenated < _start && text.AsSpan(0, hyphenated).TrimEnd() is [.., '|' or '('])
        {
            _start = hyphenated;
        }

        var diagnostics = new DiagnosticList();
        List<SyntaxToken> whole = Lexer.Tokenize(text, new DiagnosticList());
        SyntaxToken end = whole[^1];
        bool isComment = text.AsSpan(end.FullStart).LastIndexOf("//") is >= 0 and int at && text.AsSpan(end.FullStart + at).IndexOfAny('\r', '\n') < 0;
        bool isLiteral = whole.Count > 1 && whole[^2].End == text.Length && whole[^2].Kind is TokenKind.String or TokenKind.Bad or TokenKind.Typed;
        bool isNumber = _start < text.Length && char.IsAsciiDigit(text[_start]);
        _isInText = isComment || isLiteral || isNumber;
        _tokens = Lexer.Tokenize(text[.._start], diagnostics);
        _tokens.RemoveAt(_tokens.Count - 1);
    }

    /// <summary>The candidates.</summary>
    public KqlCompletion Find()
    {
        string written = _text[_start..];
        IEnumerable<KqlCandidate> all = _isInText ? [] : Candidates();
        return new KqlCompletion(
            _start,
            written.Length,
            [
                .. all.Where(one => NameIn(one.Text).StartsWith(written, StringComparison.OrdinalIgnoreCase))
                    .DistinctBy(one => one.Text)
                    .OrderBy(one => one.Kind).ThenBy(one => one.Text, StringComparer.OrdinalIgnoreCase),
            ]);
    }

    private static ReadOnlySpan<char> NameIn(string text) => text.StartsWith("['", StringComparison.Ordinal) ? text.AsSpan(2) : text;

    private static int WordStart(string text, bool hyphens)
    {
        int start = text.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' || (hyphens && text[start - 1] == '-')))
        {
            start--;
        }

        return start;
    }

    private IEnumerable<KqlCandidate> Candidates()
    {
        List<CompletionFrame> frames = CompletionFrame.Open(_tokens);
        CompletionFrame frame = frames[^1];
        CompletionFrame stage = frames.Last(one => one.IsQuery);
        SyntaxToken? before = _tokens.Count > 0 ? _tokens[^1] : null;
        bool isFirst = stage == frame && _tokens.Count == stage.StageStart;
        if (before is not null && before.Kind == TokenKind.Dot)
        {
            return _tokens.Count > 1 && (_tokens[^2].Is("$left") || _tokens[^2].Text is ['$', ..]) ? Columns(frames, stage) : [];
        }

        if (isFirst && (stage.HasBar || stage.TakesInput))
        {
            return CompletionWords.Operators;
        }

        if (isFirst)
        {
            return [.. Tables(), .. CompletionWords.Sources, .. stage.IsOutermost ? CompletionWords.Statements : [], .. Variables()];
        }

        string operation = stage.OperatorOf(_tokens);
        return operation switch
        {
            "let" when before!.Kind == TokenKind.Equal => [.. Tables(), .. CompletionWords.Sources, .. Functions(), .. Variables()],
            "let" or "set" or "declare" when frame == stage => [],
            "render" => before!.Is("render") ? CompletionWords.Charts : CompletionWords.ChartProperties,
            "evaluate" when before!.Is("evaluate") => [.. _plugins.Concat(["bag_unpack", "narrow", "pivot"]).Select(name => new KqlCandidate(name, CandidateKind.Plugin))],
            "join" or "lookup" when before!.Kind == TokenKind.Equal => CompletionWords.JoinKinds,
            "join" or "lookup" when frame == stage && (before!.Is(operation) || _tokens.Count - stage.StageStart is 4) && !before.Is("on") =>
                [.. Tables(), .. Variables(), .. CompletionWords.Of("kind")],
            "union" => [.. Tables(), .. Variables(), .. CompletionWords.Of("kind", "withsource", "isfuzzy")],
            _ when EndsOperand(before!) => [.. CompletionWords.After(operation), .. CompletionWords.Comparisons],
            _ => [.. Columns(frames, stage), .. Variables(), .. Aggregates(operation), .. Functions()],
        };
    }

    private static bool EndsOperand(SyntaxToken token) => token.Kind switch
    {
        TokenKind.Word => !CompletionWords.IsBeforeOperand(token.Text),
        TokenKind.Long or TokenKind.Real or TokenKind.TimeSpan or TokenKind.String or TokenKind.Typed => true,
        TokenKind.CloseParen or TokenKind.CloseBracket => true,
        _ => false,
    };

    private IEnumerable<KqlCandidate> Tables() => _tables.Where(table => IsPlain(table.Key)).Select(table => new KqlCandidate(Written(table.Key), CandidateKind.Table, $"{table.Value.Count} columns"));

    private IEnumerable<KqlCandidate> Variables() => _tokens
        .Index()
        .Where(one => one.Item.Is("let") && one.Index + 1 < _tokens.Count && _tokens[one.Index + 1].Kind == TokenKind.Word)
        .Select(one => new KqlCandidate(_tokens[one.Index + 1].Text.ToString(), CandidateKind.Variable));

    private static IEnumerable<KqlCandidate> Functions() => FunctionCatalogue.Functions.Values.Select(function => Call(function, CandidateKind.Function));

    private static IEnumerable<KqlCandidate> Aggregates(string operation) => operation is "summarize" or "make-series" or "top-nested" or "mv-apply" or "pivot"
        ? FunctionCatalogue.Aggregates.Values.Select(function => Call(function, CandidateKind.Aggregate))
        : [];

    private static KqlCandidate Call(FunctionSymbol function, CandidateKind kind) =>
        new(function.Name, kind, $"({string.Join(", ", function.Signatures[0].Parameters.Select(parameter => parameter.Kind + (parameter.IsOptional ? "?" : "") + (parameter.IsRepeated ? "*" : "")))})");

    private IEnumerable<KqlCandidate> Columns(List<CompletionFrame> frames, CompletionFrame stage)
    {
        int outermost = frames[0].Start < _tokens.Count ? _tokens[frames[0].Start].Start : _text.Length;
        string query = $"{_text[..outermost]}\n{Pipeline(frames, stage)}";
        IReadOnlyDictionary<string, RowSchema> tables = _tables.ToDictionary(
            table => table.Key, table => RowSchema.Of(table.Value.Select(column => (column.Name, (ColumnType?)column.Type))), StringComparer.Ordinal);
        BoundQuery bound = Binder.Bind(SyntaxTree.Parse(query), tables);
        return bound.Results.Count == 0 ? [] : bound.Results[^1].Schema.Columns
            .Where(column => IsPlain(column.Name))
            .Select(column => new KqlCandidate(Written(column.Name), CandidateKind.Column, ScalarTypes.NameOf(column.Type)));
    }

    // The text of the pipeline up to the last bar before the place, from where its rows come.
    private string Pipeline(List<CompletionFrame> frames, CompletionFrame stage)
    {
        string own = stage.HasBar ? _text[_tokens[stage.Start].Start.._tokens[stage.StageStart - 1].Start] : "";
        if (!stage.TakesInput)
        {
            return own.StartsWith("let ", StringComparison.Ordinal) && own.IndexOf('=', StringComparison.Ordinal) is > 0 and int equal ? own[(equal + 1)..] : own;
        }

        string outer = Pipeline(frames, frames.Take(frames.IndexOf(stage)).Last(one => one.IsQuery));
        return own.Length == 0 || outer.Length == 0 ? outer : $"{outer}\n| {own}";
    }

    // A name with control characters is none to offer.
    private static bool IsPlain(string name) => name.Length > 0 && !name.Any(character => VisibleText.IsUnsafe(character));

    private static string Written(string name)
    {
        bool isWord = (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Words.IsReserved(name);
        return isWord ? name : $"['{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";
    }
}
