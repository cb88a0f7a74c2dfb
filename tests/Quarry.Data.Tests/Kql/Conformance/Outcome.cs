using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>What came of a query.</summary>
/// <param name="Id">The case.</param>
/// <param name="Query">The query.</param>
/// <param name="Kind">How it came out.</param>
/// <param name="Message">What is different, or why there is no result.</param>
internal sealed record Outcome(string Id, string Query, OutcomeKind Kind, string Message)
{
    /// <summary>What an answer amounts to.</summary>
    public static Outcome Of(string id, string query, (Table? Result, string? Refusal, string? Failure) answer, Func<Table, string?> difference)
    {
        string? message = answer.Result is { } result ? difference(result) : answer.Refusal ?? answer.Failure;
        OutcomeKind kind = answer.Refusal is not null ? OutcomeKind.Refused
            : answer.Failure is not null ? OutcomeKind.Failed
            : message is null ? OutcomeKind.Equal
            : OutcomeKind.Different;
        return new Outcome(id, query, kind, message ?? "");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind.ToString().ToUpperInvariant()} {Id}: {Message.ReplaceLineEndings(" ")}\n    {Query.ReplaceLineEndings(" ")}";
}
