namespace Quarry.Indicators;

/// <content>Addresses of Bitcoin and Ethereum, which carry checksums: what does not add up is not reported.</content>
internal sealed partial class RowScanner
{
    private void ScanAddressesOfCoins(ReadOnlySpan<byte> row)
    {
        for (int i = 0; i < row.Length;)
        {
            int start = i;
            while (i < row.Length && Bytes.IsWord(row[i]))
            {
                i++;
            }

            ReadOnlySpan<byte> word = row[start..i];
            if (word.Length is >= 14 and <= 90)
            {
                if (_plan.Wants(IndicatorKind.Bitcoin) && CoinAddress.IsBitcoin(word))
                {
                    Add(IndicatorKind.Bitcoin, start, i);
                }
                else if (_plan.Wants(IndicatorKind.Ethereum) && CoinAddress.IsEthereum(word))
                {
                    Add(IndicatorKind.Ethereum, start, i);
                }
            }

            i += i == start ? 1 : 0;
        }
    }
}
