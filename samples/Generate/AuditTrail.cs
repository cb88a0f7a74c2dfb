using System.Globalization;

namespace Quarry.Samples;

/// <summary>The audit events of one machine while they are planned.</summary>
internal sealed class AuditTrail(SampleRandom random, DateTime begin)
{
    /// <summary>Numbers of the system calls on x86-64.</summary>
    public const int Write = 1, Execve = 59, OpenAt = 257, UnlinkAt = 263;

    private const string Subject = "subj=unconfined";
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private readonly List<AuditEvent> _events = [];
    private readonly List<(DateTime Time, AuditProcess Process)> _runs = [];
    private readonly HashSet<int> _ids = [];

    /// <summary>The events in the order they were planned in.</summary>
    public IReadOnlyList<AuditEvent> Events => _events;

    /// <summary>Every program that a process ran, in order of time.</summary>
    public IEnumerable<AuditProcess> Runs => _runs.OrderBy(run => run.Time).Select(run => run.Process);

    /// <summary>Starts a program in a new process.</summary>
    /// <param name="parent">The process that starts it.</param>
    /// <param name="time">When.</param>
    /// <param name="path">The program as it is named to the kernel.</param>
    /// <param name="arguments">Its arguments, its name first.</param>
    /// <param name="identity">Who it runs as; as its parent where null.</param>
    /// <param name="id">Its process id where another log names it; otherwise ids rise with time.</param>
    /// <param name="planted">What the EXECVE record shows, and the words that show it.</param>
    public AuditProcess Start(
        AuditProcess parent,
        DateTime time,
        string path,
        IReadOnlyList<string> arguments,
        AuditIdentity? identity = null,
        int? id = null,
        (string What, string Evidence)? planted = null)
    {
        var process = new AuditProcess(
            id ?? NewId(time), parent, identity ?? parent.Identity, parent.Directory, path, arguments);
        Execute(process, time, planted);
        return process;
    }

    /// <summary>The event of a process that runs the program it names.</summary>
    public void Execute(AuditProcess process, DateTime time, (string What, string Evidence)? planted = null)
    {
        _runs.Add((time, process));
        string pointers = $"a0={Pointer()} a1={Pointer()} a2={Pointer()} a3=8";
        var records = new List<AuditRecord> { Syscall(process, Execve, 0, pointers, 2, "exec") };
        foreach (string body in AuditText.Arguments(process.Arguments))
        {
            bool shows = planted is { } plant && body.Contains(plant.Evidence, StringComparison.Ordinal);
            records.Add(new AuditRecord("EXECVE", body, shows ? planted : null));
        }

        records.Add(new AuditRecord("CWD", "cwd=" + AuditText.Untrusted(process.Directory)));
        records.Add(PathRecord(0, process.Path, process.Name == "sudo" ? "0104755" : "0100755", 0, "NORMAL"));
        records.Add(PathRecord(1, "/lib64/ld-linux-x86-64.so.2", "0100755", 0, "NORMAL"));
        Finish(process, time, records);
    }

    /// <summary>Starts the two ends of a pipe at once: the records of the two events come in turn.</summary>
    public (AuditProcess From, AuditProcess To) Pipe(
        AuditProcess shell,
        DateTime time,
        (string Path, string[] Arguments) from,
        (string Path, string[] Arguments) to,
        (string What, string Evidence)? planted = null)
    {
        AuditProcess first = Start(shell, time, from.Path, from.Arguments, planted: planted);
        _events[^1] = _events[^1] with { InTurnWithNext = true };
        return (first, Start(shell, time, to.Path, to.Arguments));
    }

    /// <summary>A watched file is created, written or removed.</summary>
    public void Touch(
        AuditProcess process,
        DateTime time,
        int call,
        string path,
        string how,
        string key,
        (string What, string Evidence)? planted = null)
    {
        bool remove = call == UnlinkAt;
        string values = remove ? $"a0=ffffff9c a1={Pointer()} a2=0 a3=0" : $"a0=ffffff9c a1={Pointer()} a2=441 a3=1b6";
        int owner = process.Identity.EffectiveId;
        string folder = path[..(path.LastIndexOf('/') + 1)];
        Finish(process, time,
        [
            Syscall(process, call, remove ? 0 : 3, values, 2, key),
            new AuditRecord("CWD", "cwd=" + AuditText.Untrusted(process.Directory)),
            PathRecord(0, folder, "040755", owner, "PARENT"),
            PathRecord(1, path, path.StartsWith("/etc/", StringComparison.Ordinal) ? "0100644" : "0100600", owner, how) with { Planted = planted },
        ]);
    }

    /// <summary>The record with which the kernel ties a login to a process, with its system call.</summary>
    public void Login(AuditProcess process, DateTime time, AuditIdentity login)
    {
        AuditProcess titled = process with { Identity = process.Identity with { LoginId = login.LoginId, Session = login.Session } };
        string unset = AuditIdentity.Unset.ToString(Plain);
        Finish(titled, time,
        [
            new AuditRecord("LOGIN", string.Create(Plain, $"pid={process.Id} uid=0 {Subject} old-auid={unset} auid={login.LoginId} tty=(none) old-ses={unset} ses={login.Session} res=1")),
            Syscall(titled, Write, login.LoginId.ToString(Plain).Length, $"a0=3 a1={Pointer()} a2={login.LoginId.ToString(Plain).Length:x} a3=0", 0, null),
        ]);
    }

    /// <summary>An event of a single record that a program sends: PAM, sshd, sudo, systemd.</summary>
    public void Send(
        DateTime time,
        string type,
        int id,
        AuditIdentity identity,
        string message,
        (string What, string Evidence)? planted = null)
    {
        string body = string.Create(Plain, $"pid={id} uid={identity.UserId} auid={identity.LoginId} ses={identity.Session} {Subject} msg='{message}'");
        Add(new AuditEvent(time, [new AuditRecord(type, body, planted)]));
    }

    /// <summary>AppArmor forbids a process to open a file.</summary>
    public void Deny(AuditProcess process, DateTime time, string profile, string path, (string What, string Evidence)? planted = null)
    {
        string avc = string.Create(Plain, $"apparmor=\"DENIED\" operation=\"open\" class=\"file\" profile=\"{profile}\" name={AuditText.Untrusted(path)} pid={process.Id} comm=\"{process.Name}\" requested_mask=\"r\" denied_mask=\"r\" fsuid={process.Identity.EffectiveId} ouid=0");
        Finish(process, time,
        [
            new AuditRecord("AVC", avc, planted),
            Syscall(process, OpenAt, -13, $"a0=ffffff9c a1={Pointer()} a2=0 a3=0", 0, null),
        ]);
    }

    /// <summary>Adds an event as it stands.</summary>
    public void Add(AuditEvent planned) => _events.Add(planned);

    // Records of system calls end with the title; EOE is what the dispatcher's plugins get after the last one.
    private void Finish(AuditProcess process, DateTime time, IEnumerable<AuditRecord> records) => Add(new AuditEvent(
        time,
        [.. records, new AuditRecord("PROCTITLE", "proctitle=" + AuditText.Title(process.Arguments)), new AuditRecord("EOE", "")]));

    private static AuditRecord Syscall(AuditProcess process, int call, int exit, string values, int items, string? key)
    {
        AuditIdentity who = process.Identity;
        int effective = who.EffectiveId;
        string ids = string.Create(Plain, $"auid={who.LoginId} uid={who.UserId} gid={who.UserId} euid={effective} suid={effective} fsuid={effective} egid={who.UserId} sgid={who.UserId} fsgid={who.UserId}");
        string success = exit >= 0 ? "yes" : "no";
        string rule = key is null ? "(null)" : $"\"{key}\"";
        return new AuditRecord("SYSCALL", string.Create(Plain, $"arch=c000003e syscall={call} success={success} exit={exit} {values} items={items} ppid={process.Parent?.Id ?? 1} pid={process.Id} {ids} tty={who.Terminal} ses={who.Session} comm={AuditText.Untrusted(process.Name)} exe={AuditText.Untrusted(process.Executable)} {Subject} key={rule}"));
    }

    private static AuditRecord PathRecord(int item, string path, string mode, int owner, string how) => new(
        "PATH",
        string.Create(Plain, $"item={item} name={AuditText.Untrusted(path)} inode={Inode(path)} dev=08:01 mode={mode} ouid={owner} ogid={owner} rdev=00:00 nametype={how} cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0"));

    // A file keeps its number: FNV-1a of its path.
    private static uint Inode(string path)
    {
        uint hash = 2166136261;
        foreach (char c in path)
        {
            hash = (hash ^ c) * 16777619;
        }

        return 131072 + (hash % 900000);
    }

    private int NewId(DateTime time)
    {
        int id = 61000 + (int)((time - begin).Ticks / (TimeSpan.TicksPerSecond / 2));
        while (!_ids.Add(id))
        {
            id++;
        }

        return id;
    }

    private string Pointer() => "5" + random.Hex(11);
}
