namespace Quarry.Logs.Auditd;

/// <summary>How a field's value was written.</summary>
internal enum AuditFieldKind : byte
{
    /// <summary>Without quotes.</summary>
    Bare,

    /// <summary>In quotes, which are no part of it.</summary>
    Quoted,

    /// <summary>In quotes of which the second is missing: the record is cut short.</summary>
    Cut,
}
