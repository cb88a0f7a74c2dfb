namespace Quarry.Samples;

/// <summary>A process of the audit log and the program it runs.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Parent">The process that started it; null for what runs since before the log begins.</param>
/// <param name="Identity">Who it runs as.</param>
/// <param name="Directory">Its working directory.</param>
/// <param name="Path">The program as it was named to the kernel.</param>
/// <param name="Arguments">The program's arguments, its name first.</param>
internal sealed record AuditProcess(
    int Id, AuditProcess? Parent, AuditIdentity Identity, string Directory, string Path, IReadOnlyList<string> Arguments)
{
    /// <summary>The name of the running program's file; where it differs from the path, that was a link.</summary>
    public string Executable => Path switch
    {
        "/bin/sh" or "/usr/bin/sh" => "/usr/bin/dash",
        "/usr/bin/python3" => "/usr/bin/python3.12",
        ['/', 'b', 'i', 'n', '/', ..] => "/usr" + Path,
        _ => Path,
    };

    /// <summary>The task's name: 15 bytes of the file's name.</summary>
    public string Name
    {
        get
        {
            string name = Path[(Path.LastIndexOf('/') + 1)..];
            return name.Length > 15 ? name[..15] : name;
        }
    }

    /// <summary>A process that runs since before the log begins.</summary>
    public static AuditProcess Resident(int id, string path, params string[] arguments) =>
        new(id, null, AuditIdentity.System, "/", path, [path, .. arguments]);
}
