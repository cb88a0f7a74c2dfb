namespace Quarry.Processes;

/// <summary>
/// Finds the parent of a process among the events of its host: by identifier where there is one; by process id and the parent's
/// own start where that is known; else the process that had the id, and the name where one is known, last before the process
/// began. Between its start and the process's no other process may have begun with that id, and it must not have ended.
/// </summary>
internal sealed class ParentFinder
{
    private const long KeyTicks = 100; // Defender's times of one process agree to ten microseconds

    private readonly ProcessEvents _events;
    private readonly OccurrenceIndex _byId;
    private readonly OccurrenceIndex _byName;
    private readonly OccurrenceIndex? _byGuid;
    private readonly OccurrenceIndex? _ends;

    public ParentFinder(ProcessEvents events, CancellationToken cancellation)
    {
        _events = events;
        long[] keys = new long[events.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = OccurrenceIndex.Key(events.Hosts[i], events.Ids[i]);
        }

        _byId = new OccurrenceIndex(keys);
        cancellation.ThrowIfCancellationRequested();
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = keys[i] < 0 ? -1 : OccurrenceIndex.Key(_byId.GroupAt(i), events.Names[i]);
        }

        _byName = new OccurrenceIndex(keys);
        cancellation.ThrowIfCancellationRequested();
        if (events.Guids is { } guids)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = OccurrenceIndex.Key(events.Hosts[i], guids[i]);
            }

            _byGuid = new OccurrenceIndex(keys);
        }

        if (events.EndEvents.Length > 0)
        {
            _ends = new OccurrenceIndex([.. events.EndEvents.Select(end => OccurrenceIndex.Key(end.Host, end.Id))]);
        }
    }

    /// <summary>How many process ids more than one process of a host had.</summary>
    public int ReusedIds => _byId.Repeated;

    /// <summary>The parent's position, or -1 with the reason: it names none, itself, one of several, or one that is not there.</summary>
    /// <param name="claim">What the process says.</param>
    /// <param name="link">How it was told.</param>
    /// <param name="window">Where it is not there: how many processes had its id before, which tells two missing ones apart.</param>
    public int Find(in Claim claim, out ParentLink link, out int window)
    {
        window = 0;
        int group = claim.Id < 0 ? -1 : _byId.GroupOf(OccurrenceIndex.Key(claim.Host, claim.Id));
        if (IsSelf(claim))
        {
            link = ParentLink.Self;
            return -1;
        }

        if (claim.Id < 0 && claim.Guid < 0)
        {
            link = ParentLink.None;
            return -1;
        }

        if (claim.Guid >= 0 && ByGuid(claim) is >= 0 and int byGuid)
        {
            link = ParentLink.Guid;
            return byGuid;
        }

        ReadOnlySpan<int> holders = _byId[group];
        ReadOnlySpan<int> candidates = claim.Name < 0 ? holders : group < 0 ? default : _byName[_byName.GroupOf(OccurrenceIndex.Key(group, claim.Name))];
        window = OccurrenceIndex.CountBelow(holders, claim.Before);
        int found = claim.Start != ProcessEvents.Unknown ? AtStart(candidates, claim, out link)
            : claim.Time == ProcessEvents.Unknown ? OnlyOne(candidates, claim, out link)
            : LastBefore(candidates, holders, claim, out link);

        // It is another process that had the id then: its identifier is another.
        bool isOther = found >= 0 && claim.Guid >= 0 && _events.Guids![found] >= 0;
        link = isOther ? ParentLink.NotLogged : link;
        return isOther ? -1 : found;
    }

    // A process cannot have the id of its living parent; the idle process, of id 0, names itself.
    private bool IsSelf(in Claim claim) => claim.Self >= 0
        && ((claim.Guid >= 0 && _events.Guids![claim.Self] == claim.Guid)
            || (claim.Guid < 0 && claim.Id >= 0 && claim.Id == _events.Ids[claim.Self]
                && (claim.Start == ProcessEvents.Unknown || RoundedStart(claim.Start) == RoundedStart(claim.Time))));

    // Of several rows with the identifier the last one before the process, else the first.
    private int ByGuid(in Claim claim)
    {
        ReadOnlySpan<int> positions = _byGuid![_byGuid.GroupOf(OccurrenceIndex.Key(claim.Host, claim.Guid))];
        int count = OccurrenceIndex.CountBelow(positions, claim.UpTo);
        return positions.IsEmpty ? -1 : positions[Math.Max(0, count - 1)];
    }

    private int AtStart(ReadOnlySpan<int> candidates, in Claim claim, out ParentLink link)
    {
        long from = RoundedStart(claim.Start) - (KeyTicks / 2);
        int last = CountEarlier(candidates, from + KeyTicks) - 1;
        if (last >= 0 && candidates[last] == claim.Self)
        {
            last--;
        }

        bool isThere = last >= 0 && _events.Times[candidates[last]] >= from;
        link = isThere ? ParentLink.StartTime : ParentLink.NotLogged;
        return isThere ? candidates[last] : -1;
    }

    private static int OnlyOne(ReadOnlySpan<int> candidates, in Claim claim, out ParentLink link)
    {
        int others = candidates.Length - (candidates.Contains(claim.Self) ? 1 : 0);
        link = others switch { 0 => ParentLink.NotLogged, 1 => claim.Name < 0 ? ParentLink.Id : ParentLink.IdAndName, _ => ParentLink.Ambiguous };
        return others != 1 ? -1 : candidates[0] == claim.Self ? candidates[1] : candidates[0];
    }

    private int LastBefore(ReadOnlySpan<int> candidates, ReadOnlySpan<int> holders, in Claim claim, out ParentLink link)
    {
        int last = OccurrenceIndex.CountBelow(candidates, claim.UpTo) - 1;
        if (last >= 0 && candidates[last] == claim.Self)
        {
            last--;
        }

        if (last < 0 || IsOver(candidates[last], holders, claim))
        {
            link = ParentLink.NotLogged;
            return -1;
        }

        int found = candidates[last];
        if (last > 0 && _events.Times[found] == ProcessEvents.Unknown)
        {
            link = ParentLink.Ambiguous;
            return -1;
        }

        link = claim.Name < 0 ? ParentLink.Id : ParentLink.IdAndName;
        return found;
    }

    // Whether a process no longer had its id when another one began: it had ended, or the id was another's by then.
    private bool IsOver(int process, ReadOnlySpan<int> holders, in Claim claim)
    {
        long start = _events.Times[process];
        if (start == ProcessEvents.Unknown)
        {
            return false;
        }

        int before = OccurrenceIndex.CountBelow(holders, claim.Before);
        if (before > 0 && _events.Times[holders[before - 1]] > start)
        {
            return true;
        }

        if (_events.Ends is { } ends && ends[process] != ProcessEvents.Unknown && ends[process] >= start && ends[process] < claim.Time)
        {
            return true;
        }

        return _ends is not null && EndsBetween(claim, start);
    }

    private bool EndsBetween(in Claim claim, long start)
    {
        ReadOnlySpan<int> positions = _ends![_ends.GroupOf(OccurrenceIndex.Key(claim.Host, claim.Id))];
        int low = 0;
        int high = positions.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _events.EndEvents[positions[middle]].Time > start ? (low, middle) : (middle + 1, high);
        }

        return low < positions.Length && _events.EndEvents[positions[low]].Time < claim.Time;
    }

    // How many of some positions have a time before a limit; their times rise.
    private int CountEarlier(ReadOnlySpan<int> positions, long limit)
    {
        int low = 0;
        int high = positions.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _events.Times[positions[middle]] < limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>A time rounded as times in keys are compared.</summary>
    public static long RoundedStart(long ticks) => ticks == ProcessEvents.Unknown ? ticks : (ticks + (KeyTicks / 2)) / KeyTicks * KeyTicks;
}
