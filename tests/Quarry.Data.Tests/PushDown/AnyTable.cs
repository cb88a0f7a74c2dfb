using System.Globalization;
using Quarry.Tables;

namespace Quarry.Data.Tests.PushDown;

/// <summary>Small random tables of columns of every type, in which blanks, gaps, equal columns and equal values happen often.</summary>
internal static class AnyTable
{
    private static readonly string?[] Texts =
        ["a", "b", "1", "1.0", "true", "", " ", "\t\r\n", "\u00a0\u2003", "\u0085", "\u200b", "\u3000", "d0.5", "null", "é", "a ", "it's \"\\", "\U0001F600", "x\ny", null];

    private static readonly string?[] Jsons =
        ["null", "\" \"", "\"\\t \"", "\"\"", "[]", "{}", "0", "1", "false", "\"x\"", "\"1\"", "[1,\"é\"]", "{\"b\":1,\"a\":[]}", "1.5", null];

    private static readonly double[] Reals = [0, -0.0, 1, 0.5, 0.1 + 0.2, 1e-7, 9.3e18, 1e300, -1e17, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly decimal[] Decimals = [0, 1, 0.5m, 1.50m, -12345678901234567.25m, 3e20m];

    public static Table Of(int seed)
    {
        var random = new System.Random(seed);
        int columns = random.Next(1, 10), rows = random.Next(5) == 0 ? random.Next(3) : random.Next(60);
        (string Name, ColumnType Type)[] schema = [.. Enumerable.Range(0, columns).Select(i => (Name(random, i), (ColumnType)random.Next(10)))];
        for (int i = 1; i < columns; i++)
        {
            schema[i].Type = i % 2 == 0 && seed % 3 != 0 ? schema[i - 1].Type : schema[i].Type;
        }

        int[] variety = [.. schema.Select(_ => random.Next(1, 20))], gaps = [.. schema.Select(_ => random.Next(3) == 0 ? 0 : random.Next(100))];
        var builder = new TableBuilder(schema);
        for (int row = 0; row < rows; row++)
        {
            object?[] cells = [.. schema.Select((column, i) => random.Next(100) < gaps[i] ? null : Value(random, column.Type, variety[i]))];
            for (int i = 1; i < columns; i++)
            {
                // Many a column copies the one before, some with one error; whole numbers also into another type.
                bool copies = i % 2 == 0 && (seed % 4 != 0 || row != rows / 2);
                cells[i] = copies ? Converted(cells[i - 1], schema[i - 1].Type, schema[i].Type, cells[i]) : cells[i];
            }

            builder.AddRow(cells);
        }

        return builder.Build();
    }

    private static object? Converted(object? value, ColumnType from, ColumnType to, object? other) => (value, to) switch
    {
        _ when from == to => value,
        (null, _) => null,
        (int number, ColumnType.Long) => (long)number,
        (int number, ColumnType.Real) => (double)number,
        (long number, ColumnType.Real) => (double)number,
        (long number, ColumnType.Decimal) => (decimal)number,
        (Guid guid, ColumnType.String) => guid.ToString(),
        (string text, ColumnType.String) when from == ColumnType.Dynamic => text,
        _ => other,
    };

    private static string Name(System.Random random, int index) => random.Next(8) switch
    {
        0 => $"a b{index}",
        1 => $"it's{index}",
        2 => $"back\\slash{index}",
        3 => "n" + index.ToString(CultureInfo.InvariantCulture),
        4 => $"q\"]['{index}",
        5 => "pvtn"[index % 4] + (index < 4 ? "" : index.ToString(CultureInfo.InvariantCulture)), // names that the pushed queries give too
        _ => $"C{index}",
    };

    private static object? Value(System.Random random, ColumnType type, int variety) => type switch
    {
        ColumnType.Bool => random.Next(variety) > 0,
        ColumnType.Int => random.Next(variety) - 2,
        ColumnType.Long => random.Next(20) == 0 ? long.MaxValue - random.Next(2) : random.Next(variety),
        ColumnType.Real => Reals[random.Next(Math.Min(variety, Reals.Length))],
        ColumnType.Decimal => Decimals[random.Next(Math.Min(variety, Decimals.Length))],
        ColumnType.DateTime => new DateTime(2024, 1, 1 + random.Next(variety), 0, 0, 0, DateTimeKind.Utc).AddTicks(random.Next(2)),
        ColumnType.TimeSpan => TimeSpan.FromHours(random.Next(variety) - 3) + TimeSpan.FromTicks(random.Next(2)),
        ColumnType.Guid => new Guid(random.Next(variety), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        ColumnType.Dynamic => Jsons[random.Next(Math.Min(variety, Jsons.Length))],
        _ => Texts[random.Next(Math.Min(variety, Texts.Length))],
    };
}
