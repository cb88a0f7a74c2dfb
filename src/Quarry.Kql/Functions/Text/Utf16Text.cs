using System.Buffers;
using System.Text;

namespace Quarry.Kql.Functions.Text;

/// <summary>A row's text in UTF-16, in a rented buffer that is given back by <see cref="Dispose"/>.</summary>
internal readonly ref struct Utf16Text
{
    private readonly char[] _buffer;
    private readonly int _length;

    /// <summary>Decodes.</summary>
    public Utf16Text(ReadOnlySpan<byte> utf8)
    {
        _buffer = ArrayPool<char>.Shared.Rent(Math.Max(utf8.Length, 1));
        _length = Encoding.UTF8.GetChars(utf8, _buffer);
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Span => _buffer.AsSpan(0, _length);

    /// <summary>The text, for what takes no span.</summary>
    public ReadOnlyMemory<char> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => ArrayPool<char>.Shared.Return(_buffer);
}
