using System.Buffers;
using System.Text.Unicode;

namespace Quarry.Kql.Functions;

/// <summary>The texts that a <see cref="ListBody"/> gives for its rows, gathered one after another.</summary>
internal ref struct ListResult(ArrayBufferWriter<byte> texts, List<int> lengths)
{
    /// <summary>Whether the row's list is null.</summary>
    internal bool IsNull { get; private set; }

    /// <summary>No list.</summary>
    public void Null() => IsNull = true;

    /// <summary>An element as UTF-8. What is not valid becomes U+FFFD.</summary>
    public readonly void Add(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            texts.Write(utf8);
            lengths.Add(utf8.Length);
        }
        else
        {
            Add(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(utf8)));
        }
    }

    /// <summary>An element that is null.</summary>
    public readonly void AddNull() => lengths.Add(-1);
}
