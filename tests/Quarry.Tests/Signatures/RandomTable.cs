using Quarry.Tables;

namespace Quarry.Tests.Signatures;

/// <summary>Small random tables in which everything that matters to signatures happens often.</summary>
internal static class RandomTable
{
    private static readonly string?[] Texts = ["a", "b", "1", "1.0", "true", "", " ", "\t\r\n", "\u00a0\u2003", "\u0085", "\u200b", "NaT", "null", "é", "a ", "it's", null];

    private static readonly string?[] Jsons = ["null", "\" \"", "\"\\t\\u0020\"", "\"\"", "[]", "{}", "0", "false", "\"x\"", "[1]", "\"\\u0041\"", null];

    /// <summary>A table of up to ten columns and seventy rows.</summary>
    public static Table Create(int seed, int mostRows = 70)
    {
        var random = new Random(seed);
        int columns = random.Next(0, 10);
        int rows = random.Next(4) == 0 ? random.Next(3) : random.Next(mostRows);
        (string, ColumnType)[] schema = [.. Enumerable.Range(0, columns).Select(i => (Name(random, i), Type(random)))];
        int[] variety = [.. schema.Select(_ => random.Next(1, 17))];
        int[] gaps = [.. schema.Select(_ => random.Next(4) == 0 ? 0 : random.Next(100))];
        var builder = new TableBuilder(schema);
        for (int row = 0; row < rows; row++)
        {
            object?[] cells = [.. schema.Select((c, i) => random.Next(100) < gaps[i] ? null : Value(random, c.Item2, variety[i]))];
            for (int i = 1; i < columns; i++)
            {
                // Every third column copies the one before, most of the time without an error.
                cells[i] = i % 3 == 2 && schema[i].Item2 == schema[i - 1].Item2 && (seed % 4 != 0 || row != rows / 2) ? cells[i - 1] : cells[i];
            }

            builder.AddRow(cells);
        }

        return builder.Build();
    }

    private static string Name(Random random, int index) => random.Next(8) switch
    {
        0 => $"a b{index}",
        1 => $"it's{index}",
        2 => $"back\\slash{index}",
        3 => $"new\nline\t{index}",
        4 when index == 0 => "",
        5 => $"q\"]['{index}",
        _ => $"C{index}",
    };

    private static ColumnType Type(Random random) => random.Next(10) switch
    {
        0 => ColumnType.Long,
        1 => ColumnType.Real,
        2 => ColumnType.Bool,
        3 => ColumnType.DateTime,
        4 => ColumnType.Dynamic,
        5 => ColumnType.Int,
        _ => ColumnType.String,
    };

    private static object? Value(Random random, ColumnType type, int variety) => type switch
    {
        ColumnType.Long => (long)random.Next(variety),
        ColumnType.Int => random.Next(variety),
        ColumnType.Real => random.Next(variety) / 2.0,
        ColumnType.Bool => random.Next(variety) > 0,
        ColumnType.DateTime => new DateTime(2024, 1, 1 + random.Next(variety), 0, 0, 0, DateTimeKind.Utc),
        ColumnType.Dynamic => Jsons[random.Next(Jsons.Length)],
        _ => Texts[random.Next(Math.Min(Texts.Length, variety))],
    };
}
