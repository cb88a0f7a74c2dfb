using System.Buffers;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Equality of dynamic values: numbers by value, all else by its compact text; null equals null.</summary>
internal static class JsonEquality
{
    /// <summary>Whether two values are equal.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right)
        || (JsonText.IsNull(left) && JsonText.IsNull(right))
        || (JsonText.KindOf(left) == JsonKind.Number && JsonText.KindOf(right) == JsonKind.Number && AreEqualNumbers(left, right));

    /// <summary>
    /// What a value is in a set: equal values give equal bytes. They lie in the value itself or in the bytes given.
    /// A real that is whole and safely so is written as a long.
    /// </summary>
    public static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> scratch)
    {
        if (JsonText.IsNull(value))
        {
            return "null"u8;
        }

        if (JsonText.KindOf(value) != JsonKind.Number || (JsonText.TryLong(value, out long whole) && whole != 0) || !JsonText.TryReal(value, out double real))
        {
            return value;
        }

        scratch.ResetWrittenCount();
        if (Math.Abs(real) < 1L << 53 && real == Math.Floor(real))
        {
            JsonOutput.Long(scratch, (long)real);
        }
        else
        {
            JsonOutput.Real(scratch, real);
        }

        return scratch.WrittenSpan;
    }

    private static bool AreEqualNumbers(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        JsonText.TryLong(left, out long leftLong) && JsonText.TryLong(right, out long rightLong)
            ? leftLong == rightLong
            : JsonText.TryReal(left, out double leftReal) && JsonText.TryReal(right, out double rightReal) && leftReal == rightReal;
}
