using static Quarry.Kql.Functions.ScalarForm;
using static Quarry.Tables.ColumnType;

namespace Quarry.Kql.Functions.Numbers;

/// <summary>Functions of reals: powers, logarithms, angles, and those of statistics. A logarithm of what is negative is null, as is an arc of what is no sine.</summary>
internal static class RealFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. OfReal("sqrt", static x => Math.Sqrt(x)),
        .. OfReal("exp", static x => Math.Exp(x)),
        .. OfReal("exp2", static x => Math.Pow(2, x)),
        .. OfReal("exp10", static x => Math.Pow(10, x)),
        .. OfReal("log", static x => x < 0 ? null : Math.Log(x)),
        .. OfReal("log2", static x => x < 0 ? null : Math.Log2(x)),
        .. OfReal("log10", static x => x < 0 ? null : Math.Log10(x)),
        .. OfReal("sin", static x => Math.Sin(x)),
        .. OfReal("cos", static x => Math.Cos(x)),
        .. OfReal("tan", static x => Math.Tan(x)),
        .. OfReal("cot", static x => 1 / Math.Tan(x)),
        .. OfReal("asin", static x => x is < -1 or > 1 ? null : Math.Asin(x)),
        .. OfReal("acos", static x => x is < -1 or > 1 ? null : Math.Acos(x)),
        .. OfReal("atan", static x => Math.Atan(x)),
        .. OfReal("degrees", static x => x * (180 / Math.PI)),
        .. OfReal("radians", static x => x * (Math.PI / 180)),
        .. OfReal("gamma", static x => SpecialFunctions.Gamma(x)),
        .. OfReal("loggamma", static x => x <= 0 ? null : SpecialFunctions.LogGamma(x)),
        .. OfReal("erf", static x => SpecialFunctions.ErrorFunction(x)),
        .. OfReal("erfc", static x => SpecialFunctions.ComplementaryErrorFunction(x)),
        OfTwo("pow", Math.Pow),
        OfTwo("atan2", Math.Atan2),
        OfThree("beta_cdf", SpecialFunctions.BetaDistribution),
        OfThree("beta_inv", SpecialFunctions.BetaQuantile),
        OfThree("beta_pdf", SpecialFunctions.BetaDensity),
        new("pi", [], Real, static (in Arguments _, ref Result r) => r.Real(Math.PI)),
    ];

    private static ScalarFunction OfTwo(string name, Func<double, double, double> function) =>
        Strict(name, [Real, Real], Real, (in Arguments a, ref Result r) => r.Real(function(a.Real(0), a.Real(1))));

    private static ScalarFunction OfThree(string name, Func<double, double, double, double?> function) =>
        Strict(name, [Real, Real, Real], Real, (in Arguments a, ref Result r) => r.Real(function(a.Real(0), a.Real(1), a.Real(2))));
}
