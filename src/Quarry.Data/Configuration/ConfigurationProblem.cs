namespace Quarry.Data.Configuration;

/// <summary>Something that is wrong with a configuration.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Line">The line, from 1; null where it is not about one.</param>
/// <param name="Setting">The setting, <c>AzureSentinel.Workspaces.Default.TenantId</c>; empty where it is about the file.</param>
/// <param name="Message">What is wrong; holds no secret.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ConfigurationProblem(ProblemSeverity Severity, int? Line, string Setting, string Message, string Remedy);
