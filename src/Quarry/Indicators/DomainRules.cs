namespace Quarry.Indicators;

/// <summary>
/// Decides whether a dotted name is a domain. Its form must be one (RFC 1035, RFC 5890), its last label a top-level domain,
/// and where file names, namespaces and identifiers of programs look the same, what stands around it must speak for it.
/// </summary>
internal static class DomainRules
{
    private const int LongestName = 253, LongestLabel = 63;

    /// <summary>Top-level domains that are met as the extension of a file far more often.</summary>
    private static readonly WordSet Extensions = new(
        "zip py sh ps app mov pl rs md so cab pub map mo mk pm tf java data dot cat inc sas tab ax man bz mobi properties " +
        "target run one icu la lat am prof bin sc box docs");

    /// <summary>Those of them under which people really register, so that a name of three labels speaks for itself.</summary>
    private static readonly WordSet LivedIn = new("app zip mov pl rs md sh pub cat run one icu la am");

    /// <summary>What stands before an extension in the name of a file.</summary>
    private static readonly WordSet FileWords = new(
        "min tar test tests spec config bundle module d so py js ts html htm txt css json xml exe dll log bak tmp old orig " +
        "part gz linux windows darwin setup install release debug src dist");

    /// <summary>Second levels that countries open to everyone.</summary>
    private static readonly WordSet SecondLevels = new("com co org net edu gov gob ac mil or ne go web gen");

    /// <summary>Programs of DOS and Windows whose names end in .com.</summary>
    private static readonly WordSet DosPrograms = new(
        "command more mode format tree chcp diskcomp diskcopy edit graftabl graphics kb16 keyb loadfix assign debug doskey " +
        "win krnl386 sys vsafe winver");

    /// <summary>What programs name the thing before the dot.</summary>
    private static readonly WordSet Receivers = new(
        "this self that obj object event item elem element node sys os window document console logger log math date array " +
        "json string str arr list dict req res request response args argv kwargs opts options config cfg ctx context data " +
        "result results row rows col cols process module exports import java javax system microsoft windows wscript adodb " +
        "msxml shell math re np pd tf torch plt df parser params settings user users file files path paths target source " +
        "input output value values key keys node nodes root parent child children index idx entry entries record records " +
        "model view controller client server session cookie cookies token message messages error errors exception");

    /// <summary>The same where three labels and more follow each other: only what no host is called.</summary>
    private static readonly WordSet Namespaces = new(
        "this self window document console java javax system microsoft windows wscript");

    /// <summary>Top-level domains that are ordinary words, as members of things are called.</summary>
    private static readonly WordSet Members = new(
        "name id is as to do in it at by me my no so be info map data host page open call link links style now new top " +
        "target select search group zone int java js lang date email tel total store box bot click fail game prod cal play " +
        "live read contact country security shell stream network management design office windows media services search " +
        "support systems software systems technology tools run show star sale save report reviews tips training plus pro");

    /// <summary>Under these even a single letter, or the name of a program's variable, is a well-known host.</summary>
    private static readonly WordSet Common = new("com org gov edu mil co me ai");

    private static readonly WordSet ReverseRoots = new("com org net edu gov");

    private static readonly WordSet DotNetProducts = new("asp ado vb ml microsoft system json log4 paint f c");

    private static readonly WordSet ServicePorts = new(
        "21 22 25 53 80 110 143 389 443 445 465 587 636 853 993 995 1433 3306 3389 4443 4444 5000 5432 5985 5986 6379 8000 " +
        "8008 8080 8081 8443 8888 9000 9001 9090 9200 9443 27017");

    /// <summary>
    /// Whether the labels of a name are well formed and its last one is a top-level domain (or any, if those are ignored).
    /// </summary>
    public static bool IsName(ReadOnlySpan<byte> name, bool ignoreTopLevel)
    {
        int lastDot = name.LastIndexOf((byte)'.');
        if (lastDot <= 0 || name.Length > LongestName * 4)
        {
            return false;
        }

        ReadOnlySpan<byte> topLevel = name[(lastDot + 1)..];
        bool isTopLevel = ignoreTopLevel
            ? topLevel.Length is >= 2 and <= LongestLabel && !topLevel.ContainsAnyExceptInRange((byte)'A', (byte)'z')
                && topLevel.IndexOf((byte)'_') < 0
            : TopLevelDomains.Contains(topLevel);
        return isTopLevel && HasLabels(name, ownerAt: name[..lastDot].LastIndexOf((byte)'.') + 1);
    }

    /// <summary>
    /// Whether a well-formed name is meant as a domain where it stands.
    /// </summary>
    public static bool IsMeant(ReadOnlySpan<byte> row, int start, int end)
    {
        byte before = Bytes.At(row, start - 1), after = Bytes.At(row, end);
        ReadOnlySpan<byte> name = row[start..end];
        if (IsAfterAuthority(row, start) || before == '@')
        {
            return true;
        }

        if (before == '\\')
        {
            return IsShareHost(row, start);
        }

        if (before == '$' || (before == '.' && Bytes.At(row, start - 2) is (byte)')' or (byte)']' or (byte)'}'))
        {
            return false;
        }

        int lastDot = name.LastIndexOf((byte)'.');
        int ownerAt = name[..lastDot].LastIndexOf((byte)'.') + 1;
        ReadOnlySpan<byte> topLevel = name[(lastDot + 1)..], owner = name[ownerAt..lastDot];
        bool isPair = ownerAt == 0;
        if (Bytes.StandsAt(name, 0, "www."u8) && !isPair)
        {
            return true;
        }

        return !IsIdentifier(name, owner, topLevel, isPair, after)
            && (!Extensions.Contains(topLevel) || HasEvidence(row, start, end, owner, topLevel, isPair))
            && !(isPair && topLevel.Length == 3 && Bytes.StandsAt(topLevel, 0, "com"u8) && DosPrograms.Contains(owner)
                && !IsService(row, end));
    }

    private static bool HasLabels(ReadOnlySpan<byte> name, int ownerAt)
    {
        int start = 0, asciiLength = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] != '.')
            {
                // Underscores are for services and hosts (_dmarc, _tcp), never for what is registered.
                if (name[i] == '_' && i >= ownerAt)
                {
                    return false;
                }

                continue;
            }

            ReadOnlySpan<byte> label = name[start..i];
            int length = Punycode.EncodedLength(label);
            if (length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            asciiLength += length + 1;
            start = i + 1;
        }

        return asciiLength - 1 <= LongestName;
    }

    private static bool IsAfterAuthority(ReadOnlySpan<byte> row, int start) =>
        start >= 3 && row[start - 1] == '/' && row[start - 2] == '/' && row[start - 3] == ':';

    // \\host\share, or \\\\host\\share where it is escaped; C:\\dir\\name is a path.
    private static bool IsShareHost(ReadOnlySpan<byte> row, int start)
    {
        int slashes = 0;
        while (slashes <= 4 && Bytes.At(row, start - 1 - slashes) == '\\')
        {
            slashes++;
        }

        byte before = Bytes.At(row, start - 1 - slashes);
        return slashes is 2 or 4 && !Bytes.IsHost(before) && before is not ((byte)':' or (byte)'.' or (byte)'%' or (byte)'}' or (byte)'\\');
    }

    private static bool IsIdentifier(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> topLevel, bool isPair, byte after)
    {
        bool isCommon = Common.Contains(topLevel);
        bool isMember = Members.Contains(topLevel);
        if (HasCapitals(name, topLevel) || (DotNetProducts.Contains(owner) && IsUpperNet(topLevel)))
        {
            return true;
        }

        if (after == '(' && !isCommon && (isMember || isPair))
        {
            return true;
        }

        if (isPair)
        {
            return (!isCommon && owner.Length == 1 && Bytes.IsAlpha(owner[0]))
                || (!isCommon && Namespaces.Contains(owner))
                || (isMember && !isCommon && (Receivers.Contains(owner) || after == '=' || IsCamelCase(owner)));
        }

        ReadOnlySpan<byte> first = name[..name.IndexOf((byte)'.')];
        return (Namespaces.Contains(first) && !isCommon)
            || (ReverseRoots.Contains(first) && topLevel.Length > 2 && !ReverseRoots.Contains(topLevel));
    }

    // Microsoft.NET, System.Security, WScript.Shell: a host has its last label in capitals only if it is all in capitals.
    private static bool HasCapitals(ReadOnlySpan<byte> name, ReadOnlySpan<byte> topLevel)
    {
        if (!topLevel.ContainsAnyInRange((byte)'A', (byte)'Z'))
        {
            return false;
        }

        return name.ContainsAnyInRange((byte)'a', (byte)'z');
    }

    private static bool IsUpperNet(ReadOnlySpan<byte> topLevel) => topLevel.SequenceEqual("NET"u8);

    private static bool IsCamelCase(ReadOnlySpan<byte> label)
    {
        for (int i = 1; i < label.Length; i++)
        {
            if (Bytes.IsUpper(label[i]) && Bytes.IsLower(label[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEvidence(
        ReadOnlySpan<byte> row, int start, int end, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> topLevel, bool isPair)
    {
        byte before = Bytes.At(row, start - 1), after = Bytes.At(row, end);
        if (before is (byte)'/' or (byte)'%' or (byte)'~' || after == '\\')
        {
            return false;
        }

        if (IsService(row, end) || (after == '/' && Bytes.IsAlphaNumeric(Bytes.At(row, end + 1)) && before != '.'))
        {
            return true;
        }

        bool isNumber = !owner.ContainsAnyInRange((byte)'A', (byte)'z');
        return !isPair && !isNumber && !FileWords.Contains(owner)
            && (LivedIn.Contains(topLevel) || SecondLevels.Contains(owner));
    }

    // host:443 and host:4711/path are services; file.py:12: is a line of a file.
    private static bool IsService(ReadOnlySpan<byte> row, int end)
    {
        if (Bytes.At(row, end) != ':')
        {
            return false;
        }

        int digits = end + 1;
        while (digits <= end + 5 && Bytes.IsDigit(Bytes.At(row, digits)))
        {
            digits++;
        }

        byte after = Bytes.At(row, digits);
        return digits > end + 1 && !Bytes.IsHost(after) && after != ':'
            && (after == '/' || ServicePorts.Contains(row[(end + 1)..digits]));
    }
}
