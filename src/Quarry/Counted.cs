using System.Globalization;

namespace Quarry;

/// <summary>Counts in sentences.</summary>
internal static class Counted
{
    /// <summary>A count with what is counted: <c>1 line is</c>, <c>1,130 lines are</c>.</summary>
    public static string Of(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
