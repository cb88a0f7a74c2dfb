using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary><c>top-nested</c> with names for what is not among the highest.</summary>
internal sealed partial class Lowerer
{
    // A row that is not among the highest at a level has no value there, or the name that the level has for others, and so at all levels
    // below. It counts if any of these levels has a name for it.
    private Relation TopNestedWithOthers(BoundStep step, TopNestedOperator nested)
    {
        (string isOut, string isNamed) = (NewColumn(), NewColumn());
        Relation rows = Add(_from, [(null, isOut, "false"), (null, isNamed, "false")]);
        var groups = new List<string>();
        var values = new List<(ColumnSymbol Symbol, string Column)>();
        for (int i = 0; i < nested.Levels.Count; i++)
        {
            TopNestedLevel level = nested.Levels[i];
            (BoundAssignment value, BoundAssignment aggregate) = (step.Assignments[2 * i], step.Assignments[(2 * i) + 1]);
            _from = rows;
            (string raw, string key, string top, string measure) = (NewColumn(), NewColumn(), NewColumn(), NewColumn());
            string keySql = Scalar(value.Value).Text;
            _from = Add(_from, [(null, raw, keySql)]);
            _isGrouping = true;
            string measured = Scalar(aggregate.Value).Text;
            _isGrouping = false;
            rows = Materialize(_from);

            string outer = string.Join(", ", groups);
            string list = string.Concat(groups.Select(group => $"{group}, "));
            string limit = level.Count is null ? "" :
                $" QUALIFY row_number() OVER ({(outer.Length == 0 ? "" : $"PARTITION BY {outer} ")}ORDER BY {measured} {(level.Aggregate.IsAscending ? "ASC" : "DESC")} NULLS LAST) <= {Scalar(new BoundLiteral(level.Count, ColumnType.Long))}";
            Relation kept = Emit($"SELECT {list}{raw}, {measured} AS {top} FROM {rows.Name} WHERE NOT {isOut} GROUP BY {list}{raw}{limit}", rows.Columns);
            string same = string.Concat(groups.Append(raw).Select(group => $" AND l.{group} IS NOT DISTINCT FROM r.{group}"));
            (string nowOut, string nowNamed) = (NewColumn(), NewColumn());
            string other = level.Others is null ? SqlText.Null(TypeOf(value.Value)).Text
                : Converted(Scalar(Constant(level.Others.Value)), TypeOf(Constant(level.Others.Value)), TypeOf(value.Value), level.Others.Value).Text;
            rows = Materialize(Emit(
                $"SELECT l.*, r.{top}, (r.found IS NULL) AS {nowOut}, (l.{isNamed} OR (r.found IS NULL AND {(level.Others is null ? "false" : "true")})) AS {nowNamed}, "
                + $"CASE WHEN r.found IS NULL THEN {other} ELSE l.{raw} END AS {key} FROM {rows.Name} l LEFT JOIN (SELECT *, true AS found FROM {kept.Name}) r ON NOT l.{isOut}{same}",
                rows.Columns));
            (isOut, isNamed) = (nowOut, nowNamed);
            groups.AddRange([key, isOut]);

            // What the others come to.
            string rest = level.Others is null ? SqlText.Null(TypeOf(aggregate.Value)).Text : "r.rest";
            string all = string.Join(", ", groups);
            string joined = level.Others is null ? ""
                : $" LEFT JOIN (SELECT {all}, {measured} AS rest FROM {rows.Name} WHERE {isOut} GROUP BY {all}) r ON {string.Join(" AND ", groups.Select(group => $"l.{group} IS NOT DISTINCT FROM r.{group}"))}";
            rows = Emit($"SELECT l.*, CASE WHEN l.{isOut} THEN {rest} ELSE l.{top} END AS {measure} FROM {rows.Name} l{joined}", rows.Columns);
            values.Add((value.Column!, key));
            values.Add((aggregate.Column!, measure));
        }

        return Emit(
            $"SELECT DISTINCT {string.Join(", ", values.Select(one => one.Column))} FROM {rows.Name} WHERE NOT {isOut} OR {isNamed}",
            values.ToDictionary(one => one.Symbol, one => one.Column));
    }
}
