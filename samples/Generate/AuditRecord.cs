namespace Quarry.Samples;

/// <summary>One record, a line of the audit log.</summary>
/// <param name="Type">The record's type.</param>
/// <param name="Body">What follows the stamp.</param>
/// <param name="Planted">What it shows and the words that show it, where it was planted.</param>
internal sealed record AuditRecord(string Type, string Body, (string What, string Evidence)? Planted = null);
