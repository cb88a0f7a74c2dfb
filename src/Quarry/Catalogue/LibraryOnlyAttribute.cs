namespace Quarry.Catalogue;

/// <summary>Marks a property of an options record that only code can set: it is no option of the command or of a tool.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class LibraryOnlyAttribute : Attribute;
