using Quarry.Kql.Binding;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Tests.Binding;

public class BinderTests
{
    private static readonly Dictionary<string, RowSchema> Tables = new()
    {
        ["Process"] = RowSchema.Of([("Account", ColumnType.String), ("Count", ColumnType.Long), ("Time", ColumnType.DateTime), ("Data", ColumnType.Dynamic)]),
    };

    [Theory]
    [InlineData("Proces | count", 0, "There is no table 'Proces'; did you mean 'Process'?")]
    [InlineData("Process | where Acount == 'x'", 16, "There is no column or value 'Acount' here; did you mean 'Account'?")]
    [InlineData("Process | where account == 'x'", 16, "did you mean 'Account'?")]
    [InlineData("Process | extend n = strlne(Account)", 21, "There is no function 'strlne' here; did you mean 'strlen'?")]
    [InlineData("Process | extend n = strlen(Count)", 28, "strlen: argument 1 is a long; expected a string or dynamic.")]
    [InlineData("Process | extend n = strlen()", 21, "strlen does not take 0 arguments.")]
    [InlineData("Process | where Time > '2024'", 16, "'>' is not defined for datetime and string")]
    [InlineData("Process | where Count", 16, "Expected a condition, found a long.")]
    [InlineData("Process | where count() > 1", 16, "belongs into summarize")]
    [InlineData("Process | sort by Data", 18, "A dynamic value has no order")]
    [InlineData("Process | summarize count() by Data", 31, "A dynamic value cannot make groups")]
    [InlineData("Process | join (Process) on Data", 28, "cannot be joined by a dynamic value")]
    [InlineData("Process | extend n = row_number()", 21, "needs rows in an order")]
    [InlineData("Process | project-away Acount", 23, "There is no column 'Acount'; did you mean 'Account'?")]
    [InlineData("Process | project Account, Account", 27, "There is a column 'Account' already.")]
    [InlineData("datatable(a:long, a:string)[]", 18, "There is a column 'a' already.")]
    [InlineData("union Proc*, Oth*", 13, "There is no table 'Oth*'.")]
    [InlineData("Process | evaluate python('x')", 19, "The plugin 'python' is not supported: no code of a query is run here.")]
    [InlineData("let f = (n:long) { n }; print f('x')", 32, "The argument 'n' is a string; expected a long.")]
    public void Refuses_at_a_place_and_says_what_was_expected(string query, int position, string message)
    {
        KqlDiagnostic only = Binder.Bind(SyntaxTree.Parse(query), Tables).Diagnostics.ShouldHaveSingleItem();

        only.Span.Start.ShouldBe(position);
        only.Message.ShouldContain(message);
    }

    [Fact]
    public void Stops_at_functions_that_call_functions_without_end()
    {
        string query = "let f0 = () { 1 };"
            + string.Concat(Enumerable.Range(1, 40).Select(i => $"let f{i} = () {{ f{i - 1}() + f{i - 1}() }};")) + "print f40()";

        BoundQuery bound = Binder.Bind(SyntaxTree.Parse(query), Tables);

        bound.Diagnostics.ShouldContain(diagnostic => diagnostic.Message.Contains("calls its own functions"));
    }

    [Fact]
    public void Binds_as_deep_as_the_parser_reads()
    {
        string sum = "print x = " + string.Join(" + ", Enumerable.Repeat("1", 480));
        string nested = "print x = " + new string('(', 70) + "1" + new string(')', 70);

        Binder.Bind(SyntaxTree.Parse(sum), Tables).Results.ShouldHaveSingleItem().Schema.ToString().ShouldBe("x:long");
        Binder.Bind(SyntaxTree.Parse(nested), Tables).Results.ShouldHaveSingleItem().Schema.ToString().ShouldBe("x:long");
    }
}
