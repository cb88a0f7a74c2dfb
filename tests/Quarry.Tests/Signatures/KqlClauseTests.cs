using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Tests.Signatures;

/// <summary>The clause of a signature selects its rows and no others: evaluated here as Kusto documents its functions.</summary>
public sealed class KqlClauseTests
{
    [Theory]
    [InlineData(SignatureMode.Exact)]
    [InlineData(SignatureMode.Reference)]
    public void Selects_exactly_the_rows_of_its_signature(SignatureMode mode)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Table table = RandomTable.Create(seed);
            DataSignatures found = table.Signatures(new SignatureOptions { Mode = mode, KeepInvariant = seed % 2 == 0 });
            foreach (RowSignature signature in found.Signatures)
            {
                string clause = found.Kql(signature);

                int[] selected = [.. Enumerable.Range(0, table.RowCount).Where(row => Holds(clause, table, row))];

                selected.ShouldBe(found.RowsOf(signature).ToArray(), $"seed {seed}: {clause}");
            }
        }
    }

    [Fact]
    public void Names_any_column_in_brackets_and_treats_blanks_as_missing()
    {
        Table table = new TableBuilder(("a b", ColumnType.String), ("it's \\", ColumnType.Long), ("t", ColumnType.DateTime), ("x", ColumnType.String))
            .AddRow("  ", 1L, null, "1").AddRow("v", null, new DateTime(2024, 1, 1), "2").AddRow("w", 3L, null, "3").Build();

        DataSignatures found = table.Signatures();

        found.Kql(found[1]).ShouldBe(
            @"not(tostring(['a b']) matches regex @'[^\t-\r\x{85}\p{Z}]') and isnotnull(['it\'s \\']) and isnull(['t']) and tostring(['x']) matches regex @'[^\t-\r\x{85}\p{Z}]'");
    }

    [Fact]
    public void Knows_the_same_white_space_as_the_signatures()
    {
        Regex filled = Filled();
        for (int i = 0; i < 0x110000; i++)
        {
            if (Rune.IsValid(i))
            {
                string text = new Rune(i).ToString();
                filled.IsMatch(text).ShouldBe(!CellReading.IsBlank(Encoding.UTF8.GetBytes(text)), $"U+{i:X4}");
            }
        }
    }

    [Fact]
    public void Selects_everything_where_no_column_tells_rows_apart()
    {
        DataSignatures found = new TableBuilder(("a", ColumnType.String)).AddRow("x").AddRow("x").Build().Signatures();

        found.Kql(found[1]).ShouldBe("true");
        found[1].Pattern.ShouldBe("");
        found[1].Count.ShouldBe(2);
    }

    // Conditions are put together by " and " between them, and no quoted name can hold an unescaped quote.
    private static bool Holds(string clause, Table table, int row)
    {
        for (int at = 0; at < clause.Length;)
        {
            if (clause == "true")
            {
                return true;
            }

            Match match = Condition().Match(clause, at);
            match.Success.ShouldBeTrue(clause[at..]);
            at += match.Length;
            Column column = table[Unquote(match.Groups["name"].Value)];
            bool isNull = column.IsNull(row);
            bool isNaN = column.GetValue(row) is double.NaN;
            bool holds = match.Groups["form"].Value switch
            {
                "tostring" => Filled().IsMatch(ToText(column, row)),
                "not(tostring" => !Filled().IsMatch(ToText(column, row)),
                "isnotnull" => !isNull,
                "isnull" => isNull,
                "(isnotnull" => !isNull && !isNaN,
                _ => isNull || isNaN,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    // Kusto's tostring: of null nothing, of a dynamic text the text itself.
    private static string ToText(Column column, int row) => column.Type == ColumnType.Dynamic && column.GetValue(row) is string json
        ? JsonDocument.Parse(json).RootElement is { ValueKind: not JsonValueKind.Null } element ? element.ToString() : ""
        : CellReading.ReadText(column, row) ?? "";

    private static string Unquote(string name) => Regex.Replace(name, @"\\(u[0-9a-f]{4}|.)", m => m.Value[1] switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'u' => ((char)Convert.ToInt32(m.Value[2..], 16)).ToString(),
        char c => c.ToString(),
    });

    // .NET has no \x{85}.
    private static Regex Filled() => new(@"[^\t-\r\x85\p{Z}]", RegexOptions.CultureInvariant);

    private static Regex Condition() => new(
        @"\G(?:(?<form>not\(tostring|tostring)\(\['(?<name>(?:[^'\\\r\n]|\\.)*)'\]\) matches regex @'\[\^\\t-\\r\\x\{85\}\\p\{Z\}\]'\)?"
        + @"|(?<form>\(isnotnull)\(\['(?<name>(?:[^'\\\r\n]|\\.)*)'\]\) and not\(isnan\(\['(?:[^'\\\r\n]|\\.)*'\]\)\)\)"
        + @"|(?<form>\(isnull)\(\['(?<name>(?:[^'\\\r\n]|\\.)*)'\]\) or isnan\(\['(?:[^'\\\r\n]|\\.)*'\]\)\)"
        + @"|(?<form>isnotnull|isnull)\(\['(?<name>(?:[^'\\\r\n]|\\.)*)'\]\))(?: and |$)");
}
