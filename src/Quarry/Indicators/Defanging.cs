using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quarry.Indicators;

/// <summary>Turns indicators into text that nothing can follow, and back.</summary>
public static class Defanging
{
    /// <summary>
    /// Defangs an indicator, or a text with indicators: <c>http://a.example/x.y</c> becomes <c>hxxp[:]//a[.]example/x.y</c>,
    /// <c>me@a.example</c> becomes <c>me[at]a[.]example</c>, <c>2001:db8::1</c> becomes <c>2001[:]db8[:][:]1</c>. The path of
    /// a URL stays as it is. <see cref="Refang(string)"/> undoes it for every text that is live, that is, which it leaves
    /// unchanged.
    /// </summary>
    public static string Defang(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetString(Defang(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The live form of a text that was defanged in any of the usual ways.</summary>
    public static string Refang(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetString(Refang(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary><see cref="Defang(string)"/> over UTF-8.</summary>
    public static byte[] Defang(ReadOnlySpan<byte> text)
    {
        var output = new List<byte>(text.Length + 16);
        if (IsIpv6(text))
        {
            foreach (byte b in text)
            {
                output.AddRange(b == ':' ? "[:]"u8 : [b]);
            }

            return [.. output];
        }

        bool inPath = false;
        int authority = -1;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == ':' && !inPath && text[i..].StartsWith("://"u8))
            {
                RewriteScheme(output, text[..i]);
                output.AddRange("[:]//"u8);
                i += 2;
                authority = i + 1;
                continue;
            }

            inPath = authority >= 0 && !(IsBlank(b) || b is (byte)'"' or (byte)'<' or (byte)'>')
                && (inPath || b is (byte)'/' or (byte)'?' or (byte)'#');
            authority = inPath || !IsBlank(b) ? authority : -1;
            bool isBetween = !inPath && Bytes.IsHost(Bytes.At(text, i - 1)) && Bytes.IsHost(Bytes.At(text, i + 1));
            output.AddRange(isBetween && b == '.' ? "[.]"u8 : isBetween && b == '@' ? "[at]"u8 : [b]);
        }

        return [.. output];
    }

    /// <summary><see cref="Refang(string)"/> over UTF-8.</summary>
    public static byte[] Refang(ReadOnlySpan<byte> text)
    {
        var copy = new MappedText();
        ReadOnlySpan<byte> live = DefangMarks.Rewrite(text, copy) ? copy.Text : text;
        var output = new List<byte>(live.Length);
        for (int i = 0; i < live.Length; i++)
        {
            if (live[i] == ':' && live[i..].StartsWith("://"u8)
                && UrlScheme.Before(live, i, includeDefanged: true) is { IsDefanged: true } scheme)
            {
                output.RemoveRange(output.Count - scheme.Length, scheme.Length);
                output.AddRange(UrlScheme.Live(live.Slice(i - scheme.Length, scheme.Length)));
            }

            output.Add(live[i]);
        }

        return [.. output];
    }

    private static void RewriteScheme(List<byte> output, ReadOnlySpan<byte> before)
    {
        UrlScheme scheme = UrlScheme.Before(before, before.Length, includeDefanged: false);
        if (scheme.Length == 0 || UrlScheme.Dead(before[^scheme.Length..]) is not { Length: > 0 } dead)
        {
            return;
        }

        // Where a word is glued on in front, the dead scheme may not be told from it: then it stays live.
        ReadOnlySpan<byte> word = before[^Math.Min(before.Length, 32)..^scheme.Length];
        UrlScheme back = UrlScheme.Before([.. word, .. dead], word.Length + dead.Length, includeDefanged: true);
        if (back.IsDefanged && back.Length == dead.Length)
        {
            output.RemoveRange(output.Count - scheme.Length, scheme.Length);
            output.AddRange(dead);
        }
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static bool IsIpv6(ReadOnlySpan<byte> text) =>
        text.Length <= 64 && text.IndexOf((byte)':') >= 0
        && !text.ContainsAnyExcept("0123456789abcdefABCDEF:."u8)
        && IPAddress.TryParse(Encoding.ASCII.GetString(text), out IPAddress? address)
        && address.AddressFamily == AddressFamily.InterNetworkV6;
}
