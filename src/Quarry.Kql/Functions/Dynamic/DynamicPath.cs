using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>
/// The steps of <c>d.a.b[0]["x"][-1]</c> as one text, as <c>$path</c> takes it: a property is <c>.</c>, the length of its name
/// in bytes of UTF-8, <c>:</c> and the name; an element is <c>#</c> and its index. So the example is <c>.1:a.1:b#0.1:x#-1</c>.
/// </summary>
internal sealed class DynamicPath
{
    private readonly StringBuilder _text = new();

    /// <summary>Goes to a property.</summary>
    public DynamicPath Property(string name)
    {
        _text.Append(CultureInfo.InvariantCulture, $".{Encoding.UTF8.GetByteCount(name)}:{name}");
        return this;
    }

    /// <summary>Goes to an element; a negative index counts from the end.</summary>
    public DynamicPath Element(long index)
    {
        _text.Append(CultureInfo.InvariantCulture, $"#{index}");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>The value that a path leads to; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Follow(ReadOnlySpan<byte> value, ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty && !value.IsEmpty)
        {
            bool isProperty = path[0] == (byte)'.';
            int at = 1;
            bool isNegative = at < path.Length && path[at] == (byte)'-';
            at += isNegative ? 1 : 0;
            long number = 0;
            for (; at < path.Length && path[at] is >= (byte)'0' and <= (byte)'9'; at++)
            {
                number = (number * 10) + (path[at] - '0');
            }

            if (!isProperty)
            {
                value = JsonText.Element(value, isNegative ? -number : number);
                path = path[at..];
                continue;
            }

            if (at >= path.Length || number > path.Length - at - 1)
            {
                return default;
            }

            value = JsonText.Property(value, path.Slice(at + 1, (int)number));
            path = path[(at + 1 + (int)number)..];
        }

        return value;
    }
}
