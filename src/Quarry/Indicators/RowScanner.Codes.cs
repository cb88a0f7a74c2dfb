namespace Quarry.Indicators;

/// <content>Short codes: CVE numbers, autonomous systems, ATT&amp;CK techniques, MAC addresses, and names of files.</content>
internal sealed partial class RowScanner
{
    private const int LongestFileName = 255;

    private static readonly WordSet FileExtensions = new(
        "exe dll sys ocx cpl scr com drv efi mui ax ps1 psm1 psd1 ps1xml bat cmd vbs vbe js jse wsf wsh hta sct wsc inf reg " +
        "lnk url library-ms settingcontent-ms chm hlp msi msp mst msix appx appinstaller cab zip rar 7z gz tgz bz2 xz zst tar " +
        "iso img vhd vhdx dmg pkg deb rpm apk ipa jar war class py pyc pyd pyw sh bash zsh pl rb php phtml asp aspx ashx asmx " +
        "jsp jspx cgi so ko elf bin o a dylib app doc docx docm dot dotm dotx xls xlsx xlsm xlsb xll xlam ppt pptx pptm pps " +
        "rtf pdf odt ods odp one onepkg eml msg mht mhtml html htm svg xml json yaml yml toml ini cfg conf config txt log csv " +
        "tsv dat db sqlite mdb accdb edb evtx etl pcap pcapng dmp dump bak tmp old pem crt cer key pfx p12 kdbx rdp ovpn ica " +
        "png jpg jpeg gif bmp ico mp3 mp4 avi mov wav webp ttf cs csproj sln cpp c h rs go java swf wasm md map sql");

    private void ScanCodes(ReadOnlySpan<byte> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            byte b = row[i];
            if (!Bytes.IsHex(b) && (b | 0x20) is not ('t' or 'c'))
            {
                continue;
            }

            byte before = Bytes.At(row, i - 1);
            if (Bytes.IsWord(before) || (before is (byte)':' or (byte)'-' or (byte)'.' && Bytes.IsHex(Bytes.At(row, i - 2))
                && IsMacAt(row, i) > 0))
            {
                continue;
            }

            ReadCode(row, i);
        }
    }

    private void ReadCode(ReadOnlySpan<byte> row, int i)
    {
        switch (row[i] | 0x20)
        {
            case 'c' when Bytes.StandsAt(row, i, "cve-"u8) && CountDigits(row, i + 4) == 4 && Bytes.At(row, i + 8) == '-':
                int number = CountDigits(row, i + 9);
                AddCode(IndicatorKind.Cve, row, i, number is >= 4 and <= 10 ? i + 9 + number : 0);
                break;
            case 't' when CountDigits(row, i + 1) == 4 && row[i + 1] == '1':
                bool hasSub = Bytes.At(row, i + 5) == '.' && CountDigits(row, i + 6) == 3;
                AddCode(IndicatorKind.MitreAttack, row, i, hasSub ? i + 9 : i + 5);
                break;
            case 'a' when Bytes.StandsAt(row, i, "as"u8):
                int from = (Bytes.At(row, i + 2) | 0x20) == 'n' ? i + 3 : i + 2;
                int digits = CountDigits(row, from);
                bool isNumber = digits is > 0 and <= 10 && row[from] != '0'
                    && uint.TryParse(row.Slice(from, digits), System.Globalization.CultureInfo.InvariantCulture, out _);
                AddCode(IndicatorKind.Asn, row, i, isNumber ? from + digits : 0);
                break;
        }

        if (_plan.Wants(IndicatorKind.Mac) && IsMacAt(row, i) is > 0 and int end)
        {
            Add(IndicatorKind.Mac, i, end);
        }
    }

    private void AddCode(IndicatorKind kind, ReadOnlySpan<byte> row, int start, int end)
    {
        if (end > 0 && !Bytes.IsWord(Bytes.At(row, end)))
        {
            Add(kind, start, end);
        }
    }

    private static int CountDigits(ReadOnlySpan<byte> row, int position)
    {
        int count = 0;
        while (count <= 10 && Bytes.IsDigit(Bytes.At(row, position + count)))
        {
            count++;
        }

        return count;
    }

    // aa:bb:cc:dd:ee:ff, aa-bb-cc-dd-ee-ff or aabb.ccdd.eeff, not part of a longer one. The end, or 0.
    private static int IsMacAt(ReadOnlySpan<byte> row, int start)
    {
        byte separator = Bytes.At(row, start + 2);
        int width = 2, groups = 6;
        if (separator is not ((byte)':' or (byte)'-'))
        {
            separator = (byte)'.';
            width = 4;
            groups = 3;
        }

        int position = start;
        for (int group = 0; group < groups; group++)
        {
            if (group > 0 && Bytes.At(row, position++) != separator)
            {
                return 0;
            }

            for (int i = 0; i < width; i++)
            {
                if (!Bytes.IsHex(Bytes.At(row, position++)))
                {
                    return 0;
                }
            }
        }

        byte after = Bytes.At(row, position);
        bool goesOn = Bytes.IsWord(after) || (after == separator && Bytes.IsHex(Bytes.At(row, position + 1)));
        return goesOn ? 0 : position;
    }

    private void ScanFileNames(ReadOnlySpan<byte> row)
    {
        int handled = 0;
        while (handled < row.Length && row[handled..].IndexOf((byte)'.') is >= 0 and int found)
        {
            int dot = handled + found, start = dot;
            while (start > handled && IsFileNameByte(row[start - 1]))
            {
                start--;
            }

            int end = dot, lastDot = dot;
            for (; end < row.Length && IsFileNameByte(row[end]); end++)
            {
                lastDot = row[end] == '.' && end + 1 < row.Length && Bytes.IsAlphaNumeric(row[end + 1]) ? end : lastDot;
            }

            handled = end;
            end = end > start && row[end - 1] == '.' ? end - 1 : end;
            if (lastDot > start && lastDot < end && end - start <= LongestFileName && Bytes.At(row, end) != (byte)'@'
                && Bytes.At(row, start - 1) != '@' && FileExtensions.Contains(row[(lastDot + 1)..end]) && !IsDomain(row, start, end))
            {
                Add(IndicatorKind.FileName, start, end);
            }
        }
    }

    private static bool IsDomain(ReadOnlySpan<byte> row, int start, int end) =>
        DomainRules.IsName(row[start..end], false) && DomainRules.IsMeant(row, start, end);

    private static bool IsFileNameByte(byte b) =>
        Bytes.IsHost(b) || b is (byte)'.' or (byte)'~' or (byte)'$' or (byte)'+' or (byte)'#' or (byte)'!' or (byte)'{' or (byte)'}';
}
