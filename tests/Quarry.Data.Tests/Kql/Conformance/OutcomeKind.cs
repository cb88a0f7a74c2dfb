namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>How a query came out.</summary>
internal enum OutcomeKind
{
    /// <summary>As it should.</summary>
    Equal,

    /// <summary>With another result.</summary>
    Different,

    /// <summary>With an error at its place before anything ran.</summary>
    Refused,

    /// <summary>With an error while it ran, or one without a place.</summary>
    Failed,
}
