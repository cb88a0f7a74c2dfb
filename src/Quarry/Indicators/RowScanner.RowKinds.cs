using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Quarry.Indicators;

/// <content>The types that are looked for row by row: they are on request, and rarely all at once.</content>
internal sealed partial class RowScanner
{
    private void ScanRowKinds(ReadOnlySpan<byte> row)
    {
        if (_plan.WantsAny(IndicatorKind.WindowsPath, IndicatorKind.LinuxPath, IndicatorKind.RegistryKey))
        {
            ScanPaths(row);
        }

        if (_plan.WantsAny(IndicatorKind.Cve, IndicatorKind.Asn, IndicatorKind.MitreAttack, IndicatorKind.Mac))
        {
            ScanCodes(row);
        }

        if (_plan.Wants(IndicatorKind.FileName))
        {
            ScanFileNames(row);
        }

        if (_plan.WantsAny(IndicatorKind.Bitcoin, IndicatorKind.Ethereum))
        {
            ScanAddressesOfCoins(row);
        }

        if (_plan.Custom.Count > 0 && !row.IsEmpty)
        {
            ScanCustom(row);
        }
    }

    private void ScanCustom(ReadOnlySpan<byte> row)
    {
        string text = Encoding.UTF8.GetString(row);
        for (int i = 0; i < _plan.Custom.Count; i++)
        {
            (_, _, Regex regex, int group) = _plan.Custom[i];
            var positions = new Utf8Positions(row, text);
            long began = Stopwatch.GetTimestamp();
            bool isLimited = regex.MatchTimeout != Regex.InfiniteMatchTimeout;
            try
            {
                for (Match match = regex.Match(text); match.Success; match = match.NextMatch())
                {
                    if (isLimited && Stopwatch.GetElapsedTime(began) > CustomIndicator.TimeLimit)
                    {
                        TimedOut++;
                        break;
                    }

                    Group found = match.Groups[group];
                    if (found.Length > 0)
                    {
                        int start = positions.Of(found.Index), end = positions.Of(found.Index + found.Length);
                        Add(new RowMatch { Kind = (IndicatorKind)((int)IndicatorKind.Custom + i), Offset = start, Length = end - start, RewrittenAt = -1 });
                    }
                }
            }
            catch (RegexMatchTimeoutException)
            {
                TimedOut++;
            }
        }
    }

    /// <summary>How often a user's pattern was given up in a row, its time being over.</summary>
    public int TimedOut { get; private set; }

    // Positions in UTF-16 as positions in UTF-8; what was not UTF-8 is one U+FFFD for each of the parts that decoding saw.
    private ref struct Utf8Positions(ReadOnlySpan<byte> bytes, string text)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private readonly bool _isAscii = bytes.Length == text.Length;
        private int _byte;
        private int _char;

        public int Of(int index)
        {
            if (_isAscii)
            {
                return index;
            }

            if (index < _char)
            {
                _byte = _char = 0;
            }

            while (_char < index && _byte < _bytes.Length)
            {
                Rune.DecodeFromUtf8(_bytes[_byte..], out Rune rune, out int length);
                _byte += length;
                _char += rune.Utf16SequenceLength;
            }

            return _byte;
        }
    }
}
