using Microsoft.CodeAnalysis;

namespace Quarry.Generators;

/// <summary>How a property's type is described, read and written by the generated source.</summary>
/// <param name="Kind">The member of <c>OptionKind</c>.</param>
/// <param name="AcceptsNone">Whether the value can be left out: a value type that can be null.</param>
/// <param name="Read">The expression of the value as an object, with <c>$</c> for the property.</param>
/// <param name="Write">The expression of the property's value, from the object <c>value</c>.</param>
/// <param name="EnumName">The full name of the enum, or null.</param>
internal sealed record OptionType(string Kind, bool AcceptsNone, string Read, string Write, string? EnumName = null)
{
    /// <summary>The type of a property, or null if such a property cannot be given as text; and the enum it is made of.</summary>
    public static (OptionType? Type, INamedTypeSymbol? Choices) Of(IPropertySymbol property, bool isByteSize)
    {
        ITypeSymbol type = property.Type;
        bool isNullable = false;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            isNullable = true;
            type = nullable.TypeArguments[0];
        }

        if (isByteSize)
        {
            return (ByteSize(type, isNullable), null);
        }

        if (type.SpecialType == SpecialType.System_String)
        {
            return (new OptionType("Text", false, "$", "(string)value!"), null);
        }

        if (ScalarKind(type) is { } kind)
        {
            return (Scalar(kind, FullName(type), isNullable), null);
        }

        if (AsEnum(type) is { } choices)
        {
            return (Scalar("Choice", FullName(choices), isNullable) with { EnumName = FullName(choices) }, choices);
        }

        return isNullable ? (null, null) : List(type);
    }

    private static string? ScalarKind(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "Boolean",
        SpecialType.System_Int32 => "Integer",
        SpecialType.System_Int64 => "Long",
        SpecialType.System_Double => "Number",
        _ => FullName(type) == "global::System.TimeSpan" ? "Duration" : null,
    };

    private static OptionType Scalar(string kind, string type, bool isNullable) => isNullable
        ? new OptionType(kind, true, "$", $"({type}?)value")
        : new OptionType(kind, false, "$", $"({type})value!");

    private static OptionType? ByteSize(ITypeSymbol type, bool isNullable) => type.SpecialType switch
    {
        SpecialType.System_Int64 => Scalar("ByteSize", "long", isNullable),
        SpecialType.System_Int32 when isNullable =>
            new OptionType("ByteSize", true, "(long?)$", "value is null ? null : checked((int)(long)value)"),
        SpecialType.System_Int32 => new OptionType("ByteSize", false, "(long)$", "checked((int)(long)value!)"),
        _ => null,
    };

    private static (OptionType? Type, INamedTypeSymbol? Choices) List(ITypeSymbol type)
    {
        (ITypeSymbol? item, bool isSet) = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => (array.ElementType, false),
            INamedTypeSymbol { TypeArguments.Length: 1 } named => FullName(named.OriginalDefinition) switch
            {
                "global::System.Collections.Generic.IReadOnlyList<T>" => (named.TypeArguments[0], false),
                "global::System.Collections.Immutable.ImmutableArray<T>" => (named.TypeArguments[0], false),
                "global::System.Collections.Generic.IReadOnlySet<T>" => (named.TypeArguments[0], true),
                _ => ((ITypeSymbol?)null, false),
            },
            _ => (null, false),
        };
        INamedTypeSymbol? choices = item is null ? null : AsEnum(item);
        if (item is null || (choices is null && item.SpecialType != SpecialType.System_String))
        {
            return (null, null);
        }

        // A list travels as string[] or object[] (boxed members of the enum), whatever its declared type.
        string box = choices is null ? "string" : "object";
        string cast = choices is null ? "(string[])value!" : $"{Linq}.Cast<{FullName(choices)}>((object[])value!)";
        string write = isSet ? $"{Linq}.ToHashSet<{FullName(item)}>({cast})" : $"[.. {cast}]";
        string read = $"$ is {{ }} list ? {Linq}.ToArray({Linq}.Cast<{box}>(list)) : null";
        string kind = choices is null ? "TextList" : "ChoiceList";
        return (new OptionType(kind, false, read, write, choices is null ? null : FullName(choices)), choices);
    }

    private const string Linq = "global::System.Linq.Enumerable";

    // Only an enum of the project at hand: the documentation of one from elsewhere is not there at compile time.
    private static INamedTypeSymbol? AsEnum(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Enum, DeclaringSyntaxReferences.Length: > 0 } choices
        && !choices.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.FlagsAttribute")
            ? choices
            : null;

    private static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
