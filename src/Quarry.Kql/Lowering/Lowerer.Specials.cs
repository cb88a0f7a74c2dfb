using Quarry.Kql.Binding;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Functions whose arguments are not simply passed on, or that SQL says best.</summary>
internal sealed partial class Lowerer
{
    private SqlValue? Special(BoundCall call)
    {
        IReadOnlyList<BoundExpression> arguments = call.Arguments;
        switch (call.Name)
        {
            case "now" or "ago":
                return Now(call);
            case "geo_info_from_ip_address":
                return _options.HasGeoInfo
                    ? new SqlValue($"q_geo_info_from_ip_address_string({TextOf(arguments[0])})")
                    : throw Refused(call.Syntax, "geo_info_from_ip_address needs a MaxMind database file (--geo FILE.mmdb).");
            case "ingestion_time":
                return IngestionTime(call);
            case "iff" or "iif":
                return Choice([(arguments[0], arguments[1])], arguments[2], TypeOf(call));
            case "case":
                IEnumerable<(BoundExpression, BoundExpression)> cases = Enumerable.Range(0, arguments.Count / 2).Select(i => (arguments[2 * i], arguments[(2 * i) + 1]));
                return Choice([.. cases], arguments[^1], TypeOf(call));
            case "coalesce":
                return Coalesce(call);
            case "parse_json" or "parsejson" or "todynamic" or "toobject" when TypeOf(arguments[0]) == ColumnType.Dynamic:
                return Managed("$parse_json_dynamic", call.Syntax, (Scalar(arguments[0]), ColumnType.Dynamic));
            case "isnull" or "isnotnull":
                SqlValue value = Scalar(arguments[0]);
                bool never = TypeOf(arguments[0]) == ColumnType.String;
                return new SqlValue(never ? (call.Name == "isnull" ? "false" : "true") : $"({value} IS {(call.Name == "isnull" ? "" : "NOT ")}NULL)", false);
            case "isempty" or "isnotempty" or "notempty":
                SqlValue text = TypeOf(arguments[0]) is ColumnType.String or ColumnType.Dynamic ? TextOf(arguments[0]) : Scalar(arguments[0]);
                bool isText = TypeOf(arguments[0]) is ColumnType.String or ColumnType.Dynamic;
                string empty = isText ? $"({text} = '')" : $"({text} IS NULL)";
                return new SqlValue(call.Name == "isempty" ? empty : $"(NOT {empty})", false);
            case "strcat":
                return new SqlValue($"({string.Join(" || ", arguments.Select(TextOf))})", false);
            case "strcat_delim":
                return new SqlValue($"concat_ws({string.Join(", ", arguments.Select(TextOf))})", false);
            case "tostring":
                return TextOf(arguments[0]);
            case "toint" or "tolong" or "toreal" or "todouble" or "todecimal" or "tobool" or "toboolean" or "todatetime" or "totimespan" or "toguid"
                when TypeOf(arguments[0]) == ColumnType.Dynamic || TypeOf(arguments[0]) == TypeOf(call):
                return Converted(Scalar(arguments[0]), TypeOf(arguments[0]), TypeOf(call), call.Syntax);
            case "make_datetime" or "make_timespan" when arguments.Count == 1:
                return Converted(Scalar(arguments[0]), TypeOf(arguments[0]), TypeOf(call), call.Syntax);
            case "toscalar":
                return Scalar(arguments[0]);
            case "bin" or "floor" when TypeOf(call) is ColumnType.DateTime or ColumnType.TimeSpan && TypeOf(arguments[1]) == ColumnType.TimeSpan:
                return BinOfTime(call);
            case "pack" or "bag_pack" or "pack_dictionary":
                return Managed("bag_pack", call.Syntax, [.. arguments.Select((argument, i) => (i % 2 == 0 ? TextOf(argument) : JsonOf(argument), ColumnType.Dynamic))]);
            case "pack_array" when arguments is [BoundLiteral { Literal: StarExpression }]:
                return Managed("pack_array", call.Syntax, [.. _row.Columns.Select(column => (Json(new SqlValue(_from.Columns[column]), TypeOf(column), call.Syntax), ColumnType.Dynamic))]);
            case "pack_array":
                return Managed("pack_array", call.Syntax, [.. arguments.Select(argument => (JsonOf(argument), ColumnType.Dynamic))]);
            case "pack_all" or "bag_pack_columns":
                return Packed(call);
            case "column_ifexists" or "columnifexists":
                return ColumnIfExists(call);
            case "set_has_element" or "array_index_of" or "repeat" or "array_iff":
                return Managed(call.Name, call.Syntax, [.. arguments.Select((argument, i) =>
                    i == 0 && call.Name != "repeat" ? (Scalar(argument), TypeOf(argument))
                    : i == (call.Name == "repeat" ? 0 : 1) || call.Name == "array_iff" ? (JsonOf(argument), ColumnType.Dynamic)
                    : (Scalar(argument), TypeOf(argument)))]);
            case "bag_set_key":
                return Managed(call.Name, call.Syntax, (Scalar(arguments[0]), ColumnType.Dynamic), (TextOf(arguments[1]), ColumnType.String), (JsonOf(arguments[2]), ColumnType.Dynamic));
            case "array_shift_left" or "array_shift_right" when arguments.Count == 3:
                return Managed(call.Name, call.Syntax, (Scalar(arguments[0]), ColumnType.Dynamic), (Scalar(arguments[1]), TypeOf(arguments[1])), (JsonOf(arguments[2]), ColumnType.Dynamic));
            case "assert":
                return Assert(call);
            case "parse_version":
                throw Refused(call.Syntax, "A version is a number of up to 32 digits, more than a decimal holds here. Compare two versions at one place: parse_version(a) < parse_version(b).");
            case "extract" when arguments[^1] is BoundLiteral { Literal: TypeofExpression }:
                BoundExpression[] others = [.. arguments.Take(arguments.Count - 1)];
                RequirePatterns(call);
                return Converted(Managed(call.Name, call.Syntax, [.. others.Select(argument => (Scalar(argument), TypeOf(argument)))]), ColumnType.String, TypeOf(call), call.Syntax);
            case "prev" or "next" or "row_number" or "row_cumsum" or "row_rank" or "row_rank_dense" or "row_rank_min" or "row_window_session":
                return Window(call);
            case "rand" when arguments.Count == 0:
                return new SqlValue("random()", false);
            case "new_guid":
                return new SqlValue("CAST(uuid() AS VARCHAR)", false);
            default:
                if (Composed(call) is { } composed)
                {
                    return composed;
                }

                // Of a function that gives several columns the first is meant where one is wanted.
                return PartsOf(call) is { } function
                    ? Converted(
                        Managed("$index", call.Syntax, (CallOf(call with { Name = function, Type = ColumnType.Dynamic }), ColumnType.Dynamic), (SqlText.Literal(0L, ColumnType.Long), ColumnType.Long)),
                        ColumnType.Dynamic, TypeOf(call), call.Syntax)
                    : null;
        }
    }

    // What stands for the time at which a row came in: it is not later than that.
    private SqlValue IngestionTime(BoundCall call)
    {
        ColumnSymbol time = new[] { "_TimeReceived", "TimeGenerated", "Timestamp" }.Select(_row.Find).FirstOrDefault(column => column?.Type == ColumnType.DateTime)
            ?? throw Refused(call.Syntax, "Local tables do not know when their rows were ingested, and there is no column TimeGenerated or Timestamp to take instead.");
        _remarks.Add($"ingestion_time(): local tables do not know when their rows were ingested; {time.Name} is taken instead.");
        return new SqlValue(_from.Columns[time]);
    }

    // Where the condition is false, the query fails with the message.
    private SqlValue Assert(BoundCall call)
    {
        if (call.Arguments is not [var condition, BoundLiteral { Literal: StringLiteral message }])
        {
            throw Refused(call.Arguments[^1].Syntax, "Expected the message as a literal.");
        }

        string truth = Filter(condition);
        return new SqlValue($"(CASE WHEN {truth} THEN true ELSE error({SqlText.Literal($"assert() has failed: {message.Value}")}) END)", false);
    }

    private SqlValue Now(BoundCall call)
    {
        long now = _options.Now.Ticks;
        bool isAgo = call.Name == "ago";
        if (call.Arguments.Count == 0)
        {
            return SqlText.Literal(_options.Now, ColumnType.DateTime);
        }

        if (call.Arguments[0] is BoundLiteral { Literal: LiteralExpression literal, Type: ColumnType.TimeSpan } && ValueOf(literal) is long span)
        {
            Int128 ticks = isAgo ? (Int128)now - span : (Int128)now + span;
            return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? SqlText.Null(ColumnType.DateTime) : SqlText.Literal((long)ticks, ColumnType.DateTime);
        }

        return Managed(
            isAgo ? "$subtract" : "$add", call.Syntax, (SqlText.Literal(_options.Now, ColumnType.DateTime), ColumnType.DateTime), (Scalar(call.Arguments[0]), TypeOf(call.Arguments[0])));
    }

    // A condition that is null is not met.
    private SqlValue Choice(IReadOnlyList<(BoundExpression Condition, BoundExpression Value)> cases, BoundExpression otherwise, ColumnType type)
    {
        var whens = new List<string>();
        bool mayBeNull = false;
        foreach ((BoundExpression condition, BoundExpression value) in cases)
        {
            SqlValue then = Converted(Scalar(value), TypeOf(value), type, value.Syntax);
            mayBeNull |= then.MayBeNull;
            whens.Add($"WHEN {Filter(condition)} THEN {then}");
        }

        SqlValue last = Converted(Scalar(otherwise), TypeOf(otherwise), type, otherwise.Syntax);
        return new SqlValue($"(CASE {string.Join(" ", whens)} ELSE {last} END)", type != ColumnType.String && (mayBeNull || last.MayBeNull));
    }

    // Of texts the first that is not empty: they are never null.
    private SqlValue Coalesce(BoundCall call)
    {
        ColumnType type = TypeOf(call);
        SqlValue[] values = [.. call.Arguments.Select(argument => Converted(Scalar(argument), TypeOf(argument), type, argument.Syntax))];
        return type == ColumnType.String
            ? new SqlValue($"coalesce({string.Join(", ", values.Select(value => $"nullif({value}, '')"))}, '')", false)
            : new SqlValue($"coalesce({string.Join(", ", values)})", values.All(value => value.MayBeNull));
    }

    // Times count from the year 1 on and are never negative; a length of time may be.
    private SqlValue BinOfTime(BoundCall call)
    {
        SqlValue value = Once(Scalar(call.Arguments[0]));
        return call.Arguments[1] is BoundLiteral { Literal: LiteralExpression literal } && ValueOf(literal) is long and > 0 and var size && TypeOf(call) == ColumnType.DateTime
            ? new SqlValue($"({value} - {value} % {SqlText.Literal(size)})", value.MayBeNull)
            : Managed("bin", call.Syntax, (value, TypeOf(call.Arguments[0])), (Scalar(call.Arguments[1]), ColumnType.TimeSpan));
    }

    // The columns whose names make an object.
    private SqlValue Packed(BoundCall call)
    {
        (string Name, SqlValue Value)[] columns = [.. call.Name == "pack_all"
            ? _row.Columns.Select(column => (column.Name, Json(new SqlValue(_from.Columns[column]), TypeOf(column), call.Syntax)))
            : call.Arguments.Select(argument => (ColumnNames.Of(argument.Syntax, false), JsonOf(argument)))];
        bool ignoresEmpty = call.Name == "pack_all" && call.Arguments is [BoundLiteral { Literal: LiteralExpression literal }] && ValueOf(literal) is true;
        string[] names = [.. columns.Select(column => column.Name)];
        SqlValue list = new(SqlText.Literal(JsonOutput.Strings(names)), false, true);
        return Managed(ignoresEmpty ? "$pack_nonempty" : "$pack", call.Syntax, [(list, ColumnType.Dynamic), .. columns.Select(column => (column.Value, ColumnType.Dynamic))]);
    }

    private SqlValue ColumnIfExists(BoundCall call)
    {
        if (call.Arguments[0] is not BoundLiteral { Literal: StringLiteral name })
        {
            throw Refused(call.Arguments[0].Syntax, "Expected the column's name as a literal.");
        }

        ColumnSymbol? column = _row.Find(name.Value);
        return column is null ? Scalar(call.Arguments[1]) : new SqlValue(_from.Columns[column], column.Type != ColumnType.String);
    }
}
