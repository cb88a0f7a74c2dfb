using System.Buffers;

namespace Quarry.Logs;

/// <summary>JSON that is put together piece by piece in one buffer, which is used again.</summary>
internal sealed class JsonBuffer
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\', 0x7F]);

    private byte[] _bytes = new byte[1024];

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>How much was written.</summary>
    public int Length { get; private set; }

    /// <summary>Begins anew, or goes back to an earlier length.</summary>
    public void Reset(int length = 0) => Length = length;

    /// <summary>Writes JSON as it is.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        json.CopyTo(_bytes.AsSpan(Length));
        Length += json.Length;
    }

    /// <summary>Writes one byte as it is.</summary>
    public void Raw(byte json)
    {
        Reserve(1);
        _bytes[Length++] = json;
    }

    /// <summary>Writes UTF-8 as a string with its quotes.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Raw((byte)'"');
        Inner(utf8);
        Raw((byte)'"');
    }

    /// <summary>Writes UTF-8 as a part of a string, without quotes.</summary>
    public void Inner(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            int special = utf8.IndexOfAny(Escaped);
            if (special < 0)
            {
                Raw(utf8);
                return;
            }

            Raw(utf8[..special]);
            Escape(utf8[special]);
            utf8 = utf8[(special + 1)..];
        }
    }

    private void Escape(byte b)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        switch (b)
        {
            case (byte)'"': Raw("\\\""u8); break;
            case (byte)'\\': Raw("\\\\"u8); break;
            case (byte)'\n': Raw("\\n"u8); break;
            case (byte)'\r': Raw("\\r"u8); break;
            case (byte)'\t': Raw("\\t"u8); break;
            default: Raw([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', digits[b >> 4], digits[b & 15]]); break;
        }
    }

    private void Reserve(int count)
    {
        int needed = checked(Length + count);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, _bytes.Length * 2L)));
        }
    }
}
