using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary><c>make-series</c>: rows into arrays along an axis.</summary>
internal sealed partial class Lowerer
{
    // As many elements as an array of Kusto's has at most.
    private const string MostBins = "1048576";

    private Relation MakeSeries(BoundStep step, MakeSeriesOperator series)
    {
        int keyCount = series.By is null ? 0 : KeyCount(step, series.By.Keys.Count);
        int boundCount = (series.Range.From is null ? 0 : 1) + (series.Range.To is null ? 0 : 1) + 1;
        int defaultCount = series.Aggregates.Count(one => one.Default is not null);
        int aggregateCount = step.Assignments.Count - keyCount - 1 - boundCount - defaultCount;
        BoundAssignment[] keys = [.. step.Assignments.Take(keyCount)];
        BoundAssignment[] aggregates = [.. step.Assignments.Skip(keyCount).Take(aggregateCount)];
        BoundAssignment axis = step.Assignments[keyCount + aggregateCount];
        Queue<BoundExpression> limits = new(step.Assignments.Skip(keyCount + aggregateCount + 1).Select(one => one.Value));
        ColumnType type = TypeOf(axis.Value) == ColumnType.Int ? ColumnType.Long : TypeOf(axis.Value);
        if (type is not (ColumnType.Long or ColumnType.Real or ColumnType.DateTime or ColumnType.TimeSpan))
        {
            throw Refused(axis.Value.Syntax, $"A series does not run along a {ScalarTypes.NameOf(axis.Value.Type)}.");
        }

        string? from = series.Range.From is null ? null : Bound(limits.Dequeue(), type);
        string? to = series.Range.To is null ? null : Bound(limits.Dequeue(), type);
        string width = Bound(limits.Dequeue(), type == ColumnType.DateTime ? ColumnType.TimeSpan : type);

        // The bin of each row.
        (List<(ColumnSymbol? Symbol, string Column, string Sql)> computed, _) = Computed(keys);
        string at = NewColumn();
        computed.Add((null, at, Converted(Scalar(axis.Value), TypeOf(axis.Value), type, axis.Value.Syntax).Text));
        _from = Add(_from, computed);
        string inRange = string.Join(" AND ", new[] { $"{at} IS NOT NULL", from is null ? null : $"{at} >= {from}", to is null ? null : $"{at} < {to}" }.OfType<string>());
        _from = Emit($"SELECT * FROM {_from.Name} WHERE {inRange}", _from.Columns) with { Partition = _from.Partition };
        string bin = NewColumn();
        string offset = from is null ? at : $"({at} - {from})";
        string place = type == ColumnType.Real ? $"CAST(floor({offset} / {width}) AS BIGINT)" : $"(({offset} - (({offset} % {width}) + {width}) % {width}) // {width})";
        _from = Add(_from, [(null, bin, place)]);

        // The value of each bin.
        string[] groups = [.. computed.Take(keyCount).Select(one => one.Column)];
        var values = new List<(string Column, string Sql)>();
        foreach (BoundAssignment aggregate in aggregates)
        {
            _isGrouping = true;
            SqlValue value = Scalar(aggregate.Value);
            _isGrouping = false;
            values.Add((NewColumn(), Json(value, TypeOf(aggregate.Value), aggregate.Value.Syntax).Text));
        }

        Relation bins = Grouped(string.Join(", ", values.Select(value => $"{value.Sql} AS {value.Column}")), [.. groups, bin], []);

        // Without bounds a series reaches from its first bin with rows to its last.
        string[] parts = [.. bins.Partition.Concat(groups)];
        string over = parts.Length == 0 ? "()" : $"(PARTITION BY {string.Join(", ", parts)})";
        (string first, string count) = (NewColumn(), NewColumn());
        string firstBin = from is null ? $"min({bin}) OVER {over}" : "0";
        string start = from ?? $"({firstBin} * {width})";
        string length = to is null ? $"max({bin}) OVER {over} - {firstBin} + 1"
            : type == ColumnType.Real ? $"CAST(ceil(({to} - {start}) / {width}) AS BIGINT)"
            : $"(({to} - {start} + {width} - 1) // {width})";
        string checkedLength = $"CASE WHEN {length} > {MostBins} THEN error('make-series: more than {MostBins} bins; take a wider step or a shorter range.')::BIGINT ELSE {length} END";
        Relation placed = Emit($"SELECT *, {firstBin} AS {first}, {checkedLength} AS {count} FROM {bins.Name}", bins.Columns);

        var columns = computed.Take(keyCount).ToDictionary(one => one.Symbol!, one => one.Column);
        var selected = new List<string>();
        Queue<BoundExpression> defaults = limits;
        for (int i = 0; i < aggregates.Length; i++)
        {
            bool isGiven = i < series.Aggregates.Count && series.Aggregates[i].Default is not null;
            SqlValue missing = isGiven ? DefaultOf(defaults.Dequeue(), TypeOf(aggregates[i].Value)) : new SqlValue(TypeOf(aggregates[i].Value) == ColumnType.Real ? "'0.0'" : "'0'", false);
            string array = Aggregate("$make_series", series, "", (new SqlValue($"{bin} - {first}"), ColumnType.Long), (new SqlValue(values[i].Column), ColumnType.Dynamic),
                (new SqlValue(count), ColumnType.Long), (missing, ColumnType.Dynamic)).Text;
            string name = NewColumn();
            columns[aggregates[i].Column!] = name;
            selected.Add($"{array} AS {name}");
        }

        (string axisFrom, string axisCount, string axisColumn) = (NewColumn(), NewColumn(), NewColumn());
        selected.Add($"any_value({(from is null ? $"{first} * {width}" : from)}) AS {axisFrom}");
        selected.Add($"any_value({count}) AS {axisCount}");
        string by = parts.Length == 0 ? " HAVING count(*) > 0" : $" GROUP BY {string.Join(", ", parts)}";
        Relation grouped = Emit($"SELECT {string.Join(", ", parts.Concat(selected))} FROM {placed.Name}{by}", columns) with { Partition = bins.Partition };
        string last = $"({axisFrom} + ({axisCount} - 1) * {width})";
        string range = Managed("range", series, (new SqlValue(axisFrom), type), (new SqlValue(last), type), (new SqlValue(width), type == ColumnType.DateTime ? ColumnType.TimeSpan : type)).Text;
        return Add(grouped, [(axis.Column, axisColumn, range)]);
    }

    private string Bound(BoundExpression bound, ColumnType type) => Converted(Scalar(bound), TypeOf(bound), type, bound.Syntax).Text;

    // A whole number is one of the series' own type.
    private SqlValue DefaultOf(BoundExpression given, ColumnType type)
    {
        ColumnType wanted = type == ColumnType.Int ? ColumnType.Long : type;
        bool isWhole = ScalarTypes.IsNumber(type) && given.Type is ColumnType.Int or ColumnType.Long;
        return isWhole ? Json(Converted(Scalar(given), TypeOf(given), wanted, given.Syntax), wanted, given.Syntax) : JsonOf(given);
    }
}
