using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Quarry.Kql.Functions;

/// <summary>Where a body puts its value: exactly one call a row.</summary>
internal unsafe ref struct Result(byte* values, ulong* validity, nint vector, delegate*<nint, int, byte*, int, void> assign)
{
    private readonly byte* _values = values;
    private readonly ulong* _validity = validity;

    /// <summary>The row that is written.</summary>
    internal int Row { get; set; }

    /// <summary>Bytes to build a text in, empty at first: <c>result.Text(result.Scratch())</c> after writing. One for a thread.</summary>
    public static ArrayBufferWriter<byte> Scratch()
    {
        _scratch ??= new ArrayBufferWriter<byte>(256);
        _scratch.ResetWrittenCount();
        return _scratch;
    }

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>No value.</summary>
    public readonly void Null() => _validity[Row >> 6] &= ~(1ul << (Row & 63));

    /// <summary>A bool.</summary>
    public readonly void Bool(bool value) => _values[Row] = value ? (byte)1 : (byte)0;

    /// <summary>An int.</summary>
    public readonly void Int(int value) => ((int*)_values)[Row] = value;

    /// <summary>A long, or the ticks of a datetime or timespan.</summary>
    public readonly void Long(long value) => ((long*)_values)[Row] = value;

    /// <summary>A real.</summary>
    public readonly void Real(double value) => ((double*)_values)[Row] = value;

    /// <summary>A decimal as the engine holds it: times 10^18.</summary>
    public readonly void Scaled(Int128 value) => ((Int128*)_values)[Row] = value;

    /// <summary>A decimal; null where it is too large.</summary>
    public readonly void Decimal(decimal value)
    {
        if (DecimalStorage.Of(value) is { } scaled)
        {
            Scaled(scaled);
        }
        else
        {
            Null();
        }
    }

    /// <summary>A decimal as the engine holds it, or null.</summary>
    public readonly void ScaledOrNull(Int128? value)
    {
        if (value is { } given)
        {
            Scaled(given);
        }
        else
        {
            Null();
        }
    }

    /// <summary>A long, or null.</summary>
    public readonly void Long(long? value)
    {
        if (value is { } given)
        {
            Long(given);
        }
        else
        {
            Null();
        }
    }

    /// <summary>A real, or null.</summary>
    public readonly void Real(double? value)
    {
        if (value is { } given)
        {
            Real(given);
        }
        else
        {
            Null();
        }
    }

    /// <summary>A string, dynamic (JSON) or guid as UTF-8; what is not valid becomes U+FFFD.</summary>
    public readonly void Text(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            Text(Encoding.UTF8.GetString(utf8));
            return;
        }

        if (utf8.Length <= 12)
        {
            byte* entry = _values + (16L * Row);
            *(ulong*)entry = (uint)utf8.Length;
            *(ulong*)(entry + 8) = 0;
            utf8.CopyTo(new Span<byte>(entry + 4, 12));
            return;
        }

        fixed (byte* text = utf8)
        {
            assign(vector, Row, text, utf8.Length);
        }
    }

    /// <summary>A string, dynamic (JSON) or guid; null for null. What is not valid UTF-16 becomes U+FFFD.</summary>
    public readonly void Text(string? text)
    {
        if (text is null)
        {
            Null();
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Text(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>What was written into <see cref="Scratch"/>.</summary>
    public readonly void Text(ArrayBufferWriter<byte> written) => Text(written.WrittenSpan);
}
