namespace Quarry.Logs.Commands;

/// <summary>Commands in the messages of sudo and cron.</summary>
/// <remarks>Sources: sudoers(5), "Event log"; cron(8).</remarks>
internal static class CommandMessage
{
    /// <summary>
    /// The command in a message: <c>deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/id</c> or
    /// <c>(root) CMD (run-parts /etc/cron.hourly)</c>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> message, out string? user, out string command)
    {
        user = null;
        command = "";
        message = message.Trim();
        int at = message.IndexOf(" COMMAND=", StringComparison.Ordinal);
        if (at > 0)
        {
            int colon = message.IndexOf(" : ", StringComparison.Ordinal);
            user = colon is > 0 and <= 64 && colon < at ? message[..colon].Trim().ToString() : null;
            command = message[(at + 9)..].ToString();
            return user is not null && command.Length > 0;
        }

        int cron = message.IndexOf(") CMD (", StringComparison.Ordinal);
        if (message.Length == 0 || message[0] != '(' || cron is < 2 or > 64 || message[^1] != ')')
        {
            return false;
        }

        user = message[1..cron].ToString();
        command = message[(cron + 7)..^1].Trim().ToString();
        return command.Length > 0;
    }
}
