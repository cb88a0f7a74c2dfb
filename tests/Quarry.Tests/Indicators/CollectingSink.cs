using System.Text;
using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

/// <summary>Keeps every match as a record, and scans the forms of text that tests write.</summary>
internal sealed class CollectingSink : IIndicatorSink
{
    public List<Match> Found { get; } = [];

    public void Add(in IndicatorMatch match) => Found.Add(new Match(
        match.Row, match.Type, match.Offset, match.Length, Encoding.UTF8.GetString(match.Observable), Encoding.UTF8.GetString(match.Original)));

    public sealed record Match(int Row, string Type, int Offset, int Length, string Observable, string Original);
}

internal static class Scanning
{
    public static void Scan(this IndicatorExtractor extractor, IEnumerable<string> rows, IIndicatorSink sink) =>
        extractor.Scan(rows.Select(Encoding.UTF8.GetBytes), sink);

    public static void Scan(this IndicatorExtractor extractor, IEnumerable<byte[]> rows, IIndicatorSink sink)
    {
        var text = new List<byte>();
        var offsets = new List<int> { 0 };
        foreach (byte[] row in rows)
        {
            text.AddRange(row);
            offsets.Add(text.Count);
        }

        extractor.Scan([.. text], [.. offsets], sink);
    }

    /// <summary>The matches of one text.</summary>
    public static IReadOnlyList<CollectingSink.Match> Find(this IndicatorExtractor extractor, string text)
    {
        var sink = new CollectingSink();
        extractor.Scan([text], sink);
        return sink.Found;
    }

    /// <summary>The observables of one type in a text.</summary>
    public static string[] FindAll(this IndicatorExtractor extractor, string type, string text) =>
        [.. extractor.Find(text).Where(match => match.Type == type).Select(match => match.Observable)];
}
