using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>Which columns of a table make series.</summary>
/// <param name="Time">The ordinal of the times.</param>
/// <param name="Value">The ordinal of the values; -1 where rows are only counted.</param>
/// <param name="Keys">The ordinals of the keys.</param>
/// <param name="ValueName">What the values are called in the result.</param>
internal sealed record SeriesColumns(int Time, int Value, IReadOnlyList<int> Keys, string ValueName)
{
    private static readonly string[] TimeNames =
    [
        "TimeGenerated", "Timestamp", "time", "datetime", "date", "@timestamp", "_time", "EventTime", "UtcTime", "StartTime", "CreationTime", "ts",
    ];

    /// <summary>The columns that were asked for, or those that types and names tell.</summary>
    /// <exception cref="QuarryException">A column is not there, is asked for twice, or cannot be told.</exception>
    public static SeriesColumns Choose(TableSchema schema, AnomalyOptions options)
    {
        int[] keys = [.. options.By.Select(schema.Require)];
        int time = options.Time is { } named ? schema.Require(named) : FindTime(schema, keys);
        int value = options.Value is { } asked ? schema.Require(asked)
            : options.Aggregate == SeriesAggregate.Count ? -1
            : FindValue(schema, keys, time);
        int[] all = [time, .. keys, .. value < 0 ? [] : (int[])[value]];
        foreach (int ordinal in all)
        {
            if (all.Count(other => other == ordinal) > 1)
            {
                throw new QuarryException($"Column '{schema[ordinal].Name}' is to be two of time, value and key. Name different columns (--time, --value, --by).");
            }
        }

        return new SeriesColumns(time, value, keys, value < 0 ? "count" : schema[value].Name);
    }

    private static int FindTime(TableSchema schema, int[] keys)
    {
        int[] free = [.. Enumerable.Range(0, schema.Count).Except(keys)];
        int[] typed = [.. free.Where(i => schema[i].Type == ColumnType.DateTime)];
        if (typed.Length > 0)
        {
            return typed[0];
        }

        foreach (string name in TimeNames)
        {
            foreach (int i in free)
            {
                if (schema[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }

        int[] similar = [.. free.Where(i => schema[i].Name.Contains("time", StringComparison.OrdinalIgnoreCase) || schema[i].Name.Contains("date", StringComparison.OrdinalIgnoreCase))];
        return similar.Length > 0 ? similar[0] : throw NotFound(schema, "the times", "--time");
    }

    private static int FindValue(TableSchema schema, int[] keys, int time)
    {
        int[] free = [.. Enumerable.Range(0, schema.Count).Except([.. keys, time])];
        int[] typed = [.. free.Where(i => schema[i].Type is ColumnType.Real or ColumnType.Long or ColumnType.Int or ColumnType.Decimal)];
        return typed.Length > 0 ? typed[0] : free.Length > 0 ? free[0] : throw NotFound(schema, "the values", "--value");
    }

    private static QuarryException NotFound(TableSchema schema, string what, string option)
    {
        string names = string.Join(", ", schema.Take(50).Select(column => column.Name));
        return new QuarryException($"No column looks like {what}. Name it with {option}. The columns are: {(names.Length == 0 ? "none" : names)}.");
    }
}
