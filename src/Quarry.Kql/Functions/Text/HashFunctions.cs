using System.Buffers.Binary;
using System.Security.Cryptography;
using Quarry.Hashing;
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
        new("hash", [ColumnType.String], ColumnType.Long, (in Arguments arguments, ref Result result) => result.Long((long)XxHash64.Of(arguments.Text(0)))),
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
        result.Long((long)XxHash64.Of(ticks));
    }
}
