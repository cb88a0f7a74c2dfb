namespace Quarry.Samples;

/// <summary>All files below <c>samples/</c>, made in memory.</summary>
internal static class SampleSet
{
    /// <summary>Every file, the page that describes them last. The same bytes on every call and machine.</summary>
    public static IReadOnlyList<SampleFile> Generate()
    {
        SyslogEvents syslog = SyslogEvents.Generate();
        AuditLog audit = AuditLog.Generate(syslog.Planned);
        SampleFile[] data =
        [
            WindowsProcessEvents.Generate(),
            syslog.Log,
            syslog.Table,
            audit.File,
            OfficeActivity.Generate(),
            HourlyTraffic.Generate(),
        ];
        return [.. data, SamplePage.Generate(data, audit.Facts)];
    }

    /// <summary>The samples folder of the repository that holds <paramref name="start"/>, or null.</summary>
    public static string? FindFolder(string start)
    {
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Quarry.slnx")))
            {
                return Path.Combine(at.FullName, "samples");
            }
        }

        return null;
    }
}
