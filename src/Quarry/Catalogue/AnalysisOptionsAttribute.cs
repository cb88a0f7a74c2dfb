namespace Quarry.Catalogue;

/// <summary>
/// Marks the options record of an analysis. The compiler then adds <c>Descriptions</c> to it, read from its public
/// properties and their documentation comments: the one source for the command's options, the arguments of the KQL
/// plugin, the schema of the agent tool and the reference documentation.
/// </summary>
/// <remarks>
/// The record is a partial record class directly in a namespace, with a constructor without parameters. A property
/// without a summary, or of a type that cannot be given as text, is an error of the build (QRY001, QRY002).
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AnalysisOptionsAttribute : Attribute;
