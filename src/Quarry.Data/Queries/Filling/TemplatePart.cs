using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries.Filling;

/// <summary>A part of a query that is filled.</summary>
internal abstract record TemplatePart
{
    /// <summary>The text of the part.</summary>
    /// <exception cref="QuarryException">A value cannot stand at its place.</exception>
    public abstract string Write(Func<QueryParameter, FilledValue> valueOf);
}

/// <summary>Text that stays as it is.</summary>
internal sealed record PlainPart(string Text) : TemplatePart
{
    /// <inheritdoc/>
    public override string Write(Func<QueryParameter, FilledValue> valueOf) => Text;
}

/// <summary>A place for a value.</summary>
internal sealed record HolePart(TemplateHole Hole) : TemplatePart
{
    /// <inheritdoc/>
    public override string Write(Func<QueryParameter, FilledValue> valueOf) => Hole.Write(valueOf(Hole.Parameter));
}

/// <summary>A string literal with places in it. Whatever its quotes were, it is written anew as one literal of what it says.</summary>
/// <param name="Prefix"><c>h</c> where the literal is kept from logs, else nothing.</param>
/// <param name="Parts">What it says.</param>
internal sealed record LiteralPart(string Prefix, IReadOnlyList<TemplatePart> Parts) : TemplatePart
{
    /// <inheritdoc/>
    public override string Write(Func<QueryParameter, FilledValue> valueOf) =>
        Prefix + KqlLiteral.String(string.Concat(Parts.Select(part => part.Write(valueOf))));
}
