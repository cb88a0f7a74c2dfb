namespace Quarry.Indicators;

/// <summary>The scheme that stands before a <c>://</c>.</summary>
internal readonly record struct UrlScheme(int Length, bool IsDefanged)
{
    private const int Longest = 24;

    private static readonly WordSet Known = new(
        "http https ftp ftps sftp sftps telnet ldap ldaps file ws wss ssh scp smb cifs nfs rdp vnc rtsp rtsps rtmp rtmps " +
        "tcp udp tls ssl git svn irc ircs gopher nntp imap imaps pop3 smtp smtps tftp webdav dav davs socks socks4 socks5 " +
        "socks5h mongodb redis rediss mysql postgres postgresql amqp amqps mqtt mqtts stratum s3 gs hdfs abfs abfss wasb " +
        "wasbs adl ms-appinstaller dns doh coap steam magnet");

    private static readonly WordSet Defanged = new("hxxp hxxps hxtp hxtps htxp htxps fxp fxps sfxp sfxps h**p h**ps");

    // These are found even when a word is glued on in front of them: the others are the ends of too many words (profile://).
    private static readonly string[] Glued = ["https", "http", "hxxps", "hxxp", "sftp", "sfxp", "ftps", "fxps", "ftp", "fxp"];

    /// <summary>The scheme that ends at a position, or one of length 0.</summary>
    public static UrlScheme Before(ReadOnlySpan<byte> text, int end, bool includeDefanged)
    {
        int start = end;
        while (start > 0 && end - start < Longest && (Bytes.IsScheme(text[start - 1]) || text[start - 1] == '*'))
        {
            start--;
        }

        for (int from = start; from < end; from++)
        {
            ReadOnlySpan<byte> scheme = text[from..end];
            bool isWhole = from == start ? start == 0 || !Bytes.IsScheme(text[start - 1]) : !Bytes.IsAlphaNumeric(text[from - 1]);
            if (isWhole && Known.Contains(scheme))
            {
                return new UrlScheme(scheme.Length, false);
            }

            if (isWhole && includeDefanged && Defanged.Contains(scheme))
            {
                return new UrlScheme(scheme.Length, true);
            }
        }

        foreach (string glued in Glued)
        {
            if (end - start > glued.Length && IsEqual(text[(end - glued.Length)..end], glued))
            {
                bool isDefanged = glued.Contains('x', StringComparison.Ordinal);
                return isDefanged && !includeDefanged ? default : new UrlScheme(glued.Length, isDefanged);
            }
        }

        return default;
    }

    /// <summary>The live form of a defanged scheme: <c>http</c> for <c>hXXp</c>, <c>HTTP</c> for <c>HXXP</c>.</summary>
    public static byte[] Live(ReadOnlySpan<byte> scheme)
    {
        bool isUpper = Bytes.IsUpper(scheme[0]) && Bytes.IsUpper(scheme[^1]);
        bool isSecure = (scheme[^1] | 0x20) == 's';
        string live = (scheme[0] | 0x20) switch
        {
            'h' => "http",
            's' => "sftp",
            _ => "ftp",
        };
        live += isSecure ? "s" : "";
        return System.Text.Encoding.ASCII.GetBytes(isUpper ? live.ToUpperInvariant() : live);
    }

    /// <summary>The defanged form of a scheme that is all lower or all upper case and has one, else nothing.</summary>
    public static ReadOnlySpan<byte> Dead(ReadOnlySpan<byte> scheme) => scheme switch
    {
        _ when scheme.SequenceEqual("http"u8) => "hxxp"u8,
        _ when scheme.SequenceEqual("https"u8) => "hxxps"u8,
        _ when scheme.SequenceEqual("HTTP"u8) => "HXXP"u8,
        _ when scheme.SequenceEqual("HTTPS"u8) => "HXXPS"u8,
        _ when scheme.SequenceEqual("ftp"u8) => "fxp"u8,
        _ when scheme.SequenceEqual("ftps"u8) => "fxps"u8,
        _ when scheme.SequenceEqual("sftp"u8) => "sfxp"u8,
        _ when scheme.SequenceEqual("FTP"u8) => "FXP"u8,
        _ => default,
    };

    private static bool IsEqual(ReadOnlySpan<byte> text, string lower)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            if ((text[i] | 0x20) != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
