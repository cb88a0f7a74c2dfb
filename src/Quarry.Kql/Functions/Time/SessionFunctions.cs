using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Time;

/// <summary><c>row_window_session</c>: the starts of the sessions that rows in their order make.</summary>
internal static class SessionFunctions
{
    /// <summary>
    /// The function: of the rows' times in ticks, each with ',' behind it and '!' before where a session is made to begin (empty for none),
    /// the longest time from a session's first and from the time before, the start of each row's session.
    /// </summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("$window_sessions", [ColumnType.String, ColumnType.TimeSpan, ColumnType.TimeSpan], ColumnType.String, null) { List = Starts },
    ];

    private static void Starts(in Arguments arguments, ref ListResult result)
    {
        ReadOnlySpan<byte> rows = arguments.Text(0);
        long fromFirst = arguments.IsNull(1) ? long.MaxValue : arguments.Long(1);
        long fromLast = arguments.IsNull(2) ? long.MaxValue : arguments.Long(2);
        long? start = null;
        long last = 0;
        while (rows.IndexOf((byte)',') is >= 0 and var end)
        {
            ReadOnlySpan<byte> row = rows[..end];
            rows = rows[(end + 1)..];
            bool restarts = row.StartsWith("!"u8);
            if (!Utf8Parser.TryParse(restarts ? row[1..] : row, out long time, out int read) || read == 0)
            {
                // After a value that is missing a session begins.
                start = null;
                result.AddNull();
                continue;
            }

            if (restarts || start is not { } first || (Int128)time - first >= fromFirst || (Int128)time - last >= fromLast)
            {
                start = time;
            }

            last = time;
            result.Add(Encoding.ASCII.GetBytes(start!.Value.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
