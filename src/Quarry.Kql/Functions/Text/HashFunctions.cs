using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Hashes of the text of a value; <c>hash()</c> is XXH64 of a string's UTF-8 or of a datetime's ticks, as Microsoft's examples have it.</summary>
internal static class HashFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Hash("hash_md5", static text => MD5.HashData(text)),
        Hash("hash_sha1", static text => SHA1.HashData(text)),
        Hash("hash_sha256", static text => SHA256.HashData(text)),
        new("hash", [ColumnType.String], ColumnType.Long, (in Arguments arguments, ref Result result) => result.Long(Xxh64(arguments.Text(0)))),
        new("hash", [ColumnType.DateTime], ColumnType.Long, HashTime),
    ];

    private delegate byte[] Digest(ReadOnlySpan<byte> text);

    private static ScalarFunction Hash(string name, Digest digest) =>
        new(name, [ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) => result.Text(Convert.ToHexStringLower(digest(arguments.Text(0)))));

    private static void HashTime(in Arguments arguments, ref Result result)
    {
        if (arguments.IsNull(0))
        {
            result.Null();
            return;
        }

        Span<byte> ticks = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(ticks, arguments.Long(0));
        result.Long(Xxh64(ticks));
    }

    // Source: "XXH64 algorithm description", xxHash specification 0.1.1.
    private static long Xxh64(ReadOnlySpan<byte> data)
    {
        const ulong One = 0x9E3779B185EBCA87, Two = 0xC2B2AE3D27D4EB4F, Three = 0x165667B19E3779F9, Four = 0x85EBCA77C2B2AE63, Five = 0x27D4EB2F165667C5;
        ulong hash = Five;
        ulong length = (ulong)data.Length;
        if (data.Length >= 32)
        {
            ulong a = unchecked(One + Two), b = Two, c = 0, d = unchecked(0 - One);
            for (; data.Length >= 32; data = data[32..])
            {
                a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(data));
                b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
                c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(data[16..]));
                d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(data[24..]));
            }

            hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
            foreach (ulong lane in (ReadOnlySpan<ulong>)[a, b, c, d])
            {
                hash = ((hash ^ Round(0, lane)) * One) + Four;
            }
        }

        hash += length;
        for (; data.Length >= 8; data = data[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(data)), 27) * One) + Four;
        }

        if (data.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(data) * One), 23) * Two) + Three;
            data = data[4..];
        }

        foreach (byte one in data)
        {
            hash = BitOperations.RotateLeft(hash ^ (one * Five), 11) * One;
        }

        hash = (hash ^ (hash >> 33)) * Two;
        hash = (hash ^ (hash >> 29)) * Three;
        return (long)(hash ^ (hash >> 32));

        static ulong Round(ulong accumulator, ulong lane) => BitOperations.RotateLeft(accumulator + (lane * Two), 31) * One;
    }
}
