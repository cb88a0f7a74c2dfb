namespace Quarry.Logs.Sessions;

/// <summary>
/// What a message of pam_unix, systemd-logind, sshd or login says of a session. The messages have to begin so: names that an
/// attacker chooses, and that are logged further inside a message, must not pass for one.
/// </summary>
/// <remarks>Sources: the messages of Linux-PAM's pam_unix, systemd-logind, OpenSSH's auth.c and session.c, and util-linux's login.</remarks>
/// <param name="Kind">What it says.</param>
/// <param name="User">Whose session.</param>
/// <param name="By">Who opened it.</param>
/// <param name="Service">PAM's service; logind's session number.</param>
/// <param name="Address">The remote address.</param>
/// <param name="Port">The remote port.</param>
internal readonly record struct SessionMessage(
    SessionEventKind Kind, string? User, string? By = null, string? Service = null, string? Address = null, string? Port = null)
{
    /// <summary>Whether a message may say something; quick.</summary>
    public static bool MayBe(ReadOnlySpan<byte> message) =>
        message.IndexOf("ession"u8) >= 0 || message.StartsWith("Accepted "u8) || message.IndexOf("LOGIN ON "u8) is >= 0 and < 8
        || message.StartsWith("Disconnected from "u8) || message.StartsWith("Connection closed by "u8) || message.StartsWith("Received disconnect from "u8);

    /// <summary>Reads a message; null if it says nothing of a session.</summary>
    /// <param name="process">The program that logs.</param>
    /// <param name="message">The message.</param>
    public static SessionMessage? Read(string? process, string message)
    {
        message = message.Trim();
        return Pam(process, message) ?? Logind(process, message) ?? Ssh(process, message) ?? Login(process, message);
    }

    // "pam_unix(sshd:session): session opened for user deploy(uid=1005) by (uid=0)"; older: "su(pam_unix)[12]: session opened for user root by ops(uid=500)"
    private static SessionMessage? Pam(string? process, string message)
    {
        string? service = null;
        string rest;
        if (message.StartsWith("pam_unix(", StringComparison.Ordinal) && message.IndexOf("): ", StringComparison.Ordinal) is > 0 and var close)
        {
            service = message[9..close].Split(':')[0];
            rest = message[(close + 3)..];
        }
        else if (message.StartsWith("(pam_unix) ", StringComparison.Ordinal))
        {
            rest = message[11..];
        }
        else if (process?.EndsWith("(pam_unix)", StringComparison.Ordinal) == true)
        {
            service = process[..^10];
            rest = message;
        }
        else
        {
            return null;
        }

        bool isOpened = rest.StartsWith("session opened for user ", StringComparison.Ordinal);
        if (!isOpened && !rest.StartsWith("session closed for user ", StringComparison.Ordinal))
        {
            return null;
        }

        rest = rest[24..];
        int by = rest.IndexOf(" by ", StringComparison.Ordinal);
        string user = Name(by < 0 ? rest : rest[..by]);
        string opener = by < 0 ? "" : Name(rest[(by + 4)..]);
        return user.Length == 0
            ? null
            : new SessionMessage(isOpened ? SessionEventKind.Opened : SessionEventKind.Closed, user, opener.Length == 0 ? null : opener, service);
    }

    // "New session 12 of user deploy." and "Removed session 12."
    private static SessionMessage? Logind(string? process, string message)
    {
        if (process != "systemd-logind" && process is not null)
        {
            return null;
        }

        string[] words = message.Split(' ', 7);
        return words switch
        {
            ["New", "session", _, "of", "user", _] => new SessionMessage(SessionEventKind.Opened, words[5].TrimEnd('.').Trim('\''), Service: words[2].Trim('\'')),
            ["New", "session", _, "of", "user", _, _] => new SessionMessage(SessionEventKind.Opened, words[5].TrimEnd('.').Trim('\''), Service: words[2].Trim('\'')),
            ["Removed", "session", _] => new SessionMessage(SessionEventKind.Closed, null, Service: words[2].TrimEnd('.').Trim('\'')),
            _ => null,
        };
    }

    // "Accepted password for deploy from 203.0.113.77 port 51514 ssh2", "Disconnected from user deploy 203.0.113.77 port 51514"
    private static SessionMessage? Ssh(string? process, string message)
    {
        if (process is not null && !process.StartsWith("sshd", StringComparison.Ordinal))
        {
            return null;
        }

        string[] words = message.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int port = Array.LastIndexOf(words, "port");
        if (port < 2 || port + 1 >= words.Length)
        {
            return null;
        }

        string address = words[port - 1], number = words[port + 1].TrimEnd(':');
        return words[0] switch
        {
            "Accepted" when words is [_, _, "for", ..] && port >= 6 && words[port - 2] == "from" =>
                new SessionMessage(SessionEventKind.Accepted, string.Join(' ', words[3..(port - 2)]), Service: words[1], Address: address, Port: number),
            "Disconnected" or "Received" or "Connection" => new SessionMessage(SessionEventKind.Disconnected, null, Address: address, Port: number),
            _ => null,
        };
    }

    // "LOGIN ON tty1 BY deploy FROM host", "ROOT LOGIN ON tty1"
    private static SessionMessage? Login(string? process, string message)
    {
        if (process is not null and not "login")
        {
            return null;
        }

        string[] words = message.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["LOGIN", "ON", var terminal, "BY", var user, ..] =>
                new SessionMessage(SessionEventKind.Accepted, user, Service: terminal, Address: words is [.., "FROM", var host] ? host : terminal),
            ["ROOT", "LOGIN", "ON", var terminal, ..] => new SessionMessage(SessionEventKind.Accepted, "root", Service: terminal, Address: words is [.., "FROM", var host] ? host : terminal),
            _ => null,
        };
    }

    // The name before its number: "deploy(uid=1005)".
    private static string Name(string text)
    {
        int bracket = text.IndexOf("(uid=", StringComparison.Ordinal);
        return (bracket < 0 ? text : text[..bracket]).Trim();
    }
}
