using System.Buffers;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Time;

/// <summary><c>format_datetime</c> and <c>format_timespan</c>. Null gives the empty string.</summary>
internal static class TimeFormatFunctions
{
    [ThreadStatic]
    private static Cached? _times;

    [ThreadStatic]
    private static Cached? _spans;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("format_datetime", [ColumnType.DateTime, ColumnType.String], ColumnType.String, static (in Arguments a, ref Result r) =>
        {
            TimeFormat format = Format(ref _times, a.Text(1), isSpan: false);
            ArrayBufferWriter<byte> text = Result.Scratch();
            if (!a.IsNull(0))
            {
                format.WriteTime(a.Long(0), text);
            }

            r.Text(text);
        }),
        new("format_timespan", [ColumnType.TimeSpan, ColumnType.String], ColumnType.String, static (in Arguments a, ref Result r) =>
        {
            TimeFormat format = Format(ref _spans, a.Text(1), isSpan: true);
            ArrayBufferWriter<byte> text = Result.Scratch();
            if (!a.IsNull(0))
            {
                format.WriteSpan(a.Long(0), text);
            }

            r.Text(text);
        }),
    ];

    private static TimeFormat Format(ref Cached? last, ReadOnlySpan<byte> text, bool isSpan)
    {
        if (last is null || !text.SequenceEqual(last.Text))
        {
            last = new Cached(text.ToArray(), TimeFormat.Of(Encoding.UTF8.GetString(text), isSpan));
        }

        return last.Format;
    }

    private sealed record Cached(byte[] Text, TimeFormat Format);
}
