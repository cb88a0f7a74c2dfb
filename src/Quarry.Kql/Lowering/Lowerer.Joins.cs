using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Several tables in one.</summary>
internal sealed partial class Lowerer
{
    private Relation Join(BoundStep step, JoinOperator join)
    {
        string kind = join.Options.FirstOrDefault(option => option.Name == "kind")?.ValueText ?? "innerunique";
        Relation left = _from;
        Relation right = Right(step);
        switch (kind)
        {
            case "leftsemi":
                return Matching(step, left, right, "SEMI");
            case "leftanti" or "anti" or "leftantisemi":
                return Matching(step, left, right, "ANTI");
            case "rightsemi":
                return Matching(step, right, left, "SEMI", isSwapped: true);
            case "rightanti" or "rightantisemi":
                return Matching(step, right, left, "ANTI", isSwapped: true);
            case "innerunique":
                left = FirstOfKeys(step, left);
                break;
        }

        string sql = kind switch { "leftouter" => "LEFT", "rightouter" => "RIGHT", "fullouter" => "FULL", _ => "INNER" };
        return Joined(step, left, right, sql, step.Others[0].Schema.Columns);
    }

    private Relation Lookup(BoundStep step, LookupOperator lookup)
    {
        string kind = lookup.Options.FirstOrDefault(option => option.Name == "kind")?.ValueText ?? "leftouter";
        HashSet<ColumnSymbol> keys = [.. Keys(step).Select(key => key.Right).OfType<BoundColumn>().Select(column => column.Column)];
        Relation left = _from;
        return Joined(step, left, Right(step), kind == "inner" ? "INNER" : "LEFT", [.. step.Others[0].Schema.Columns.Where(column => !keys.Contains(column))]);
    }

    private Relation Right(BoundStep step)
    {
        Relation left = _from;
        Relation right = Lower(step.Others[0]);
        _from = left;
        return right;
    }

    // The operands of each condition, by the side they are of.
    private static IEnumerable<(BoundExpression Left, BoundExpression Right)> Keys(BoundStep step) =>
        step.Assignments.Select(one => (BoundCall)one.Value).Select(equal =>
            IsOfRight(equal.Arguments[0]) && !IsOfRight(equal.Arguments[1]) ? (equal.Arguments[1], equal.Arguments[0]) : (equal.Arguments[0], equal.Arguments[1]));

    private static bool IsOfRight(BoundExpression expression) =>
        expression.Syntax.DescendantsAndSelf().OfType<MemberExpression>().Any(member => member.Target is NameExpression { Name.Text: "$right" });

    // Keys that are computed become columns of their tables. Null matches null, and NaN itself.
    private string Conditions(BoundStep step, ref Relation left, ref Relation right)
    {
        var conditions = new List<string>();
        foreach ((BoundExpression leftKey, BoundExpression rightKey) in Keys(step))
        {
            string first = KeyOf(leftKey, ref left);
            string second = KeyOf(rightKey, ref right);
            bool isPlain = leftKey.Type == ColumnType.String || _neverNull.Contains(first) || _neverNull.Contains(second);
            conditions.Add($"l.{first} {(isPlain ? "=" : "IS NOT DISTINCT FROM")} r.{second}");
        }

        return string.Join(" AND ", conditions);
    }

    private string KeyOf(BoundExpression key, ref Relation side)
    {
        Relation outer = _from;
        _from = side;
        string sql = Scalar(key).Text;
        side = _from;
        if (key is not BoundColumn)
        {
            string column = NewColumn();
            side = Add(side, [(null, column, sql)]);
            sql = column;
        }

        _from = outer;
        return sql;
    }

    private Relation Matching(BoundStep step, Relation kept, Relation other, string kind, bool isSwapped = false)
    {
        (Relation left, Relation right) = isSwapped ? (other, kept) : (kept, other);
        string on = Conditions(step, ref left, ref right);
        (Relation rows, Relation matched) = isSwapped ? (right, left) : (left, right);
        (string rowsAs, string matchedAs) = isSwapped ? ("r", "l") : ("l", "r");
        return Emit($"SELECT {rowsAs}.* FROM {rows.Name} {rowsAs} {kind} JOIN {matched.Name} {matchedAs} ON {on}", rows.Columns) with { Partition = rows.Partition };
    }

    // innerunique: of the left rows with one key, the first.
    private Relation FirstOfKeys(BoundStep step, Relation left)
    {
        var keys = new List<string>();
        foreach ((BoundExpression key, _) in Keys(step))
        {
            keys.Add(KeyOf(key, ref left));
        }

        string[] all = [.. left.Partition.Concat(keys)];
        string order = left.Order.Count == 0 ? "" : $" ORDER BY {string.Join(", ", all.Concat(left.Order.Select(key => key.ToString())))}";
        return Emit($"SELECT DISTINCT ON ({string.Join(", ", all)}) * FROM {left.Name}{order}", left.Columns) with { Partition = left.Partition };
    }

    private Relation Joined(BoundStep step, Relation left, Relation right, string kind, IReadOnlyList<ColumnSymbol> rightColumns, string? condition = null)
    {
        string on = condition ?? Conditions(step, ref left, ref right);
        var columns = new Dictionary<ColumnSymbol, string>();
        var selected = new List<string>();
        ColumnSymbol[] leftColumns = [.. step.Input!.Schema.Columns];
        for (int i = 0; i < step.Schema.Columns.Count; i++)
        {
            ColumnSymbol column = step.Schema.Columns[i];
            bool isLeft = i < leftColumns.Length;
            string source = isLeft ? $"l.{left.Columns[leftColumns[i]]}" : $"r.{right.Columns[rightColumns[i - leftColumns.Length]]}";
            bool isPadded = isLeft ? kind is "RIGHT" or "FULL" : kind is "LEFT" or "FULL";
            string name = NewColumn();
            columns[column] = name;
            if (!isPadded && _neverNull.Contains(source[2..]))
            {
                _neverNull.Add(name);
            }

            selected.Add($"{(isPadded && column.Type == ColumnType.String ? $"coalesce({source}, '')" : source)} AS {name}");
        }

        selected.AddRange(left.Partition.Select(part => $"l.{part}"));
        return Emit($"SELECT {string.Join(", ", selected)} FROM {left.Name} l {kind} JOIN {right.Name} r ON {on}", columns) with { Partition = left.Partition };
    }

    private Relation Union(BoundStep step, UnionOperator union)
    {
        bool hasSource = union.Options.Any(option => option.Name is "withsource" or "with_source");
        List<(BoundRelation Bound, Relation Relation)> tables = [.. step.Input is null ? [] : new[] { (step.Input, _from) }];
        foreach (BoundRelation other in step.Others)
        {
            tables.Add((other, Lower(other)));
        }

        return Unified(step.Schema, tables, hasSource, Binder.IsInner(union));
    }

    // Each column of the result from the columns of one name and type; the others have none.
    private Relation Unified(RowSchema schema, IReadOnlyList<(BoundRelation Bound, Relation Relation)> tables, bool hasSource, bool isInner = false,
        string unnamed = "union_arg")
    {
        IReadOnlyList<UnifiedColumn> sources = Binder.UnifiedColumns([.. tables.Select(table => table.Bound.Schema)], isInner);
        string[] names = [.. schema.Columns.Select(_ => NewColumn())];
        Dictionary<ColumnSymbol, string> columns = schema.Columns.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
        int first = hasSource ? 1 : 0;
        string[] parts = tables.Count == 0 || tables.All(table => table.Relation.Partition.Count == 0) ? [] : [.. tables.First(table => table.Relation.Partition.Count > 0).Relation.Partition];
        var selects = new List<string>();
        for (int t = 0; t < tables.Count; t++)
        {
            (BoundRelation bound, Relation relation) = tables[t];
            var selected = new List<string>();
            if (hasSource)
            {
                selected.Add($"{SqlText.Literal(NameOf(bound) ?? unnamed + t)} AS {names[0]}");
            }

            for (int i = first; i < names.Length; i++)
            {
                UnifiedColumn source = sources[i - first];
                ColumnSymbol? column = bound.Schema.Find(source.Source) is { } found && found.Type == source.Type ? found : null;
                selected.Add($"{(column is null ? SqlText.Null(source.Type ?? ColumnType.Dynamic).Text : relation.Columns[column])} AS {names[i]}");
            }

            selected.AddRange(relation.Partition.Count > 0 ? relation.Partition : parts.Select(part => $"NULL AS {part}"));
            selects.Add($"SELECT {(selected.Count == 0 ? "1" : string.Join(", ", selected))} FROM {relation.Name}");
        }

        string empty = $"SELECT {string.Join(", ", schema.Columns.Select((column, i) => $"{SqlText.Null(TypeOf(column))} AS {names[i]}").DefaultIfEmpty("1"))} WHERE false";
        return Emit(selects.Count == 0 ? empty : string.Join(" UNION ALL ", selects), columns) with { Partition = parts };
    }

    private static string? NameOf(BoundRelation relation) => relation switch
    {
        BoundTable table => table.Name,
        BoundView view => view.Name,
        BoundStep { Syntax: AsOperator named } => named.Name.Text,
        _ => null,
    };
}
