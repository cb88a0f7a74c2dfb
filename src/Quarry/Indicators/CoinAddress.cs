using System.Security.Cryptography;

namespace Quarry.Indicators;

/// <summary>Checks addresses of Bitcoin (base58check, and bech32 by BIP 173 and BIP 350) and Ethereum (EIP-55).</summary>
internal static class CoinAddress
{
    private const int DecodedLength = 25, ChecksumLength = 4;
    private const uint Bech32 = 1, Bech32m = 0x2bc830a3;

    private static ReadOnlySpan<byte> Base58 => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8;

    private static ReadOnlySpan<byte> Bech32Alphabet => "qpzry9x8gf2tvdw0s3jn54khce6mua7l"u8;

    private static ReadOnlySpan<uint> Generator => [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>Whether a word is an address of Bitcoin's main network.</summary>
    public static bool IsBitcoin(ReadOnlySpan<byte> word) =>
        word.Length is >= 26 and <= 35 && word[0] is (byte)'1' or (byte)'3' ? IsBase58Check(word) : IsSegwit(word);

    /// <summary>Whether a word is an address: <c>0x</c> and 40 digits, whose case is the checksum where it is mixed.</summary>
    public static bool IsEthereum(ReadOnlySpan<byte> word)
    {
        if (word.Length != 42 || word[0] != '0' || (word[1] | 0x20) != 'x' || !AreHex(word[2..]))
        {
            return false;
        }

        ReadOnlySpan<byte> digits = word[2..];
        bool isMixed = digits.ContainsAnyInRange((byte)'A', (byte)'F') && digits.ContainsAnyInRange((byte)'a', (byte)'f');
        return !isMixed || HasEip55Case(digits);
    }

    private static bool AreHex(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (!Bytes.IsHex(b))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBase58Check(ReadOnlySpan<byte> word)
    {
        Span<byte> number = stackalloc byte[DecodedLength];
        number.Clear();
        foreach (byte b in word)
        {
            int carry = Base58.IndexOf(b);
            if (carry < 0)
            {
                return false;
            }

            for (int i = DecodedLength - 1; i >= 0; i--)
            {
                carry += number[i] * 58;
                number[i] = (byte)carry;
                carry >>= 8;
            }

            if (carry != 0)
            {
                return false;
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(number[..^ChecksumLength], hash);
        SHA256.HashData(hash, hash);
        return number[0] is 0 or 5 && hash[..ChecksumLength].SequenceEqual(number[^ChecksumLength..]);
    }

    private static bool IsSegwit(ReadOnlySpan<byte> word)
    {
        bool isMixed = word.ContainsAnyInRange((byte)'A', (byte)'Z') && word.ContainsAnyInRange((byte)'a', (byte)'z');
        if (word.Length is < 14 or > 90 || isMixed || !Bytes.StandsAt(word, 0, "bc1"u8))
        {
            return false;
        }

        uint checksum = 1;
        foreach (int value in (ReadOnlySpan<int>)['b' >> 5, 'c' >> 5, 0, 'b' & 31, 'c' & 31])
        {
            checksum = Step(checksum, value);
        }

        foreach (byte b in word[3..])
        {
            int value = Bech32Alphabet.IndexOf(Bytes.IsUpper(b) ? (byte)(b | 0x20) : b);
            if (value < 0)
            {
                return false;
            }

            checksum = Step(checksum, value);
        }

        bool isVersion0 = (word[3] | 0x20) == 'q';
        return checksum == (isVersion0 ? Bech32 : Bech32m);
    }

    private static uint Step(uint checksum, int value)
    {
        uint top = checksum >> 25;
        checksum = ((checksum & 0x1ffffff) << 5) ^ (uint)value;
        for (int i = 0; i < Generator.Length; i++)
        {
            checksum ^= ((top >> i) & 1) == 1 ? Generator[i] : 0;
        }

        return checksum;
    }

    private static bool HasEip55Case(ReadOnlySpan<byte> digits)
    {
        Span<byte> lower = stackalloc byte[40];
        Span<byte> hash = stackalloc byte[Keccak256.HashSize];
        for (int i = 0; i < lower.Length; i++)
        {
            lower[i] = (byte)(digits[i] | 0x20);
        }

        Keccak256.Hash(lower, hash);
        for (int i = 0; i < digits.Length; i++)
        {
            int nibble = (i & 1) == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
            if (Bytes.IsAlpha(digits[i]) && Bytes.IsUpper(digits[i]) != nibble >= 8)
            {
                return false;
            }
        }

        return true;
    }
}
