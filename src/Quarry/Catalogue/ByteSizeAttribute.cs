namespace Quarry.Catalogue;

/// <summary>Marks an option that is a number of bytes, so that it is read and shown with a unit: <c>64MiB</c>.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ByteSizeAttribute : Attribute;
