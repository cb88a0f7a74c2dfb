using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>true and false; of version 1 also 1 and 0.</summary>
internal sealed class BoolCells(ValueColumnBuilder<bool> target) : CellReader
{
    /// <inheritdoc/>
    public override string? Read(JsonCursor json)
    {
        if (json.Next() is (byte)'"' or (byte)'{' or (byte)'[')
        {
            return Other(json);
        }

        switch (json.TakeScalar())
        {
            case [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] or [(byte)'1']:
                target.Append(true);
                return null;
            case [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] or [(byte)'0']:
                target.Append(false);
                return null;
            case [(byte)'n', (byte)'u', (byte)'l', (byte)'l']:
                target.AppendNull();
                return null;
            case var other:
                return Encoding.UTF8.GetString(other);
        }
    }
}

/// <summary>Values that are written as one scalar: numbers.</summary>
internal abstract class ScalarCells<T>(ValueColumnBuilder<T> target) : CellReader
    where T : unmanaged
{
    /// <inheritdoc/>
    public override string? Read(JsonCursor json)
    {
        byte first = json.Next();
        if (first == 'n' && json.TryTakeNull())
        {
            target.AppendNull();
            return null;
        }

        T value;
        if (first == '"')
        {
            ReadOnlySpan<byte> text = json.TakeString(out _);
            if (!TryText(text, out value))
            {
                return $"the text \"{Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)])}\"";
            }
        }
        else if (first is (byte)'{' or (byte)'[')
        {
            return Other(json);
        }
        else
        {
            ReadOnlySpan<byte> scalar = json.TakeScalar();
            if (!TryNumber(scalar, out value))
            {
                return Encoding.UTF8.GetString(scalar[..Math.Min(40, scalar.Length)]);
            }
        }

        target.Append(value);
        return null;
    }

    /// <summary>The value of a number of JSON.</summary>
    protected abstract bool TryNumber(ReadOnlySpan<byte> number, out T value);

    /// <summary>The value of a string.</summary>
    protected virtual bool TryText(ReadOnlySpan<byte> text, out T value)
    {
        value = default;
        return false;
    }

    /// <summary>Whether a scalar begins as a number of JSON does; the parsers take more, such as NaN.</summary>
    protected static bool IsNumber(ReadOnlySpan<byte> number) =>
        number is [>= (byte)'0' and <= (byte)'9', ..] or [(byte)'-', >= (byte)'0' and <= (byte)'9', ..];
}

/// <summary>Whole numbers of 32 bits.</summary>
internal sealed class IntCells(ValueColumnBuilder<int> target) : ScalarCells<int>(target)
{
    /// <inheritdoc/>
    protected override bool TryNumber(ReadOnlySpan<byte> number, out int value) =>
        Utf8Parser.TryParse(number, out value, out int taken) && taken == number.Length && IsNumber(number);
}

/// <summary>Whole numbers of 64 bits.</summary>
internal sealed class LongCells(ValueColumnBuilder<long> target) : ScalarCells<long>(target)
{
    /// <inheritdoc/>
    protected override bool TryNumber(ReadOnlySpan<byte> number, out long value) =>
        Utf8Parser.TryParse(number, out value, out int taken) && taken == number.Length && IsNumber(number);
}

/// <summary>Floating-point numbers; what JSON has no number for is a text.</summary>
internal sealed class RealCells(ValueColumnBuilder<double> target) : ScalarCells<double>(target)
{
    /// <inheritdoc/>
    protected override bool TryNumber(ReadOnlySpan<byte> number, out double value) =>
        Utf8Parser.TryParse(number, out value, out int taken) && taken == number.Length && IsNumber(number);

    /// <inheritdoc/>
    protected override bool TryText(ReadOnlySpan<byte> text, out double value)
    {
        value = text.SequenceEqual("NaN"u8) ? double.NaN
            : text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }
}

/// <summary>Decimals, written as texts or numbers.</summary>
internal sealed class DecimalCells(ValueColumnBuilder<decimal> target) : ScalarCells<decimal>(target)
{
    private const int MostDigits = 28;

    /// <inheritdoc/>
    protected override bool TryNumber(ReadOnlySpan<byte> number, out decimal value)
    {
        value = 0;
        if (!IsNumber(number) || !decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        if (number.Length > MostDigits && Digits(number) > MostDigits)
        {
            Rounded++;
        }

        return true;
    }

    /// <inheritdoc/>
    protected override bool TryText(ReadOnlySpan<byte> text, out decimal value) => TryNumber(text, out value);

    // From the first digit that is not zero to the last that is not: what a decimal has to keep.
    private static int Digits(ReadOnlySpan<byte> number)
    {
        int exponent = number.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> significant = (exponent < 0 ? number : number[..exponent]).Trim("-0."u8);
        return significant.Length - (significant.Contains((byte)'.') ? 1 : 0);
    }
}

/// <summary>Values that are written as a text of a form of their own, without escapes.</summary>
internal abstract class FormedCells<T>(ValueColumnBuilder<T> target) : CellReader
    where T : unmanaged
{
    /// <inheritdoc/>
    public override string? Read(JsonCursor json)
    {
        if (json.TryTakeNull())
        {
            target.AppendNull();
            return null;
        }

        if (json.Next() != '"')
        {
            return Other(json);
        }

        ReadOnlySpan<byte> text = json.TakeString(out _);
        if (!TryText(text, out T value))
        {
            return $"the text \"{Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)])}\"";
        }

        target.Append(value);
        return null;
    }

    /// <summary>The value of a text.</summary>
    protected abstract bool TryText(ReadOnlySpan<byte> text, out T value);
}

/// <summary>Points in time by ISO 8601, to the tick.</summary>
internal sealed class DateTimeCells(ValueColumnBuilder<DateTime> target) : FormedCells<DateTime>(target)
{
    /// <inheritdoc/>
    protected override bool TryText(ReadOnlySpan<byte> text, out DateTime value) => TypedText.TryDateTime(text, out value);
}

/// <summary>Lengths of time, <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
internal sealed class TimeSpanCells(ValueColumnBuilder<TimeSpan> target) : FormedCells<TimeSpan>(target)
{
    /// <inheritdoc/>
    protected override bool TryText(ReadOnlySpan<byte> text, out TimeSpan value) =>
        (Utf8Parser.TryParse(text, out value, out int taken, 'c') && taken == text.Length) || TypedText.TryTimeSpan(text, out value);
}

/// <summary>Globally unique identifiers.</summary>
internal sealed class GuidCells(ValueColumnBuilder<Guid> target) : FormedCells<Guid>(target)
{
    /// <inheritdoc/>
    protected override bool TryText(ReadOnlySpan<byte> text, out Guid value) => TypedText.TryGuid(text, out value);
}
