using Quarry.Tables;

namespace Quarry.Kql.Functions.Numbers;

/// <summary><c>min_of</c> and <c>max_of</c>: the least and the greatest of the arguments that are not null.</summary>
internal static class ExtremeFunctions
{
    private static readonly ColumnType[] Types =
        [ColumnType.Bool, ColumnType.Int, ColumnType.Long, ColumnType.Real, ColumnType.Decimal, ColumnType.DateTime, ColumnType.TimeSpan, ColumnType.String];

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All => Types.SelectMany(type => new[] { Of("min_of", type, false), Of("max_of", type, true) });

    private static ScalarFunction Of(string name, ColumnType type, bool isMost)
    {
        Order before = OrderOf(type);
        ScalarBody give = GiverOf(type, (in Arguments arguments) => Extreme(arguments, before, isMost));
        return new ScalarFunction(name, [type], type, give) { Further = type };
    }

    // Less than 0 where the first stands before the second.
    private delegate int Order(in Arguments arguments, int first, int second);

    private delegate int Choice(in Arguments arguments);

    private static int Extreme(in Arguments arguments, Order order, bool isMost)
    {
        int best = -1;
        for (int i = 0; i < arguments.Count; i++)
        {
            if (!arguments.IsNull(i) && (best < 0 || (order(arguments, i, best) is var difference && (isMost ? difference > 0 : difference < 0))))
            {
                best = i;
            }
        }

        return best;
    }

    private static Order OrderOf(ColumnType type) => type switch
    {
        ColumnType.Bool => static (in Arguments a, int i, int j) => a.Bool(i).CompareTo(a.Bool(j)),
        ColumnType.Int => static (in Arguments a, int i, int j) => a.Int(i).CompareTo(a.Int(j)),
        ColumnType.Real => static (in Arguments a, int i, int j) => a.Real(i).CompareTo(a.Real(j)),
        ColumnType.Decimal => static (in Arguments a, int i, int j) => a.Scaled(i).CompareTo(a.Scaled(j)),
        ColumnType.String => static (in Arguments a, int i, int j) => a.Text(i).SequenceCompareTo(a.Text(j)),
        _ => static (in Arguments a, int i, int j) => a.Long(i).CompareTo(a.Long(j)),
    };

    private static ScalarBody GiverOf(ColumnType type, Choice choice) => (in Arguments a, ref Result r) =>
    {
        int best = choice(a);
        if (best < 0)
        {
            r.Null();
            return;
        }

        switch (type)
        {
            case ColumnType.Bool:
                r.Bool(a.Bool(best));
                break;
            case ColumnType.Int:
                r.Int(a.Int(best));
                break;
            case ColumnType.Real:
                r.Real(a.Real(best));
                break;
            case ColumnType.Decimal:
                r.Scaled(a.Scaled(best));
                break;
            case ColumnType.String:
                r.Text(a.Text(best));
                break;
            default:
                r.Long(a.Long(best));
                break;
        }
    };
}
