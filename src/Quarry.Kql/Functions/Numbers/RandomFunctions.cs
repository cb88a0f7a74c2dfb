using Quarry.Tables;

namespace Quarry.Kql.Functions.Numbers;

/// <summary><c>rand</c> and <c>new_guid</c>.</summary>
internal static class RandomFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("rand", [ColumnType.Long], ColumnType.Real, static (in Arguments a, ref Result r) => r.Real(
            a.IsNull(0) ? Random.Shared.NextDouble() : a.Long(0) < 1 ? null : Random.Shared.NextInt64(a.Long(0))))
        {
            Required = 0,
            IsVolatile = true,
        },
        new("new_guid", [], ColumnType.Guid, static (in Arguments _, ref Result r) =>
        {
            Span<byte> text = stackalloc byte[36];
            Guid.NewGuid().TryFormat(text, out int _);
            r.Text(text);
        })
        {
            IsVolatile = true,
        },
    ];
}
