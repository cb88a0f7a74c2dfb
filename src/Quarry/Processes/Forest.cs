namespace Quarry.Processes;

/// <summary>
/// The parents of processes as positions: first the events, in their order, then the parents that are not in the log. No chain of
/// parents leads back.
/// </summary>
internal sealed class Forest
{
    private const int ChunkSize = 16_384;

    private readonly ProcessEvents _events;
    private readonly ParentFinder _finder;
    private readonly List<MissingParent> _missing = [];
    private readonly Dictionary<MissingKey, int> _known = [];
    private readonly List<int> _missingParents = [];
    private readonly List<ParentLink> _missingLinks = [];

    private Forest(ProcessEvents events, CancellationToken cancellation)
    {
        _events = events;
        _finder = new ParentFinder(events, cancellation);
    }

    /// <summary>The parent of each, or -1.</summary>
    public int[] Parents { get; private set; } = [];

    /// <summary>How the parent of each was told.</summary>
    public ParentLink[] Links { get; private set; } = [];

    /// <summary>The parents that are not in the log.</summary>
    public IReadOnlyList<MissingParent> Missing => _missing;

    /// <summary>How many process ids more than one process of a host had.</summary>
    public int ReusedIds => _finder.ReusedIds;

    /// <summary>Finds the parents of events.</summary>
    public static Forest Of(ProcessEvents events, ParallelOptions parallel)
    {
        var forest = new Forest(events, parallel.CancellationToken);
        int[] parents = new int[events.Count];
        var links = new ParentLink[events.Count];
        forest.LinkEvents(parents, links, parallel);
        forest.LinkMissing();
        forest.Parents = [.. parents, .. forest._missingParents];
        forest.Links = [.. links, .. forest._missingLinks];
        forest.BreakCycles();
        return forest;
    }

    // Each parent is looked for by itself, on any thread; those that are not there are added in the order of the events.
    private void LinkEvents(int[] parents, ParentLink[] links, ParallelOptions parallel)
    {
        int[] windows = new int[parents.Length];
        (int[] before, int[] upTo) = TimeOrder.Runs(_events.Times);
        int chunks = (parents.Length + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, parallel, chunk =>
        {
            int end = Math.Min(parents.Length, (chunk + 1) * ChunkSize);
            for (int i = chunk * ChunkSize; i < end; i++)
            {
                parents[i] = _finder.Find(ClaimOf(i, before[i], upTo[i]), out links[i], out windows[i]);
            }
        });
        for (int i = 0; i < parents.Length; i++)
        {
            if (links[i] == ParentLink.NotLogged)
            {
                parents[i] = MissingFor(ClaimOf(i, before[i], upTo[i]), windows[i], i);
            }
        }
    }

    private Claim ClaimOf(int i, int before, int upTo) => new(
        i, _events.Hosts[i], _events.Times[i], before, upTo, _events.ParentIds[i], _events.ParentNames[i],
        _events.ParentGuids?[i] ?? -1, _events.ParentTimes?[i] ?? ProcessEvents.Unknown);

    // Defender's rows name the parent's parent too. One that is not in the log either is the last that is known.
    private void LinkMissing()
    {
        if (_events.Grandparents is not { } grandparents)
        {
            return;
        }

        int direct = _missing.Count;
        for (int i = 0; i < direct; i++)
        {
            MissingParent missing = _missing[i];
            int child = missing.Child;
            if (grandparents.Ids[child] < 0)
            {
                continue;
            }

            var claim = new Claim(
                -1, missing.Host, missing.Time, CountBefore(missing.Time), CountBefore(missing.Time + 1),
                grandparents.Ids[child], grandparents.Names[child], -1, grandparents.Times[child]);
            _missingParents[i] = _finder.Find(claim, out ParentLink link, out int window);
            if (link == ParentLink.NotLogged)
            {
                int above = MissingFor(claim, window, child, isGrandparent: true);
                _missingParents[i] = above == _events.Count + i ? -1 : above;
            }

            _missingLinks[i] = link;
        }
    }

    private int MissingFor(in Claim claim, int window, int child, bool isGrandparent = false)
    {
        bool hasStart = claim.Start != ProcessEvents.Unknown;
        var key = new MissingKey(claim.Host, -1, claim.Id, claim.Name, ParentFinder.RoundedStart(claim.Start), hasStart ? 0 : window);
        MissingKey byGuid = key with { Guid = claim.Guid, Id = -1, Name = -1, Start = 0, Window = 0 };
        MissingKey first = claim.Guid >= 0 ? byGuid : key;
        if (_known.TryGetValue(first, out int known))
        {
            return known;
        }

        int position = _events.Count + _missing.Count;
        _missing.Add(new MissingParent(child, isGrandparent, claim.Host, claim.Id, claim.Name, claim.Start));
        _missingParents.Add(-1);
        _missingLinks.Add(ParentLink.None);
        _known.Add(first, position);
        if (claim.Guid >= 0)
        {
            _known.TryAdd(key, position);
        }

        return position;
    }

    private int CountBefore(long time)
    {
        int low = 0;
        int high = _events.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _events.Times[middle] < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // Each has one parent, so each ring is met once on the way up. It is cut above its earliest member.
    private void BreakCycles()
    {
        byte[] state = new byte[Parents.Length];
        var way = new Stack<int>();
        for (int i = 0; i < Parents.Length; i++)
        {
            int at = i;
            while (at >= 0 && state[at] == 0)
            {
                state[at] = 1;
                way.Push(at);
                at = Parents[at];
            }

            if (at >= 0 && state[at] == 1)
            {
                int earliest = at;
                for (int next = Parents[at]; next != at; next = Parents[next])
                {
                    earliest = Math.Min(earliest, next);
                }

                Parents[earliest] = -1;
                Links[earliest] = ParentLink.Cycle;
            }

            while (way.TryPop(out int done))
            {
                state[done] = 2;
            }
        }
    }

    // The hash of a record can be foreseen, and a log be written for it.
    private readonly record struct MissingKey(int Host, int Guid, int Id, int Name, long Start, int Window)
    {
        public override int GetHashCode() => HashCode.Combine(Host, Guid, Id, Name, Start, Window);
    }
}

/// <summary>A parent that is not in the log.</summary>
/// <param name="Child">The event that told of it first.</param>
/// <param name="IsGrandparent">Whether it is the parent of that event's parent.</param>
/// <param name="Host">Its host.</param>
/// <param name="Id">Its process id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Time">When it began, in ticks, or <see cref="ProcessEvents.Unknown"/>.</param>
internal readonly record struct MissingParent(int Child, bool IsGrandparent, int Host, int Id, int Name, long Time);
