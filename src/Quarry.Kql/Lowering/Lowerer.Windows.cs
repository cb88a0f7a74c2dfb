using Quarry.Kql.Binding;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Functions over the rows in their order.</summary>
internal sealed partial class Lowerer
{
    private SqlValue Window(BoundCall call)
    {
        _from = Numbered(_from);
        if (call.Name == "row_window_session")
        {
            return WindowSession(call);
        }

        string column = NewColumn();
        string value = call.Name switch
        {
            "prev" => Neighbour(call, "lag"),
            "next" => Neighbour(call, "lead"),
            "row_number" => RowNumber(call),
            "row_cumsum" => CumulativeSum(call),
            "row_rank" or "row_rank_dense" or "row_rank_min" => Rank(call),
            _ => throw Refused(call.Syntax, $"'{call.Name}' is not supported by the embedded engine."),
        };

        // A column of its own: windows do not stand within windows or conditions.
        _from = Add(_from, [(null, column, value)]);
        return new SqlValue(column, call.Type != ColumnType.String);
    }

    private string Neighbour(BoundCall call, string function)
    {
        SqlValue value = Scalar(call.Arguments[0]);
        string offset = call.Arguments.Count > 1 ? Scalar(call.Arguments[1]).Text : "1";
        ColumnType type = TypeOf(call);
        string otherwise = call.Arguments.Count > 2
            ? Converted(Scalar(call.Arguments[2]), TypeOf(call.Arguments[2]), type, call.Arguments[2].Syntax).Text
            : SqlText.Null(type).Text;
        return $"{function}({value}, {offset}, {otherwise}) OVER ({_from.Window})";
    }

    // The rows of a part as one text, of which the starts of their sessions are computed one after the other.
    private SqlValue WindowSession(BoundCall call)
    {
        string restart = call.Arguments.Count > 3 ? Filter(call.Arguments[3]) : "false";
        string time = Scalar(call.Arguments[0]).Text;
        string[] spans = [.. call.Arguments.Skip(1).Take(2).Select(span => Scalar(span).Text)];
        (string row, string number, string column) = (NewColumn(), NewColumn(), NewColumn());
        _from = Materialize(Add(_from,
        [
            (null, row, $"CASE WHEN {restart} THEN '!' ELSE '' END || coalesce(CAST({time} AS VARCHAR), '') || ','"),
            (null, number, $"row_number() OVER ({_from.Window})"),
        ]));
        Relation rows = _from;
        string parts = string.Concat(rows.Partition.Select(part => $"{part}, "));
        string by = rows.Partition.Count == 0 ? "" : $" GROUP BY {string.Join(", ", rows.Partition)}";
        string starts = Managed("$window_sessions", call.Syntax, (new SqlValue($"string_agg({row}, '' ORDER BY {number})"), ColumnType.String),
            (new SqlValue(spans[0]), ColumnType.TimeSpan), (new SqlValue(spans[1]), ColumnType.TimeSpan)).Text;
        Relation sessions = Emit($"SELECT {parts}unnest(l) AS start, unnest(range(1, len(l) + 1)) AS i FROM (SELECT {parts}{starts} AS l FROM {rows.Name}{by})", rows.Columns);
        string same = string.Concat(rows.Partition.Select(part => $" AND l.{part} IS NOT DISTINCT FROM r.{part}"));
        Relation started = Emit($"SELECT l.*, CAST(r.start AS BIGINT) AS {column} FROM {rows.Name} l LEFT JOIN {sessions.Name} r ON r.i = l.{number}{same}", rows.Columns);
        _from = started with { Order = rows.Order, Partition = rows.Partition };
        return new SqlValue(column);
    }

    // The number of restarts up to a row tells the runs apart.
    private string Runs(BoundExpression restart)
    {
        string run = NewColumn();
        string condition = Filter(restart);
        _from = Add(_from, [(null, run, $"count(*) FILTER (WHERE {condition}) OVER ({_from.Window} ROWS UNBOUNDED PRECEDING)")]);
        return run;
    }

    private string Within(string? run)
    {
        string[] parts = run is null ? [.. _from.Partition] : [.. _from.Partition, run];
        return (parts.Length == 0 ? "" : $"PARTITION BY {string.Join(", ", parts)}") + _from.OrderBy;
    }

    private string RowNumber(BoundCall call)
    {
        string? run = call.Arguments.Count > 1 ? Runs(call.Arguments[1]) : null;
        string first = call.Arguments.Count > 0 ? LongOf(call.Arguments[0]).Text : "1";
        return $"({first} + row_number() OVER ({Within(run)}) - 1)";
    }

    private string CumulativeSum(BoundCall call)
    {
        ColumnType type = TypeOf(call);
        string? run = call.Arguments.Count > 1 ? Runs(call.Arguments[1]) : null;
        SqlValue value = Scalar(call.Arguments[0]);
        return $"CAST(coalesce(sum({value}) OVER ({Within(run)} ROWS UNBOUNDED PRECEDING), 0) AS {SqlText.TypeName(type)})";
    }

    // Equal values in succession have one rank; the dense one counts them once, the other by their rows.
    private string Rank(BoundCall call)
    {
        string? run = call.Arguments.Count > 1 ? Runs(call.Arguments[1]) : null;
        SqlValue value = Scalar(call.Arguments[0]);
        string before = NewColumn();
        string isNew = NewColumn();
        _from = Add(_from, [(null, before, $"lag({value}) OVER ({Within(run)})"), (null, isNew, $"row_number() OVER ({Within(run)})")]);
        string changed = $"({isNew} = 1 OR {value} IS DISTINCT FROM {before})";
        return call.Name == "row_rank_min"
            ? $"max(CASE WHEN {changed} THEN {isNew} END) OVER ({Within(run)} ROWS UNBOUNDED PRECEDING)"
            : $"count(*) FILTER (WHERE {changed}) OVER ({Within(run)} ROWS UNBOUNDED PRECEDING)";
    }
}
