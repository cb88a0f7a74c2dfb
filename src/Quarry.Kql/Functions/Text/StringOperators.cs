using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>
/// KQL's operators on strings as the lowering calls them: <c>$has</c> for <c>has</c> and so on, <c>$equals_ci</c> for <c>=~</c>,
/// <c>$in_ci</c> for <c>in~</c>. The lists take a dynamic array. Negations are the lowering's.
/// </summary>
internal static class StringOperators
{
    private delegate bool Test(Needle needle, ReadOnlySpan<byte> text);

    private delegate bool ListTest(NeedleList needles, ReadOnlySpan<byte> text);

    [ThreadStatic]
    private static ArgumentCache<Needle>?[]? _needles;

    [ThreadStatic]
    private static ArgumentCache<NeedleList>?[]? _lists;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. Both("$has", TermEdges.Both, static (needle, text) => needle.IsIn(text)),
        .. Both("$hasprefix", TermEdges.Start, static (needle, text) => needle.IsIn(text)),
        .. Both("$hassuffix", TermEdges.End, static (needle, text) => needle.IsIn(text)),
        .. Both("$contains", TermEdges.None, static (needle, text) => needle.IsIn(text)),
        .. Both("$startswith", TermEdges.None, static (needle, text) => needle.IsStartOf(text)),
        .. Both("$endswith", TermEdges.None, static (needle, text) => needle.IsEndOf(text)),
        One("$equals_ci", ignoreCase: true, TermEdges.None, static (needle, text) => needle.Is(text)),
        Many("$has_any", ignoreCase: true, static (needles, text) => needles.AnyIn(text)),
        Many("$has_all", ignoreCase: true, static (needles, text) => needles.AllIn(text)),
        Many("$in_ci", ignoreCase: true, static (needles, text) => needles.Contains(text)),
        Many("$in", ignoreCase: false, static (needles, text) => needles.Contains(text)),
    ];

    private static IEnumerable<ScalarFunction> Both(string name, TermEdges edges, Test test) =>
        [One(name, ignoreCase: true, edges, test), One(name + "_cs", ignoreCase: false, edges, test)];

    private static ScalarFunction One(string name, bool ignoreCase, TermEdges edges, Test test)
    {
        int kind = (ignoreCase ? 4 : 0) + (int)edges;
        return new ScalarFunction(name, [ColumnType.String, ColumnType.String], ColumnType.Bool, (in Arguments arguments, ref Result result) =>
        {
            ArgumentCache<Needle> cache = (_needles ??= new ArgumentCache<Needle>?[8])[kind]
                ??= new ArgumentCache<Needle>(16, utf8 => new Needle(utf8, ignoreCase, edges));
            result.Bool(test(cache.Of(arguments.Text(1), result.Row), arguments.Text(0)));
        });
    }

    private static ScalarFunction Many(string name, bool ignoreCase, ListTest test) =>
        new(name, [ColumnType.String, ColumnType.Dynamic], ColumnType.Bool, (in Arguments arguments, ref Result result) =>
        {
            ArgumentCache<NeedleList> cache = (_lists ??= new ArgumentCache<NeedleList>?[2])[ignoreCase ? 1 : 0]
                ??= new ArgumentCache<NeedleList>(8, json => new NeedleList(json, ignoreCase));
            result.Bool(test(cache.Of(arguments.Text(1), result.Row), arguments.Text(0)));
        });
}
