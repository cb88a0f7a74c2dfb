using Quarry.Tables;

namespace Quarry.Kql.Functions;


/// <summary>Makes forms of functions that are null where an argument is null.</summary>
internal static class ScalarForm
{
    /// <summary>A body that is not asked where an argument is null.</summary>
    public static ScalarFunction Strict(string name, ColumnType[] parameters, ColumnType returns, ScalarBody body) =>
        new(name, parameters, returns, (in Arguments arguments, ref Result result) =>
        {
            if (arguments.AnyNull)
            {
                result.Null();
            }
            else
            {
                body(arguments, ref result);
            }
        });

    /// <summary>A function of a real; its decimal form too.</summary>
    public static IEnumerable<ScalarFunction> OfReal(string name, Func<double, double?> function)
    {
        yield return Strict(name, [ColumnType.Real], ColumnType.Real, (in Arguments arguments, ref Result result) => result.Real(function(arguments.Real(0))));
        yield return Strict(name, [ColumnType.Decimal], ColumnType.Real, (in Arguments arguments, ref Result result) => result.Real(function((double)arguments.Scaled(0) / 1e18)));
    }
}
