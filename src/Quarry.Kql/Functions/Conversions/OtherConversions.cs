using System.Buffers;
using System.Buffers.Text;
using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;
using static Quarry.Tables.ColumnType;

namespace Quarry.Kql.Functions.Conversions;

/// <summary><c>todatetime</c>, <c>totimespan</c>, <c>toguid</c>, and <c>tostring</c>. What cannot be converted is null, or the empty string.</summary>
internal static class OtherConversions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        NumberConversions.SameLong("todatetime", ColumnType.DateTime, ColumnType.DateTime),
        Strict("todatetime", [Long], ColumnType.DateTime, static (in Arguments a, ref Result r) => r.Long(Time(a.Long(0)))),
        Strict("todatetime", [Real], ColumnType.DateTime, static (in Arguments a, ref Result r) => r.Long(Time(NumberConversions.ToWhole(a.Real(0))))),
        Strict("todatetime", [ColumnType.String], ColumnType.DateTime, static (in Arguments a, ref Result r) => r.Long(DateTimeText.Parse(a.Text(0)))),
        NumberConversions.SameLong("totimespan", ColumnType.TimeSpan, ColumnType.TimeSpan),
        NumberConversions.SameLong("totimespan", Long, ColumnType.TimeSpan),
        Strict("totimespan", [Real], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => r.Long(NumberConversions.ToWhole(a.Real(0)))),
        Strict("totimespan", [ColumnType.String], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => r.Long(TimeSpanText.Parse(a.Text(0)))),
        Strict("toguid", [ColumnType.String], ColumnType.Guid, static (in Arguments a, ref Result r) =>
        {
            Span<byte> text = stackalloc byte[36];
            if (GuidText.TryParse(a.Text(0), text))
            {
                r.Text(text);
            }
            else
            {
                r.Null();
            }
        }),
        Strict("toguid", [ColumnType.Guid], ColumnType.Guid, static (in Arguments a, ref Result r) => r.Text(a.Text(0))),
        ToString(Bool, static (in Arguments a, ArrayBufferWriter<byte> to) => to.Write(a.Bool(0) ? "True"u8 : "False"u8)),
        ToString(Int, static (in Arguments a, ArrayBufferWriter<byte> to) => Write(a.Int(0), to)),
        ToString(Long, static (in Arguments a, ArrayBufferWriter<byte> to) => Write(a.Long(0), to)),
        ToString(Real, static (in Arguments a, ArrayBufferWriter<byte> to) => NumericText.WriteReal(a.Real(0), to)),
        ToString(ColumnType.Decimal, static (in Arguments a, ArrayBufferWriter<byte> to) => NumericText.WriteScaled(a.Scaled(0), to)),
        ToString(ColumnType.DateTime, static (in Arguments a, ArrayBufferWriter<byte> to) => WriteTime(a.Long(0), to)),
        ToString(ColumnType.TimeSpan, static (in Arguments a, ArrayBufferWriter<byte> to) => TimeSpanText.Write(a.Long(0), to)),
        ToString(ColumnType.Guid, static (in Arguments a, ArrayBufferWriter<byte> to) => to.Write(a.Text(0))),
        ToString(ColumnType.String, static (in Arguments a, ArrayBufferWriter<byte> to) => to.Write(a.Text(0))),
    ];

    private delegate void TextBody(in Arguments arguments, ArrayBufferWriter<byte> to);

    private static ScalarFunction ToString(ColumnType type, TextBody body) =>
        new("tostring", [type], ColumnType.String, (in Arguments a, ref Result r) =>
        {
            ArrayBufferWriter<byte> text = Result.Scratch();
            if (!a.IsNull(0))
            {
                body(a, text);
            }

            r.Text(text);
        });

    private static long? Time(long? ticks) => ticks is >= 0 && ticks <= System.DateTime.MaxValue.Ticks ? ticks : null;

    private static void Write(long value, ArrayBufferWriter<byte> to)
    {
        Utf8Formatter.TryFormat(value, to.GetSpan(20), out int written);
        to.Advance(written);
    }

    private static void WriteTime(long ticks, ArrayBufferWriter<byte> to)
    {
        if (Time(ticks) is { } time)
        {
            Utf8Formatter.TryFormat(new System.DateTime(time, DateTimeKind.Utc), to.GetSpan(40), out int written, 'O');
            to.Advance(written);
        }
    }
}
