using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Quarry.Hashing;

/// <summary>
/// The 64-bit xxHash with seed 0 (Yann Collet, xxHash specification 0.1.1): Zstandard's checksum, and KQL's <c>hash()</c>.
/// </summary>
internal struct XxHash64
{
    private const ulong P1 = 0x9E3779B185EBCA87, P2 = 0xC2B2AE3D27D4EB4F, P3 = 0x165667B19E3779F9;
    private const ulong P4 = 0x85EBCA77C2B2AE63, P5 = 0x27D4EB2F165667C5;
    private const int Stripe = 32;

    private readonly byte[] _rest;
    private ulong _a, _b, _c, _d;
    private ulong _length;

    /// <summary>The hash of nothing, ready for <see cref="Append"/>.</summary>
    public XxHash64()
    {
        _rest = new byte[Stripe];
        Reset();
    }

    /// <summary>Begins again.</summary>
    public void Reset()
    {
        _a = unchecked(P1 + P2);
        _b = P2;
        _c = 0;
        _d = unchecked(0 - P1);
        _length = 0;
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int held = (int)(_length % Stripe);
        _length += (ulong)bytes.Length;
        if (held > 0)
        {
            int taken = Math.Min(Stripe - held, bytes.Length);
            bytes[..taken].CopyTo(_rest.AsSpan(held));
            bytes = bytes[taken..];
            if (held + taken < Stripe)
            {
                return;
            }

            Mix(_rest);
        }

        int whole = bytes.Length / Stripe * Stripe;
        Mix(bytes[..whole]);
        bytes[whole..].CopyTo(_rest);
    }

    /// <summary>The hash of bytes that are all at hand.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        XxHash64 hash = default;
        hash.Reset();
        hash._length = (ulong)bytes.Length;
        int whole = bytes.Length / Stripe * Stripe;
        hash.Mix(bytes[..whole]);
        return hash.Finish(bytes[whole..]);
    }

    /// <summary>The hash of what was added so far.</summary>
    public readonly ulong Current() => Finish(_rest.AsSpan(0, (int)(_length % Stripe)));

    private readonly ulong Finish(ReadOnlySpan<byte> rest)
    {
        ulong hash = P5;
        if (_length >= Stripe)
        {
            hash = BitOperations.RotateLeft(_a, 1) + BitOperations.RotateLeft(_b, 7)
                + BitOperations.RotateLeft(_c, 12) + BitOperations.RotateLeft(_d, 18);
            hash = Merge(Merge(Merge(Merge(hash, _a), _b), _c), _d);
        }

        hash += _length;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * P1) + P4;
        }

        if (rest.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * P1), 23) * P2) + P3;
            rest = rest[4..];
        }

        foreach (byte b in rest)
        {
            hash = BitOperations.RotateLeft(hash ^ (b * P5), 11) * P1;
        }

        hash = (hash ^ (hash >> 33)) * P2;
        hash = (hash ^ (hash >> 29)) * P3;
        return hash ^ (hash >> 32);
    }

    private void Mix(ReadOnlySpan<byte> stripes)
    {
        ulong a = _a, b = _b, c = _c, d = _d;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(stripes);
        for (; words.Length >= 4; words = words[4..])
        {
            a = Round(a, Little(words[0]));
            b = Round(b, Little(words[1]));
            c = Round(c, Little(words[2]));
            d = Round(d, Little(words[3]));
        }

        (_a, _b, _c, _d) = (a, b, c, d);
    }

    private static ulong Little(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);

    private static ulong Round(ulong sum, ulong word) => BitOperations.RotateLeft(sum + (word * P2), 31) * P1;

    private static ulong Merge(ulong hash, ulong sum) => ((hash ^ Round(0, sum)) * P1) + P4;
}
