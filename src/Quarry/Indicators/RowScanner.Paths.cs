namespace Quarry.Indicators;

/// <content>Paths of Windows and Linux, and keys of the registry.</content>
internal sealed partial class RowScanner
{
    private const int LongestComponent = 255, MostBlanks = 4;

    private static readonly WordSet Hives = new(
        "hklm hkcu hkcr hku hkcc hkey_local_machine hkey_current_user hkey_classes_root hkey_users hkey_current_config " +
        "hkey_performance_data");

    private static readonly WordSet RootDirectories = new(
        "bin boot dev etc home lib lib32 lib64 media mnt opt proc root run sbin snap srv sys tmp usr var users applications " +
        "library private volumes system");

    private void ScanPaths(ReadOnlySpan<byte> row)
    {
        int handled = 0;
        while (handled < row.Length && row[handled..].IndexOfAny((byte)'\\', (byte)'/') is >= 0 and int found)
        {
            int slash = handled + found;
            int end = row[slash] == '\\' ? ReadWindowsPath(row, slash, handled) : ReadSlashPath(row, slash, handled);
            handled = Math.Max(end, slash + 1);
        }
    }

    // The first backslash of a path: its root stands before it. The end of what was read, or 0.
    private int ReadWindowsPath(ReadOnlySpan<byte> row, int slash, int limit)
    {
        int start = WindowsRoot(row, slash, limit, out IndicatorKind kind);
        if (start < 0)
        {
            return 0;
        }

        int end = WindowsEnd(row, slash, Bytes.At(row, start - 1));
        if (end - slash < 2)
        {
            // Where nothing follows the separators nothing follows the later backslashes among them: not to be read for each.
            return end == slash ? slash + row[slash..SeparatorsEnd(row, slash)].LastIndexOf((byte)'\\') + 1 : 0;
        }

        Add(kind, start, end);
        return end;
    }

    private static int WindowsRoot(ReadOnlySpan<byte> row, int slash, int limit, out IndicatorKind kind)
    {
        kind = IndicatorKind.WindowsPath;
        byte before = Bytes.At(row, slash - 1);
        if (before == ':' && slash >= limit + 2 && Bytes.IsAlpha(row[slash - 2]) && !Bytes.IsWord(Bytes.At(row, slash - 3)))
        {
            return slash - 2;
        }

        int word = before == ':' ? slash - 1 : slash;
        int start = word;
        while (start > limit && word - start < 64 && (Bytes.IsWord(row[start - 1]) || row[start - 1] is (byte)'.' or (byte)'%'))
        {
            start--;
        }

        ReadOnlySpan<byte> root = row[start..word];
        if (Hives.Contains(root))
        {
            kind = IndicatorKind.RegistryKey;
            return start;
        }

        bool isVariable = root.Length > 2 && root[0] == '%' && root[^1] == '%';
        bool isHere = root.SequenceEqual("."u8) || root.SequenceEqual(".."u8);
        if (word == slash && (isVariable || isHere))
        {
            return start;
        }

        if (Bytes.StandsAt(row, slash, "\\registry\\"u8) && root.IsEmpty)
        {
            kind = IndicatorKind.RegistryKey;
            return slash;
        }

        bool isShare = Bytes.At(row, slash + 1) == '\\' && (Bytes.IsHost(Bytes.At(row, slash + 2)) || Bytes.At(row, slash + 2) is (byte)'?' or (byte)'.');
        bool isDevice = Bytes.StandsAt(row, slash, "\\device\\"u8) || Bytes.StandsAt(row, slash, "\\systemroot\\"u8) || Bytes.StandsAt(row, slash, "\\windows\\"u8) || Bytes.StandsAt(row, slash, "\\??\\"u8);
        return root.IsEmpty && (isShare || isDevice) ? slash : -1;
    }

    private static int SeparatorsEnd(ReadOnlySpan<byte> row, int position)
    {
        int length = row[position..].IndexOfAnyExcept((byte)'\\', (byte)'?', (byte)'.');
        return length < 0 ? row.Length : position + length;
    }

    private static int WindowsEnd(ReadOnlySpan<byte> row, int slash, byte opening)
    {
        bool isQuoted = opening is (byte)'"' or (byte)'\'';
        int end = slash, position = slash;
        while (position < row.Length && row[position] == '\\')
        {
            int component = SeparatorsEnd(row, position);
            position = ComponentEnd(row, component, isQuoted, opening);
            end = position > component ? position : end;
        }

        if (Bytes.At(row, end) == ':' && Bytes.IsWord(Bytes.At(row, end + 1)) && row[slash..end].IndexOf((byte)'.') >= 0)
        {
            end++;
            while (end < row.Length && (Bytes.IsWord(row[end]) || row[end] is (byte)'.' or (byte)'-' or (byte)'$' or (byte)':'))
            {
                end++;
            }
        }

        while (end > slash && row[end - 1] is (byte)'.' or (byte)',' or (byte)';' or (byte)'\'' or (byte)' ' or (byte)':' or (byte)'\\')
        {
            end--;
        }

        return end > slash && row[end - 1] is (byte)')' or (byte)']' && row[slash..end].IndexOfAny((byte)'(', (byte)'[') < 0 ? end - 1 : end;
    }

    // A component goes on over blanks only if another one follows (Program Files\), and no finished file name or switch
    // stands before the blank; within quotes also the last one may hold them, unless arguments follow.
    private static int ComponentEnd(ReadOnlySpan<byte> row, int start, bool isQuoted, byte opening)
    {
        int limit = Math.Min(row.Length, start + LongestComponent);
        int end = start, blanks = 0, firstBlank = -1;
        for (; end < limit && IsComponentByte(row[end], isQuoted, opening); end++)
        {
            if (row[end] != ' ')
            {
                continue;
            }

            bool isFinished = LooksFinished(row[start..end]) || Bytes.At(row, end + 1) is (byte)'-' or (byte)'/' or (byte)' ' or (byte)'&' or (byte)'>';
            firstBlank = firstBlank < 0 ? end : firstBlank;
            if (isFinished || ++blanks > MostBlanks)
            {
                return blanks > MostBlanks ? firstBlank : isQuoted ? end : firstBlank;
            }
        }

        bool goesOn = firstBlank < 0 || (Bytes.At(row, end) == '\\' && !IsRoot(row[start..end])) || (isQuoted && Bytes.At(row, end) == opening);
        return goesOn ? end : firstBlank;
    }

    // What follows the last blank begins a path of its own.
    private static bool IsRoot(ReadOnlySpan<byte> component)
    {
        ReadOnlySpan<byte> word = component[(component.LastIndexOf((byte)' ') + 1)..];
        return word.IsEmpty || word[0] is (byte)'%' or (byte)'.' or (byte)'$' || Hives.Contains(word);
    }

    private static bool IsComponentByte(byte b, bool isQuoted, byte opening) =>
        b >= ' ' && b is not ((byte)'\\' or (byte)'/' or (byte)':' or (byte)'*' or (byte)'?' or (byte)'"' or (byte)'<' or (byte)'>' or (byte)'|')
        && (b != '\'' || (isQuoted && opening != '\'')) && (isQuoted || b is not ((byte)';' or (byte)','));

    private static bool LooksFinished(ReadOnlySpan<byte> name)
    {
        int dot = name.LastIndexOf((byte)'.');
        return dot > 0 && FileExtensions.Contains(name[(dot + 1)..]);
    }

    private int ReadSlashPath(ReadOnlySpan<byte> row, int slash, int limit)
    {
        int start = slash;
        while (start > limit && slash - start < 2 && row[start - 1] is (byte)'.' or (byte)'~')
        {
            start--;
        }

        byte before = Bytes.At(row, start - 1);
        bool isDrive = start == slash && before == ':' && slash >= limit + 2 && Bytes.IsAlpha(row[slash - 2]) && !Bytes.IsWord(Bytes.At(row, slash - 3));
        start = isDrive ? slash - 2 : start;
        if (!isDrive && (Bytes.IsHost(before) || before is (byte)'/' or (byte)'\\' or (byte)'.' or (byte)'%' or (byte)')' or (byte)']' or (byte)'}'))
        {
            return SkipWord(row, slash);
        }

        int end = slash, components = 0;
        while (end < row.Length && row[end] == '/' && Bytes.IsPath(Bytes.At(row, end + 1)))
        {
            components++;
            end++;
            while (end < row.Length && Bytes.IsPath(row[end]))
            {
                end++;
            }
        }

        int stop = end;
        while (end > slash + 1 && row[end - 1] is (byte)'.' or (byte)',' or (byte)';' or (byte)'\'' && !row[..end].EndsWith("/.."u8))
        {
            end--;
        }

        bool isPath = components > 1 || start < slash || (components == 1 && RootDirectories.Contains(row[(slash + 1)..end]));
        if (isPath && components > 0 && Bytes.At(row, end) != ':' | Bytes.At(row, end + 1) != '/')
        {
            Add(isDrive ? IndicatorKind.WindowsPath : IndicatorKind.LinuxPath, start, end);
        }

        return stop;
    }

    // The rest of a word that a slash stands in (text/html, a URL, a date) is no path either.
    private static int SkipWord(ReadOnlySpan<byte> row, int position)
    {
        while (position < row.Length && (row[position] == '/' || Bytes.IsPath(row[position])))
        {
            position++;
        }

        return position;
    }
}
