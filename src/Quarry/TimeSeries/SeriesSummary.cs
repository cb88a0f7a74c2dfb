namespace Quarry.TimeSeries;

/// <summary>Counts over all series of a run what a user has to know.</summary>
internal sealed class SeriesSummary(SeriesGrid grid, GapFilling fill, bool hasKeys)
{
    private readonly Dictionary<string, int> _periods = [];
    private long _series;
    private long _points;
    private long _duplicates;
    private long _filled;
    private long _leftOut;
    private long _spikes;
    private long _dips;
    private long _failed;
    private SeriesOutcome? _firstFailed;

    public void Add(SeriesOutcome outcome)
    {
        _series++;
        _points += outcome.Series.Values.Length;
        _duplicates += outcome.Series.Duplicates;
        _filled += outcome.Series.Filled;
        if (outcome.Found is null)
        {
            _failed++;
            _firstFailed ??= outcome;
            return;
        }

        _leftOut += outcome.Series.LeftOut;
        _spikes += outcome.Found.Anomalies.Count(a => a > 0);
        _dips += outcome.Found.Anomalies.Count(a => a < 0);
        string periods = string.Join(" and ", outcome.Periods);
        _periods[periods] = _periods.GetValueOrDefault(periods) + 1;
    }

    /// <summary>What there is to say, a sentence each.</summary>
    /// <exception cref="QuarryException">Not one series could be decomposed.</exception>
    public IEnumerable<string> Sentences()
    {
        if (_failed == _series)
        {
            throw new QuarryException($"None of {_series:N0} series can be decomposed. {_firstFailed!.Problem}");
        }

        return Say();
    }

    private IEnumerable<string> Say()
    {
        string series = hasKeys ? $"{_series:N0} series" : "One series";
        string period = string.Join("; ", _periods.OrderByDescending(p => p.Value).Take(3).Select(p => hasKeys ? $"{p.Key} ({p.Value:N0} series)" : p.Key));
        yield return $"{series} of {_points:N0} points at steps of {SeriesGrid.Text(grid.Ticks)}, period {period}: {_spikes:N0} spikes and {_dips:N0} dips.";
        if (_duplicates > 0)
        {
            yield return $"{_duplicates:N0} {(_duplicates == 1 ? "row shares" : "rows share")} a step with others and {(_duplicates == 1 ? "was" : "were")} aggregated.";
        }

        if (_filled > 0)
        {
            yield return $"{_filled:N0} steps without a row were filled in ({fill.ToString().ToLowerInvariant()}); their column rows is 0.";
        }

        if (_leftOut > 0)
        {
            yield return $"{_leftOut:N0} steps without a row are left out, and the series closes up over them.";
        }

        if (_failed > 0)
        {
            yield return $"{_failed:N0} of {_series:N0} series could not be decomposed; their rows have no components. The first: {_firstFailed!.Problem}";
        }
    }
}
