namespace Quarry.Decoding;

/// <summary>
/// Finds in one text all that decodes, in order and without overlaps. Every place is looked at a bounded number of times:
/// runs that were judged are remembered by where they end.
/// </summary>
internal sealed class CandidateFinder(DecodeOptions options, Budget budget)
{
    private readonly List<Finding> _found = [];
    private readonly Base64Finder _base64 = new(options, budget);

    /// <summary>What decodes in the text. The list is the finder's own, good until the next call.</summary>
    public List<Finding> Find(ReadOnlySpan<byte> text)
    {
        _found.Clear();
        var scanner = new EncodedScanner(text, options.MinimumRun);
        if (!scanner.MoveNext())
        {
            return _found;
        }

        int runDone = 0;
        var done = new DonePositions();
        bool announced = text.IndexOf("eflate"u8) >= 0;
        do
        {
            int position = scanner.Position;
            if (!budget.CheckClock(16))
            {
                break;
            }

            if (scanner.IsRun)
            {
                if (position >= runDone)
                {
                    runDone = _base64.JudgeRun(text, position, runDone, announced, _found);
                }

                continue;
            }

            Look(text, position, announced, ref done);
        }
        while (scanner.MoveNext());

        Order();
        return _found;
    }

    /// <summary>Whether a text may hold something encoded, with few false alarms and no misses.</summary>
    public static bool MayContain(ReadOnlySpan<byte> text, DecodeOptions options)
    {
        var scanner = new EncodedScanner(text, options.MinimumRun);
        int runDone = 0;
        while (scanner.MoveNext())
        {
            int position = scanner.Position;
            if (!scanner.IsRun)
            {
                if (MayBegin(text, position, options.MinimumRunInContext))
                {
                    return true;
                }
            }
            else if (position >= runDone && Base64Finder.LooksEncoded(text, position, runDone, options.MinimumRun, out runDone))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an anchor announces something.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> text, int position, int minimumInContext) => text[position] switch
    {
        (byte)'-' or (byte)'/' or (>= 0x93 and <= 0x95) or (byte)'b' or (byte)'B' =>
            Contexts.TryMatch(text, position, out int start, out bool before) && (before || Base64Text.LineEnd(text, start) - start >= minimumInContext),
        (byte)'e' or (byte)'E' => text[position + 1] == '(' ? CharacterCodes.IsCall(text, position) : Contexts.TryMatch(text, position, out _, out _),
        (byte)'r' or (byte)'R' => CharacterCodes.IsCall(text, position),
        _ => true,
    };

    private void Look(ReadOnlySpan<byte> text, int position, bool announced, ref DonePositions done)
    {
        switch (text[position])
        {
            case (byte)'\\':
                EscapeFinder.FindEscapes(text, position, ref done.Escapes, budget, _found);
                break;
            case (byte)',':
                EscapeFinder.FindByteArray(text, position, ref done.Arrays, budget, _found);
                break;
            case (byte)'%':
                EscapeFinder.FindPercent(text, position, ref done.Percent, budget, _found);
                break;
            case 0:
                EscapeFinder.FindWide(text, position, ref done.Wide, budget, _found);
                break;
            case (byte)'r' or (byte)'R':
                CharacterCodes.FindNear(text, position, ref done.Codes, budget, _found);
                break;
            case (byte)'e' or (byte)'E' when position + 1 < text.Length && text[position + 1] == '(':
                CharacterCodes.FindNear(text, position, ref done.Codes, budget, _found);
                break;
            default:
                if (Contexts.TryMatch(text, position, out int start, out bool before))
                {
                    _base64.JudgeAnnounced(text, start, before, announced, _found);
                }

                break;
        }
    }

    /// <summary>Sorts by place and drops what overlaps something that decodes and begins earlier, or was announced.</summary>
    private void Order()
    {
        if (_found.Count < 2)
        {
            return;
        }

        Finding[] sorted = [.. _found.OrderBy(f => f.Offset).ThenBy(f => f.Codec.Length == 0).ThenByDescending(f => f.Length)];
        _found.Clear();
        int end = 0;
        foreach (Finding finding in sorted)
        {
            if (finding.Offset >= end)
            {
                _found.Add(finding);
                end = finding.End;
            }
        }
    }

    /// <summary>Up to where the text was already looked at for each of the other encodings.</summary>
    private struct DonePositions
    {
        public int Escapes;
        public int Arrays;
        public int Percent;
        public int Wide;
        public int Codes;
    }
}
