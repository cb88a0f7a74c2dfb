namespace Quarry.Samples;

/// <summary>Who a process runs as, in the words of event 4688.</summary>
/// <param name="Name">Account name; a machine's ends in <c>$</c>.</param>
/// <param name="Domain">The account's domain.</param>
/// <param name="Sid">Security identifier.</param>
/// <param name="LogonId">Logon session, hexadecimal.</param>
/// <param name="Elevation">1936 full by default, 1937 elevated, 1938 limited.</param>
internal sealed record Account(string Name, string Domain, string Sid, string LogonId, int Elevation);
