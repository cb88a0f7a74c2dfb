namespace Quarry.Samples;

/// <summary>A Windows machine: its processes and how they get their ids.</summary>
internal sealed class WindowsHost(string name, string sourceComputerId, SampleRandom random)
{
    private readonly List<ProcessNode> _nodes = [];

    /// <summary>The host's name, as Computer and as the stem of its machine account.</summary>
    public string Name { get; } = name;

    /// <summary>The agent's identifier.</summary>
    public string SourceComputerId { get; } = sourceComputerId;

    /// <summary>LOCAL SYSTEM on this host.</summary>
    public Account System { get; } = new(name + "$", "HARBOUR", "S-1-5-18", "0x3e7", 1936);

    /// <summary>NETWORK SERVICE on this host.</summary>
    public Account NetworkService { get; } = new(name + "$", "HARBOUR", "S-1-5-20", "0x3e4", 1936);

    /// <summary>The processes that the log shows, by time, with their ids.</summary>
    public IReadOnlyList<ProcessNode> Events()
    {
        ProcessNode[] ordered = [.. _nodes.OrderBy(node => node.Start)];
        for (int i = ordered.Length - 1; i >= 0; i--)
        {
            // A parent lives until its last child has started.
            if (ordered[i].Parent is { } parent && parent.End <= ordered[i].Start)
            {
                parent.End = ordered[i].Start.AddMilliseconds(40);
            }
        }

        AssignIds(ordered);
        return [.. ordered.Where(node => node.Parent is not null)];
    }

    /// <summary>Adds a process that was running before the log began.</summary>
    public ProcessNode Resident(string image, DateTime start) =>
        Add(new ProcessNode { Start = start, Image = image, CommandLine = image, Account = System, End = DateTime.MaxValue });

    /// <summary>Adds a process to the plan.</summary>
    public ProcessNode Start(
        ProcessNode parent,
        DateTime time,
        string image,
        string commandLine,
        Account account,
        int seconds,
        (string What, string Evidence)? planted = null) => Add(new ProcessNode
        {
            Start = time,
            Image = image,
            CommandLine = commandLine,
            Parent = parent,
            Account = account,
            End = time.AddSeconds(seconds),
            Planted = planted,
        });

    /// <summary>Adds a console program and the conhost that comes with it.</summary>
    public ProcessNode StartConsole(
        ProcessNode parent,
        DateTime time,
        string image,
        string commandLine,
        Account account,
        int seconds,
        (string What, string Evidence)? planted = null)
    {
        ProcessNode console = Start(parent, time, image, commandLine, account, seconds, planted);
        Start(
            console,
            time.AddMilliseconds(random.Between(6, 45)),
            @"C:\Windows\System32\conhost.exe",
            @"\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1",
            account,
            seconds);
        return console;
    }

    private ProcessNode Add(ProcessNode node)
    {
        _nodes.Add(node);
        return node;
    }

    // Windows hands out the lowest free multiples of four again and again; a small range shows the same reuse.
    private void AssignIds(ProcessNode[] ordered)
    {
        var live = new Dictionary<int, DateTime>();
        foreach (ProcessNode node in ordered)
        {
            if (node.Image == "System")
            {
                node.Id = 4;
                continue;
            }

            do
            {
                node.Id = 4 * random.Between(64, 1400);
            }
            while (live.TryGetValue(node.Id, out DateTime end) && end >= node.Start);

            live[node.Id] = node.End;
        }
    }
}
