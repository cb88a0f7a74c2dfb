using System.Buffers;
using Classes = Quarry.Decoding.Base64Text.Classes;

namespace Quarry.Decoding;

/// <summary>Judges runs of base64 characters: where the encoded text in them begins and ends, and whether it decodes to something.</summary>
internal sealed class Base64Finder(DecodeOptions options, Budget budget)
{
    /// <summary>Lines shorter than this are not taken for wrapped base64.</summary>
    private const int LeastWrapped = 16;

    /// <summary>How many slashes of a path are tried as the end of what stands in front of the base64.</summary>
    private const int MostSlashes = 8;

    /// <summary>How long a word glued to the base64 may be.</summary>
    private const int LongestWord = 64;

    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n"u8);

    /// <summary>
    /// Whether the run at a position could be base64 or hexadecimal by its looks: not a GUID, not a path with a dash in it of which no part
    /// is long enough. Gives where it ends.
    /// </summary>
    public static bool LooksEncoded(ReadOnlySpan<byte> text, int position, int floor, int minimum, out int end)
    {
        int start = Base64Text.RunStart(text, position, floor);
        end = Base64Text.RunEnd(text, position);
        ReadOnlySpan<byte> run = text[start..end];
        run = HasHexPrefix(run) ? run[2..] : run;
        Classes classes = Base64Text.ClassesIn(run);
        if (end - start < minimum || !CouldBe(classes))
        {
            return false;
        }

        const Classes Mixed = Classes.PlusSlash | Classes.DashUnderscore;
        return (classes & Mixed) != Mixed || (classes & Classes.Break) != 0 || LongestPart(run) >= minimum;
    }

    /// <summary>The length of the longest part of a run that could be of one alphabet.</summary>
    private static int LongestPart(ReadOnlySpan<byte> run)
    {
        int longest = run.Length - run.LastIndexOf((byte)'/') - 1;
        while (!run.IsEmpty)
        {
            int length = run.IndexOfAny((byte)'-', (byte)'_');
            length = length < 0 ? run.Length : length;
            longest = Math.Max(longest, length);
            run = run[Math.Min(run.Length, length + 1)..];
        }

        return longest;
    }

    /// <summary>Judges the run of both alphabets and line breaks around a position, adds what decodes, and returns where it ends.</summary>
    public int JudgeRun(ReadOnlySpan<byte> text, int position, int floor, bool announced, List<Finding> found)
    {
        int start = Base64Text.RunStart(text, position, floor), end = Base64Text.RunEnd(text, position);
        if (end - start < options.MinimumRun)
        {
            return end;
        }

        budget.CheckClock(end - start);
        int before = found.Count;
        int at = start;
        while (at < end)
        {
            at += CountBreaks(text[at..end]);
            int lineEnd = LineEnd(text, at, end);
            if (at >= end)
            {
                break;
            }

            int groupEnd = WrappedEnd(text, at, lineEnd, end, out int lastLine);
            int shorter = WithoutWord(text, at, lastLine, groupEnd);
            bool judged = shorter < groupEnd && JudgeGroup(text, at, shorter, announced, found);
            if (judged)
            {
                groupEnd = shorter;
            }
            else
            {
                judged = groupEnd > lineEnd && JudgeGroup(text, at, groupEnd, announced, found);
            }

            if (!judged)
            {
                groupEnd = lineEnd;
                JudgeGroup(text, at, lineEnd, announced, found);
            }

            at = groupEnd;
        }

        if (found.Count == before)
        {
            NumberUndecodable(text, start, end, found);
        }

        return end;
    }

    /// <summary>Judges the run that an announcement stands before (or, with <paramref name="backwards"/>, behind).</summary>
    public void JudgeAnnounced(ReadOnlySpan<byte> text, int start, bool backwards, bool announced, List<Finding> found)
    {
        int end;
        if (backwards)
        {
            end = start;
            while (end > 0 && end > start - 2 && text[end - 1] == '=')
            {
                end--;
            }

            int floor = found.Count > 0 ? Math.Min(found[^1].End, end) : 0;
            start = end;
            while (start > floor && Base64Text.IsDigit(text[start - 1]))
            {
                start--;
            }
        }
        else
        {
            end = Base64Text.LineEnd(text, start);
            end = WrappedEnd(text, start, end, Base64Text.RunEnd(text, start), out int lastLine);
            end = WithoutWord(text, start, lastLine, end);
        }

        if (found.Count > 0 && start < found[^1].End && end > found[^1].Offset)
        {
            return;
        }

        int digits = Base64Text.CountDigits(text[start..end]);
        if (digits < options.MinimumRunInContext)
        {
            return;
        }

        budget.CheckClock(digits);
        bool taken = TryTake(text, start, end, announced, isAnnounced: true, found);
        if (!taken && (digits & 3) == 1)
        {
            // A run that was cut off by whatever wrote the log.
            TryTake(text, start, end - 1, announced, isAnnounced: true, found);
        }
    }

    /// <summary>Whether the characters could be of base64 (letters of both cases, and not only those of a GUID) or of hexadecimal.</summary>
    private static bool CouldBe(Classes classes) => (classes & Classes.LetterBeyondHex) != 0
        ? (classes & (Classes.Upper | Classes.Lower)) == (Classes.Upper | Classes.Lower)
        : (classes & Classes.Digit) != 0 && (classes & (Classes.DashUnderscore | Classes.PlusSlash)) == 0;

    /// <summary>
    /// Where base64 that begins on a line ends, if the lines look wrapped: the following ones as long as the first (which
    /// may have other text in front of it), the last one shorter.
    /// </summary>
    private static int WrappedEnd(ReadOnlySpan<byte> text, int start, int lineEnd, int end, out int lastLine)
    {
        lastLine = lineEnd;
        int width = lineEnd - start, groupEnd = lineEnd;
        if (lineEnd >= end || width < LeastWrapped)
        {
            return lineEnd;
        }

        bool isFirst = true;
        while (groupEnd < end)
        {
            int next = groupEnd + CountBreak(text[groupEnd..end]);
            int nextEnd = LineEnd(text, next, end), length = nextEnd - next;
            if (length == 0)
            {
                break;
            }

            if (isFirst && length > width && length == lineEnd - (text[..start].LastIndexOfAny(Breaks) + 1))
            {
                width = length;
            }

            isFirst = false;
            if (length > width || (length < width && !FitsAsLast(text[start..groupEnd], text[next..nextEnd])))
            {
                break;
            }

            lastLine = next;
            groupEnd = nextEnd;
            if (length < width)
            {
                break;
            }
        }

        return groupEnd;
    }

    /// <summary>Where wrapped lines end if their last one, unpadded, is rather a word that follows them: short, and of letters as words have them.</summary>
    private static int WithoutWord(ReadOnlySpan<byte> text, int start, int lastLine, int groupEnd)
    {
        const int LongestLast = 12;
        ReadOnlySpan<byte> last = text[lastLine..groupEnd];
        if (last.IsEmpty || last.Length > LongestLast || Base64Text.PaddingAt(text, groupEnd) > 0)
        {
            return groupEnd;
        }

        Classes rest = Base64Text.ClassesIn(last[1..]) & ~(Classes.HexDigit | Classes.LetterBeyondHex);
        Classes all = Base64Text.ClassesIn(last) & ~(Classes.HexDigit | Classes.LetterBeyondHex);
        return rest == Classes.Lower || all is Classes.Upper or Classes.Lower ? lastLine - CountBreaksBack(text[start..lastLine]) : groupEnd;
    }

    private static bool FitsAsLast(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> last)
    {
        // The first line tells the alphabet: PEM's dashes are not of it.
        bool dashed = (Base64Text.ClassesIn(last) & Classes.DashUnderscore) != 0;
        return !dashed || (Base64Text.ClassesIn(lines) & Classes.PlusSlash) == 0 && last.IndexOf("--"u8) < 0;
    }

    private bool JudgeGroup(ReadOnlySpan<byte> text, int start, int end, bool announced, List<Finding> found)
    {
        if (Base64Text.CountDigits(text[start..end]) < options.MinimumRun || (found.Count > 0 && start < found[^1].End && end > found[^1].Offset))
        {
            return false;
        }

        Classes classes = Base64Text.ClassesIn(text[start..end]);
        const Classes NotHex = Classes.PlusSlash | Classes.DashUnderscore;
        if (IsAllHex(text[start..end]))
        {
            return EscapeFinder.TryHexRun(text, start, end, budget, found);
        }

        if (HasHexPrefix(text[start..end]) && IsAllHex(text[(start + 2)..end]))
        {
            return EscapeFinder.TryHexRun(text, start + 2, end, budget, found);
        }

        if ((classes & Classes.LetterBeyondHex) == 0 || (!CouldBe(classes) && (classes & NotHex) == 0))
        {
            return false;
        }

        bool mixed = (classes & NotHex) == NotHex;
        if (!mixed && CouldBe(classes) && TryTake(text, start, end, announced, isAnnounced: false, found))
        {
            return true;
        }

        return (classes & Classes.DashUnderscore) != 0
            ? JudgePieces(text, start, end, announced, found)
            : JudgeBehindPath(text, start, end, announced, found) || JudgeBetweenWords(text, start, end, announced, found)
                || TakeWeak(text, start, end, found);
    }

    /// <summary>
    /// Judges the parts of a run between the dashes and underscores that the standard alphabet lacks. Where a part looks like
    /// base64 and decodes to nothing, the run is one whole of the other alphabet, and the other parts mean nothing either.
    /// </summary>
    private bool JudgePieces(ReadOnlySpan<byte> text, int start, int end, bool announced, List<Finding> found)
    {
        int before = found.Count, at = start;
        bool isOneWhole = false;
        while (at < end)
        {
            int length = text[at..end].IndexOfAny((byte)'-', (byte)'_');
            int pieceEnd = length < 0 ? end : at + length;
            ReadOnlySpan<byte> piece = text[at..pieceEnd];
            bool taken = piece.Length >= options.MinimumRun && CouldBe(Base64Text.ClassesIn(piece))
                && (IsAllHex(piece)
                    ? EscapeFinder.TryHexRun(text, at, pieceEnd, budget, found)
                    : TryTake(text, at, pieceEnd, announced, isAnnounced: false, found)
                        || JudgeBehindPath(text, at, pieceEnd, announced, found));
            isOneWhole |= !taken && piece.Length >= LeastWrapped && LooksRandom(piece);
            at = pieceEnd + 1;
        }

        if (found.Count > before && !isOneWhole)
        {
            return true;
        }

        found.RemoveRange(before, found.Count - before);

        // Base64 of the other alphabet behind a path: path/ab-cd_…
        int slash = text[start..end].LastIndexOf((byte)'/');
        return (slash >= 0 && end - start - slash - 1 >= options.MinimumRun
            && TryTake(text, start + slash + 1, end, announced, isAnnounced: false, found)) || TakeWeak(text, start, end, found);
    }

    private bool JudgeBehindPath(ReadOnlySpan<byte> text, int start, int end, bool announced, List<Finding> found)
    {
        int at = start;
        for (int slashes = 0; slashes < MostSlashes; slashes++)
        {
            int slash = text[at..end].IndexOf((byte)'/');
            if (slash < 0 || end - at - slash - 1 < options.MinimumRun)
            {
                return false;
            }

            at += slash + 1;
            if (IsAllHex(text[at..end]) ? EscapeFinder.TryHexRun(text, at, end, budget, found) : TryTake(text, at, end, announced, isAnnounced: false, found))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Base64 with a word glued to its beginning or end. In front, the four phases of the groups are tried, and the text that
    /// comes out clean up to the end begins where the word ends; likewise at the end. Well-known beginnings of archives are looked for as they stand.
    /// </summary>
    private bool JudgeBetweenWords(ReadOnlySpan<byte> text, int start, int end, bool announced, List<Finding> found)
    {
        if (end - start < options.MinimumRun + 1 || budget.IsExhausted)
        {
            return false;
        }

        int sure = SureBeginning(text[start..Math.Min(end, start + LongestWord + 8)]);
        if (sure > 0 && TryTake(text, start + sure, end, announced, isAnnounced: false, found))
        {
            return true;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((end - start) / 4 * 3 + 3);
        try
        {
            for (int phase = 0; phase < 4; phase++)
            {
                ReadOnlySpan<byte> run = text[(start + phase)..end];
                int made = Base64Text.Decode((run.Length & 3) == 1 ? run[..^1] : run, buffer);
                if (made <= 0)
                {
                    continue;
                }

                ReadOnlySpan<byte> bytes = buffer.AsSpan(0, made);
                int clean = bytes.LastIndexOfAny(Unprintable) + 1;
                int from = start + phase + ((clean + 2) / 3 * 4);
                if (from > start && from - start <= LongestWord && end - from >= options.MinimumRun
                    && TryTake(text, from, end, announced, isAnnounced: false, found))
                {
                    return true;
                }

                int bad = phase == 0 ? bytes.IndexOfAny(Unprintable) : -1;
                int to = bad < 0 ? -1 : start + (bad / 3 * 4);
                if (to >= start + options.MinimumRun && end - to <= LongestWord
                    && TryTake(text, start, to, announced, isAnnounced: false, found))
                {
                    return true;
                }
            }

            return (end - start & 3) == 1 && TryTake(text, start, end - 1, announced, isAnnounced: false, found);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Bytes no clean text has. NUL is not among them: UTF-16 has it.</summary>
    private static readonly SearchValues<byte> Unprintable = SearchValues.Create(
        [.. Enumerable.Range(1, 255).Where(b => b is < 9 or 11 or 12 or > 13 and < 32 or >= 127).Select(b => (byte)b)]);

    /// <summary>Where gzip, zip or a Windows program begins in the run, as base64 spells their magic numbers; or -1.</summary>
    private static int SureBeginning(ReadOnlySpan<byte> run)
    {
        int gzip = run.IndexOf("H4sI"u8), zip = run.IndexOf("UEsDB"u8), program = run.IndexOf("TVqQAAM"u8);
        return gzip > 0 ? gzip : zip > 0 ? zip : program;
    }

    /// <summary>Decodes a run and takes it if it decodes to something.</summary>
    private bool TryTake(ReadOnlySpan<byte> text, int start, int end, bool announced, bool isAnnounced, List<Finding> found)
    {
        int digits = Base64Text.CountDigits(text[start..end]);
        int size = Base64Text.DecodedLength(digits);
        if (size <= 0)
        {
            return false;
        }

        string? stoppedBy = null;
        int runEnd = end;
        if (size > budget.Room)
        {
            // What fits is decoded from the front: whole groups of four characters.
            stoppedBy = budget.RoomName;
            runEnd = start + (int)(budget.Room / 3 * 4);
            size = Base64Text.DecodedLength(runEnd - start);
            if (size <= 0)
            {
                budget.Stop(stoppedBy);
                return false;
            }
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(size + 3);
        try
        {
            int made = Base64Text.Decode(text[start..runEnd], buffer);
            if (made <= 0)
            {
                return false;
            }

            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, made);
            bool isCut = stoppedBy is not null;
            Reading reading = Reading.Of(bytes, announced, isCut, budget);
            if (!reading.IsStrong)
            {
                return isAnnounced && TakeWeak(text, start, end, found);
            }

            if (stoppedBy is not null)
            {
                budget.Stop(stoppedBy);
            }

            Add(text, start, end, bytes.ToArray(), reading, stoppedBy, found);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Add(
        ReadOnlySpan<byte> text, int start, int end, byte[] bytes, Reading reading, string? stoppedBy, List<Finding> found)
    {
        int padding = Base64Text.PaddingAt(text, end);
        bool standard = (Base64Text.ClassesIn(text[start..end]) & Classes.DashUnderscore) == 0;
        (int from, int to) = standard ? WithBreaks(text, start, end + padding, padding) : (start, end + padding);
        from = found.Count > 0 ? Math.Max(from, Math.Min(start, found[^1].End)) : from;
        found.Add(new Finding(from, to - from, "base64", bytes, reading, stoppedBy));
    }

    /// <summary>
    /// The reference takes line breaks around a run for a part of it: they go with it where it would have taken the same run,
    /// so that the annotated text is the same. Where it would have glued on a word beyond the break, they stay.
    /// </summary>
    private static (int From, int To) WithBreaks(ReadOnlySpan<byte> text, int start, int end, int padding)
    {
        int from = start, to = end;
        while (from > 0 && Breaks.Contains(text[from - 1]))
        {
            from--;
        }

        while (padding == 0 && to < text.Length && Breaks.Contains(text[to]))
        {
            to++;
        }

        bool clear = (from == 0 || !Base64Text.IsStandardDigit(text[from - 1]))
            && (padding > 0 || to == text.Length || !Base64Text.IsStandardDigit(text[to]));
        return clear ? (from, to) : (start, end);
    }

    private bool TakeWeak(ReadOnlySpan<byte> text, int start, int end, List<Finding> found)
    {
        ReadOnlySpan<byte> run = text[start..end];
        if (!options.ReportWeak || budget.IsExhausted || !LooksRandom(run))
        {
            return false;
        }

        int size = Base64Text.DecodedLength(Base64Text.CountDigits(run));
        if (size <= 0 || size > budget.Room)
        {
            return false;
        }

        byte[] bytes = new byte[size];
        int made = Base64Text.Decode(run, bytes);
        if (made != size)
        {
            return false;
        }

        Add(text, start, end, bytes, default, null, found);
        return true;
    }

    /// <summary>Whether the characters are mixed as base64 of arbitrary bytes mixes them: no path, identifier, word or hash does.</summary>
    private static bool LooksRandom(ReadOnlySpan<byte> run)
    {
        int upper = 0, lower = 0, other = 0, changes = 0;
        Classes last = Classes.None;
        foreach (byte b in run)
        {
            Classes one = Base64Text.ClassOf(b) & ~(Classes.HexDigit | Classes.LetterBeyondHex);
            if (one == Classes.Break)
            {
                continue;
            }

            upper += one == Classes.Upper ? 1 : 0;
            lower += one == Classes.Lower ? 1 : 0;
            other += one is Classes.Digit or Classes.PlusSlash or Classes.DashUnderscore ? 1 : 0;
            changes += one != last ? 1 : 0;
            last = one;
        }

        int count = upper + lower + other;
        return upper * 6 >= count && lower * 6 >= count && other * 20 >= count && changes * 3 >= count;
    }

    /// <summary>
    /// The reference counts a run that it cannot decode (its length is none of base64's) when it numbers what follows.
    /// So do we, or the numbers in the annotated text would differ.
    /// </summary>
    private static void NumberUndecodable(ReadOnlySpan<byte> text, int start, int end, List<Finding> found)
    {
        const int ReferenceMinimum = 30;
        int at = start;
        while (at < end)
        {
            int length = text[at..end].IndexOfAny((byte)'-', (byte)'_');
            int pieceEnd = length < 0 ? end : at + length;
            int digits = Base64Text.CountDigits(text[at..pieceEnd]);
            int needed = (4 - (digits & 3)) & 3, padding = pieceEnd == end ? Base64Text.PaddingAt(text, end) : 0;
            if (pieceEnd - at >= ReferenceMinimum && (needed == 3 || needed > padding))
            {
                found.Add(new Finding(at, pieceEnd - at + padding, "", [], default));
            }

            at = pieceEnd + 1;
        }
    }

    private static bool HasHexPrefix(ReadOnlySpan<byte> run) => run.Length > 2 && run[0] == '0' && (run[1] | 0x20) == 'x';

    private static bool IsAllHex(ReadOnlySpan<byte> run)
    {
        foreach (byte b in run)
        {
            if ((Base64Text.ClassOf(b) & (Classes.HexDigit | Classes.Break)) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int at, int end)
    {
        int length = text[at..end].IndexOfAny(Breaks);
        return length < 0 ? end : at + length;
    }

    private static int CountBreaks(ReadOnlySpan<byte> text)
    {
        int count = text.IndexOfAnyExcept(Breaks);
        return count < 0 ? text.Length : count;
    }

    private static int CountBreaksBack(ReadOnlySpan<byte> text) => text.Length - 1 - text.LastIndexOfAnyExcept(Breaks);

    private static int CountBreak(ReadOnlySpan<byte> text) => text.StartsWith("\r\n"u8) ? 2 : 1;
}
