using System.Runtime.InteropServices;

namespace Quarry.Data.Engine;

/// <summary>A length of time in months, days and microseconds, which do not convert into each other by themselves.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDbInterval
{
    /// <summary>An interval.</summary>
    public DuckDbInterval(int months, int days, long microseconds)
    {
        Months = months;
        Days = days;
        Microseconds = microseconds;
    }

    /// <summary>The months.</summary>
    public int Months { get; }

    /// <summary>The days.</summary>
    public int Days { get; }

    /// <summary>The microseconds.</summary>
    public long Microseconds { get; }

    /// <summary>The interval of a time span, whole microseconds of it: what is below is cut off.</summary>
    public static DuckDbInterval From(TimeSpan span) => new(0, 0, span.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The time span, a month taken as 30 days as DuckDB compares them; null where it is too long for one.</summary>
    public TimeSpan? ToTimeSpan()
    {
        Int128 ticks = (((Int128)Months * 30) + Days) * TimeSpan.TicksPerDay + ((Int128)Microseconds * TimeSpan.TicksPerMicrosecond);
        return ticks >= long.MinValue && ticks <= long.MaxValue ? new TimeSpan((long)ticks) : null;
    }
}
