using System.Numerics;

namespace Quarry.Kql.Functions.Numbers;

/// <summary>Arithmetic of decimals as the engine holds them, times 10^18: rounded half away from zero, null where too large.</summary>
internal static class DecimalArithmetic
{
    private static readonly BigInteger Unit = BigInteger.Pow(10, DecimalStorage.Scale);
    private static readonly BigInteger Most = BigInteger.Pow(10, 38) - 1;

    /// <summary>The sum.</summary>
    public static Int128? Add(Int128 left, Int128 right) => Held((BigInteger)left + right);

    /// <summary>The difference.</summary>
    public static Int128? Subtract(Int128 left, Int128 right) => Held((BigInteger)left - right);

    /// <summary>The product.</summary>
    public static Int128? Multiply(Int128 left, Int128 right) => Held(Rounded((BigInteger)left * right, Unit));

    /// <summary>The quotient; of 0 null.</summary>
    public static Int128? Divide(Int128 left, Int128 right) => right == 0 ? null : Held(Rounded(left * Unit, right));

    private static BigInteger Rounded(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out BigInteger rest);
        return BigInteger.Abs(rest) * 2 >= BigInteger.Abs(divisor) ? quotient + (value.Sign * divisor.Sign) : quotient;
    }

    private static Int128? Held(BigInteger value) => BigInteger.Abs(value) <= Most ? (Int128)value : null;
}
