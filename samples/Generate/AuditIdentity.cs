namespace Quarry.Samples;

/// <summary>Who a process runs as, in the words of the audit record.</summary>
/// <param name="LoginId">The audit user id, which sudo does not change; <see cref="Unset"/> for a service.</param>
/// <param name="Session">The audit session; <see cref="Unset"/> for a service.</param>
/// <param name="UserId">Real user and group id.</param>
/// <param name="EffectiveId">Effective user id: 0 for sudo itself.</param>
/// <param name="Terminal">The terminal as the kernel writes it: <c>pts0</c> or <c>(none)</c>.</param>
internal sealed record AuditIdentity(long LoginId, long Session, int UserId, int EffectiveId, string Terminal)
{
    /// <summary>The kernel's -1, which it writes without sign.</summary>
    public const long Unset = 4294967295;

    /// <summary>A service of the system.</summary>
    public static AuditIdentity System { get; } = new(Unset, Unset, 0, 0, "(none)");

    /// <summary>The same login as root.</summary>
    public AuditIdentity AsRoot() => this with { UserId = 0, EffectiveId = 0 };
}
