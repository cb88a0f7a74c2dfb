using System.Text.RegularExpressions;

namespace Quarry.Data.Sources.Http;

/// <summary>Takes secrets out of what a service or a library says before it becomes part of a message.</summary>
internal static partial class SecretText
{
    /// <summary>The text with tokens, keys, signatures and the given secret replaced by <c>***</c>.</summary>
    public static string Masked(string text, string? secret = null)
    {
        if (secret is { Length: > 7 })
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        text = Tokens().Replace(text, "***");
        text = Authorization().Replace(text, "$1 ***");
        return Assignments().Replace(text, "$1$2***");
    }

    /// <summary>An address without what may be secret in it: user, query and fragment.</summary>
    public static string Address(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]+){0,4}", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\b(Bearer|Basic|SharedKey)\s+[A-Za-z0-9+/=_.~:-]{8,}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Authorization();

    [GeneratedRegex(
        @"\b(sig|AccountKey|SharedAccessKey|SharedAccessSignature|client_secret|client_assertion|refresh_token|access_token|password|pwd|AppKey|Application Key)(""?\s*[=:]\s*""?)[^\s;&,""']+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Assignments();
}
