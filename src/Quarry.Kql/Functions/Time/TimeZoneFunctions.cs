using System.Text;
using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Time;

/// <summary><c>datetime_utc_to_local</c> and <c>datetime_local_to_utc</c> by the IANA name of a zone; null where there is none of the name.</summary>
internal static class TimeZoneFunctions
{
    [ThreadStatic]
    private static Cached? _last;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Strict("datetime_utc_to_local", [ColumnType.DateTime, ColumnType.String], ColumnType.DateTime, static (in Arguments a, ref Result r) =>
            r.Long(Zone(a.Text(1)) is { } zone ? Calendar.Valid(a.Long(0) + (Int128)zone.GetUtcOffset(Time(a.Long(0), DateTimeKind.Utc)).Ticks) : null)),
        Strict("datetime_local_to_utc", [ColumnType.DateTime, ColumnType.String], ColumnType.DateTime, static (in Arguments a, ref Result r) =>
            r.Long(Zone(a.Text(1)) is { } zone ? Calendar.Valid(a.Long(0) - (Int128)zone.GetUtcOffset(Time(a.Long(0), DateTimeKind.Unspecified)).Ticks) : null)),
    ];

    private static DateTime Time(long ticks, DateTimeKind kind) => new(Calendar.Clamp(ticks), kind);

    private static TimeZoneInfo? Zone(ReadOnlySpan<byte> name)
    {
        if (_last is null || !name.SequenceEqual(_last.Name))
        {
            // A zone is a file: the name of one must not lead elsewhere.
            bool isName = name.Length is > 0 and <= 64 && !name.Contains((byte)'.') && name[0] != '/' && !name.ContainsAnyExceptInRange((byte)' ', (byte)'z');
            _last = new Cached(name.ToArray(), isName && TimeZoneInfo.TryFindSystemTimeZoneById(Encoding.UTF8.GetString(name), out TimeZoneInfo? zone) ? zone : null);
        }

        return _last.Zone;
    }

    private sealed record Cached(byte[] Name, TimeZoneInfo? Zone);
}
