using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quarry.Generators;

/// <summary>Reads an options record from the compiler's symbols.</summary>
internal sealed class OptionsReader(INamedTypeSymbol record, CancellationToken cancellation)
{
    private const string Catalogue = "Quarry.Catalogue.";

    private readonly List<Complaint> _complaints = [];

    /// <summary>The model of the record, with what is wrong with it.</summary>
    public OptionsModel Read()
    {
        List<OptionModel> options = [];
        if (IsExtensible())
        {
            options = [.. record.GetMembers().OfType<IPropertySymbol>().Where(IsOption).Select(ReadOption).OfType<OptionModel>()];
        }
        else
        {
            _complaints.Add(Complaint.At(record, Complaint.NotExtensible, record.Name));
        }

        return new OptionsModel(
            record.ContainingNamespace.IsGlobalNamespace ? "" : record.ContainingNamespace.ToDisplayString(),
            record.Name,
            new EquatableList<OptionModel>(options),
            new EquatableList<Complaint>(_complaints));
    }

    private bool IsExtensible() =>
        record is { IsRecord: true, TypeKind: TypeKind.Class, IsGenericType: false, IsAbstract: false, ContainingType: null }
        && record.InstanceConstructors.Any(c => c.Parameters.IsEmpty)
        && record.DeclaringSyntaxReferences.All(part => part.GetSyntax(cancellation) is TypeDeclarationSyntax type
            && type.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool IsOption(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
        && property.SetMethod is { DeclaredAccessibility: Accessibility.Public }
        && !Has(property, "LibraryOnlyAttribute");

    private OptionModel? ReadOption(IPropertySymbol property)
    {
        string summary = SummaryOf(property);
        (OptionType? type, INamedTypeSymbol? choices) = OptionType.Of(property, Has(property, "ByteSizeAttribute"));
        if (type is null)
        {
            _complaints.Add(Complaint.At(
                property, Complaint.UnsupportedType, $"{record.Name}.{property.Name}", property.Type.ToDisplayString()));
            return null;
        }

        IEnumerable<ChoiceModel> members = choices is null
            ? []
            : choices.GetMembers().OfType<IFieldSymbol>().Select(member => new ChoiceModel(member.Name, SummaryOf(member)));
        return new OptionModel(property.Name, summary, type, new EquatableList<ChoiceModel>([.. members]));
    }

    private string SummaryOf(ISymbol symbol)
    {
        string summary = DocumentationText.SummaryOf(symbol, cancellation);
        if (summary.Length == 0)
        {
            _complaints.Add(Complaint.At(symbol, Complaint.Undocumented, $"{symbol.ContainingType.Name}.{symbol.Name}"));
        }

        return summary;
    }

    private static bool Has(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == Catalogue + attribute);
}
