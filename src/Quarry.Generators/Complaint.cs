using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quarry.Generators;

/// <summary>
/// A diagnostic as plain values: the pipeline must not hold on to syntax trees, which a <see cref="Location"/> does.
/// </summary>
internal sealed record Complaint(string Id, string Path, TextSpan Span, LinePositionSpan Lines, EquatableList<string> Arguments)
{
    private const string Category = "Quarry.Catalogue";

    public static readonly DiagnosticDescriptor Undocumented = new(
        "QRY001",
        "An option or a choice has no documentation comment",
        "'{0}' has no <summary>: the help, the agent tools and the reference documentation are made from it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "QRY002",
        "An option has a type that cannot be given as text",
        "'{0}' of type '{1}' cannot be given as text: use bool, int, long, double, string, TimeSpan, an enum of this project " +
        "without [Flags], or an IReadOnlyList, IReadOnlySet, ImmutableArray or array of string or of such an enum; put [ByteSize] on int or " +
        "long alone, and [LibraryOnly] on what only code can set",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NotExtensible = new(
        "QRY003",
        "An options record cannot be extended",
        "'{0}' carries [AnalysisOptions] and has to be a partial record class directly in a namespace, without type parameters, " +
        "with a constructor without parameters",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static Complaint At(ISymbol symbol, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        Location location = symbol.Locations[0];
        return new Complaint(
            descriptor.Id,
            location.SourceTree?.FilePath ?? "",
            location.SourceSpan,
            location.GetLineSpan().Span,
            new EquatableList<string>(arguments));
    }

    public Diagnostic ToDiagnostic()
    {
        DiagnosticDescriptor descriptor = Id switch
        {
            "QRY001" => Undocumented,
            "QRY002" => UnsupportedType,
            _ => NotExtensible,
        };
        return Diagnostic.Create(descriptor, Location.Create(Path, Span, Lines), [.. Arguments]);
    }
}
