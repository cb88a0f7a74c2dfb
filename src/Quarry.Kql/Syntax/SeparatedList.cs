using System.Collections;

namespace Quarry.Kql.Syntax;

/// <summary>Parts with commas (or other tokens) between them.</summary>
/// <param name="items">The parts.</param>
/// <param name="elements">The parts and what stands between and behind them, in the order of the text.</param>
internal sealed class SeparatedList<T>(IReadOnlyList<T> items, IReadOnlyList<SyntaxElement> elements) : IReadOnlyList<T>
    where T : SyntaxElement
{
    /// <summary>The parts and the tokens between them, in the order of the text.</summary>
    public IReadOnlyList<SyntaxElement> Elements { get; } = elements;

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
