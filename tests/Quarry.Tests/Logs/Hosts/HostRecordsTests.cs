using Quarry.Logs.Hosts;
using Quarry.Tables;

namespace Quarry.Tests.Logs.Hosts;

public sealed class HostRecordsTests
{
    [Fact]
    public void A_record_holds_what_syslog_and_the_machines_own_heartbeat_say()
    {
        HostRecord record = Syslog(("squid", "sshd"), ("squid", "CRON"), ("squid", "squid"), ("other", "nginx"), ("squid", "sshd")).CreateHostRecord(Heartbeat());

        record.HostName.ShouldBe("squid");
        record.OSFamily.ShouldBe("Linux");
        record.OSVersion.ShouldBe("18.4");
        record.Applications.ShouldBe(["sshd", "squid"]);
        record.Solutions.ShouldBe(["security", "networkMonitoring"]);
        record.Latitude.ShouldBe(51.5);
    }

    [Fact]
    public void Without_a_heartbeat_the_programs_are_known_all_the_same_and_without_rows_nothing_is()
    {
        Syslog(("a", "x"), ("b", "y")).CreateHostRecord(computer: "b").Applications.ShouldBe(["y"]);
        Should.Throw<QuarryException>(() => Syslog().CreateHostRecord()).Message.ShouldContain("Computer");
        Should.Throw<QuarryException>(() => Syslog(("a", "x")).CreateHostRecord(computer: "c")).Message.ShouldContain("'c'");
    }

    private static Table Syslog(params (string Computer, string Process)[] rows)
    {
        var table = new TableBuilder(("Computer", ColumnType.String), ("ProcessName", ColumnType.String));
        foreach ((string computer, string process) in rows)
        {
            table.AddRow(computer, process);
        }

        return table.Build();
    }

    private static Table Heartbeat() => new TableBuilder(
            ("Computer", ColumnType.String), ("OSType", ColumnType.String), ("OSMajorVersion", ColumnType.String), ("OSMinorVersion", ColumnType.String),
            ("Solutions", ColumnType.String), ("RemoteIPLatitude", ColumnType.Real))
        .AddRow("other", "Windows", "10", "0", "", 0.0)
        .AddRow("squid.example.com", "Linux", "18", "4", "\"security\", \"networkMonitoring\"", 51.5)
        .Build();
}
