using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>
/// Eight weeks of bytes sent, hour by hour: daily and weekly season, growth, noise, spikes and dips. Whole numbers
/// only, so that no processor's rounding can change a digit.
/// </summary>
internal static class HourlyTraffic
{
    private const int Hours = 8 * 7 * 24;

    // Shares of the busiest hour, in thousandths.
    private static readonly int[] Daily =
    [
        310, 290, 280, 275, 280, 310, 390, 540, 760, 900, 960, 985,
        940, 965, 1000, 990, 950, 860, 720, 610, 540, 470, 400, 350,
    ];

    // Monday first.
    private static readonly int[] Weekly = [980, 1000, 1000, 990, 930, 560, 520];

    private static readonly (string Time, int Thousandths, string What)[] Unusual =
    [
        ("2026-01-21 14:00:00", 2150, "spike at the busiest hour"),
        ("2026-01-29 10:00:00", 180, "dip on a working morning"),
        ("2026-02-03 03:00:00", 3600, "spike at night, where the season is low"),
        ("2026-02-11 11:00:00", 40, "dip of two hours: the uplink was down"),
        ("2026-02-11 12:00:00", 35, "dip of two hours: the uplink was down"),
        ("2026-02-22 15:00:00", 2900, "spike on a Sunday"),
        ("2026-03-05 03:00:00", 4100, "spike of two hours: the archive leaves SRV-FILE-01"),
        ("2026-03-05 04:00:00", 3900, "spike of two hours: the archive leaves SRV-FILE-01"),
    ];

    public static SampleFile Generate()
    {
        var random = new SampleRandom(0x7261666669630001);
        var csv = new StringBuilder("TimeGenerated,TotalBytesSent\n");
        var planted = new List<PlantedRow>();
        DateTime start = SampleText.Utc("2026-01-12 00:00:00"); // a Monday
        for (int hour = 0; hour < Hours; hour++)
        {
            DateTime time = start.AddHours(hour);
            long level = 820_000_000L + (hour * 60_000L);
            long bytes = level * Daily[hour % 24] / 1000 * Weekly[hour / 24 % 7] / 1000;
            bytes += Noise(random, bytes / 28);
            foreach ((_, int thousandths, string what) in Unusual.Where(u => SampleText.Utc(u.Time) == time))
            {
                bytes = bytes * thousandths / 1000;
                planted.Add(new PlantedRow(hour, time, what, SampleText.IsoSeconds(time)));
            }

            csv.Append(SampleText.IsoSeconds(time)).Append(',')
                .Append(bytes.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        return new SampleFile("hourly-traffic.csv", csv.Utf8(), planted);
    }

    // The sum of twelve uniform numbers is close to normal and needs no logarithm.
    private static long Noise(SampleRandom random, long deviation)
    {
        long sum = 0;
        for (int i = 0; i < 12; i++)
        {
            sum += random.Between(-500, 500);
        }

        return sum * deviation / 1000;
    }
}
