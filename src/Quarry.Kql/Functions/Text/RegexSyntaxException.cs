namespace Quarry.Kql.Functions.Text;

/// <summary>A text that is no regular expression of KQL; the message says what is wrong and where.</summary>
internal sealed class RegexSyntaxException(string message) : Exception(message);
