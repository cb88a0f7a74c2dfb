using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quarry.Generators;

/// <summary>
/// Gives each record marked <c>[AnalysisOptions]</c> the descriptions of its options, read from its properties and their
/// documentation comments, so that no face needs reflection or a second description.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class AnalysisOptionsGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<OptionsModel> models = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Quarry.Catalogue.AnalysisOptionsAttribute",
            static (node, _) => node is TypeDeclarationSyntax,
            static (marked, cancellation) => new OptionsReader((INamedTypeSymbol)marked.TargetSymbol, cancellation).Read());

        context.RegisterSourceOutput(models, static (output, model) =>
        {
            foreach (Complaint complaint in model.Complaints)
            {
                output.ReportDiagnostic(complaint.ToDiagnostic());
            }

            if (model.Complaints.Count == 0)
            {
                output.AddSource($"{model.Namespace}.{model.Name}.g.cs", OptionsWriter.Write(model));
            }
        });
    }
}
