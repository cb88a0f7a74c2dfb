using System.Globalization;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Hunting;

/// <summary>What the hunting queries find among a few planted rows. The present is 2024-06-15, noon.</summary>
public sealed class HuntingResultsTests
{
    [Fact]
    public async Task A_password_spray_is_one_row()
    {
        string[] rows = [.. Enumerable.Range(0, 16).Select(i => $$"""
            {"TimeGenerated":"2024-06-15T10:{{i:00}}:00Z","ResultType":"50126","UserPrincipalName":"u{{i}}@x.example","IPAddress":"203.0.113.7","LocationDetails":{"city":"Oslo","countryOrRegion":"NO"} }
            """), """{"TimeGenerated":"2024-06-15T10:20:00Z","ResultType":"0","UserPrincipalName":"v@x.example","IPAddress":"203.0.113.7"}"""];
        (await Found("signin-password-spray", ["IPAddress", "City", "count_", "dcount_UserPrincipalName"], ("SigninLogs", rows))).ShouldBe(["203.0.113.7|Oslo|16|16"]);
    }

    [Fact]
    public async Task A_country_that_a_user_was_never_in_is_found()
    {
        string[] rows =
        [
            """{"TimeGenerated":"2024-06-10T10:00:00Z","UserPrincipalName":"a","Location":"NO"}""",
            """{"TimeGenerated":"2024-06-15T10:00:00Z","UserPrincipalName":"a","Location":"NO"}""",
            """{"TimeGenerated":"2024-06-15T10:00:00Z","UserPrincipalName":"a","Location":"RU","IPAddress":"203.0.113.7"}""",
            """{"TimeGenerated":"2024-06-15T11:00:00Z","UserPrincipalName":"b","Location":"NO"}""",
        ];
        (await Found("signin-rare-country-baseline", ["UserPrincipalName", "Location"], ("SigninLogs", rows))).ShouldBe(["a|RU", "b|NO"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_guessed_password_is_failures_and_then_a_success()
    {
        string[] rows = [.. Enumerable.Range(0, 25).Select(i => $$"""
            {"TimeGenerated":"2024-06-15T10:00:{{i:00}}Z","EventID":4625,"SubStatus":"0xC000006A","TargetAccount":"X\\a","Computer":"srv","IpAddress":"203.0.113.7"}
            """), """{"TimeGenerated":"2024-06-15T10:04:24Z","EventID":4624,"TargetAccount":"X\\a","Computer":"srv","IpAddress":"203.0.113.7"}"""];
        (await Found("security-event-brute-force", ["TargetAccount", "FailCount", "Delay", "Minutes"], ("SecurityEvent", rows))).ShouldBe([@"X\a|25|00:04:00|4"]);
    }

    [Fact]
    public async Task A_role_is_found_deep_in_the_audit_log()
    {
        string row = """
            {"TimeGenerated":"2024-06-15T10:00:00Z","Category":"RoleManagement","OperationName":"Add member to role","InitiatedBy":{"user":{"userPrincipalName":"eve@x.example","ipAddress":"203.0.113.7"}},"TargetResources":[{"userPrincipalName":"bob@x.example","modifiedProperties":[{"displayName":"Role.ObjectID","newValue":"\"1\""},{"displayName":"Role.DisplayName","newValue":"\"Global Administrator\""}]}],"Result":"success"}
            """;
        (await Found("audit-role-assignment", ["RoleName", "Principal", "Actor", "ActorIP"], ("AuditLogs", [row]))).ShouldBe(["Global Administrator|bob@x.example|eve@x.example|203.0.113.7"]);
    }

    [Fact]
    public async Task An_inbox_rule_is_a_bag_of_its_parameters()
    {
        string row = """
            {"TimeGenerated":"2024-06-15T10:00:00Z","OfficeWorkload":"Exchange","Operation":"New-InboxRule","UserId":"bob","ClientIP":"[203.0.113.7]:1234","Parameters":"[{\"Name\":\"SubjectContainsWords\",\"Value\":\"invoice\"},{\"Name\":\"MoveToFolder\",\"Value\":\"RSS\"}]"}
            """;
        (await Found("office-inbox-rule", ["Words", "Folder", "Address"], ("OfficeActivity", [row]))).ShouldBe(["invoice|RSS|203.0.113.7"]);
    }

    [Fact]
    public async Task Failed_logons_of_sshd_are_parsed()
    {
        string[] rows = [.. Enumerable.Range(0, 18).Select(i => $$"""
            {"TimeGenerated":"2024-06-15T10:00:{{i:00}}Z","Facility":"auth","ProcessName":"sshd","Computer":"h","SyslogMessage":"Failed password for {{(i % 2 == 0 ? "root" : "invalid user bob")}} from 203.0.113.7 port {{1000 + i}} ssh2 "}
            """), """{"TimeGenerated":"2024-06-15T10:00:00Z","Facility":"auth","ProcessName":"sshd","SyslogMessage":"Accepted password for root from 203.0.113.7 port 1 ssh2"}"""];
        (await Found("syslog-ssh-failures", ["SrcIp", "EventCount", "Users", "Ports"], ("Syslog", rows))).ShouldBe(["203.0.113.7|18|[\"root\",\"bob\"]|18"]);
    }

    [Fact]
    public async Task Indicators_in_the_query_meet_names_and_addresses()
    {
        string[] rows =
        [
            """{"TimeGenerated":"2024-06-15T10:00:00Z","Name":"EVIL.example","IPAddresses":"198.51.100.1"}""",
            """{"TimeGenerated":"2024-06-15T10:00:00Z","Name":"good.example","IPAddresses":"203.0.113.7"}""",
            """{"TimeGenerated":"2024-06-15T10:00:00Z","Name":"good.example","IPAddresses":"203.0.113.77"}""",
        ];
        (await Found("dns-ioc-datatable", ["Name", "Score"], ("DnsEvents", rows))).ShouldBe(["EVIL.example|", "good.example|95"], ignoreOrder: true);
    }

    [Fact]
    public async Task Entities_of_an_alert_are_told_apart()
    {
        string row = """
            {"TimeGenerated":"2024-06-15T10:00:00Z","ProviderName":"MDATP","SystemAlertId":"1","AlertName":"n","Entities":"[{\"Type\":\"account\",\"Name\":\"bob\",\"UPNSuffix\":\"x.example\"},{\"Type\":\"host\",\"HostName\":\"h1\"},{\"Type\":\"ip\",\"Address\":\"203.0.113.7\"},{\"Type\":\"file\"}]"}
            """;
        (await Found("alert-entities", ["SystemAlertId", "Accounts", "Hosts", "Ips", "AlertName"], ("SecurityAlert", [row]))).ShouldBe(["1|[\"bob@x.example\"]|[\"h1\"]|[\"203.0.113.7\"]|n"]);
    }

    [Fact]
    public async Task A_child_of_an_office_program_comes_with_its_connections()
    {
        string process = """{"Timestamp":"2024-06-15T10:00:00Z","DeviceId":"d","DeviceName":"h","FileName":"powershell.exe","ProcessId":7,"InitiatingProcessFileName":"WINWORD.EXE","ProcessCommandLine":"powershell -nop"}""";
        string connection = """{"Timestamp":"2024-06-15T10:01:00Z","DeviceId":"d","RemoteIPType":"Public","InitiatingProcessId":7,"RemoteIP":"203.0.113.7","RemotePort":443}""";
        (await Found("device-process-office-child", ["DeviceName", "FileName", "Remote"], ("DeviceProcessEvents", [process]), ("DeviceNetworkEvents", [connection]))).ShouldBe(["h|powershell.exe|[\"203.0.113.7:443\"]"]);
    }

    [Fact]
    public async Task A_feed_from_a_file_meets_three_tables()
    {
        string[] signins = ["""{"TimeGenerated":"2024-06-15T10:00:00Z","IPAddress":"198.51.100.9"}""", """{"TimeGenerated":"2024-06-15T10:00:00Z","IPAddress":"198.51.100.8"}"""];
        (await Found("external-ip-feed", ["Ip", "Hits", "Sources"], ("SigninLogs", signins))).ShouldBe(["198.51.100.9|1|[\"signin\"]"]);
    }

    [Fact]
    public async Task A_watchlist_gives_titles()
    {
        string row = """{"TimeGenerated":"2024-06-15T10:00:00Z","Operation":"MailItemsAccessed","UserId":"Alice@contoso.example","Client_IPAddress":"203.0.113.7"}""";
        (await Found("watchlist-vips", ["Title", "n"], ("OfficeActivity", [row]))).ShouldBe(["CFO|1"]);
    }

    [Fact]
    public async Task A_term_is_found_in_any_column_of_any_table()
    {
        string row = """{"Timestamp":"2024-06-15T10:00:00Z","ProcessCommandLine":"run cobalt strike"}""";
        string other = """{"Timestamp":"2024-06-15T10:00:00Z","FileName":"cobaltic"}""";
        (await Found("union-wildcard", ["TableName", "n"], ("DeviceProcessEvents", [row]), ("DeviceFileEvents", [other]))).ShouldBe(["DeviceProcessEvents|1"]);
    }

    [Fact]
    public async Task The_time_of_ingestion_is_the_time_of_the_event_and_that_is_said()
    {
        using var hunting = new HuntingDatabase("SecurityEvent TimeGenerated", ("SecurityEvent", ["""{"TimeGenerated":"2024-06-15T11:59:00Z","EventID":1}"""]));
        KqlResult result = await hunting.Database.QueryAsync("SecurityEvent | where ingestion_time() > ago(5m) | count", cancellation: TestContext.Current.CancellationToken);
        result.Table[0].GetValue(0).ShouldBe(1L);
        result.Remarks.ShouldContain(remark => remark.Contains("TimeGenerated"));
    }

    [Fact]
    public async Task Networks_of_a_table_are_looked_up_by_address()
    {
        using var hunting = new HuntingDatabase("");
        const string query = "let nets = datatable(net:string, name:string)['10.0.0.0/8', 'office', '192.168.0.0/16', 'lab']; datatable(ip:string)['10.1.2.3', '8.8.8.8'] | evaluate ipv4_lookup(nets, ip, net";
        Rows((await hunting.Database.QueryAsync(query + ")", cancellation: TestContext.Current.CancellationToken)).Table, ["ip", "net", "name"]).ShouldBe(["10.1.2.3|10.0.0.0/8|office"]);
        Rows((await hunting.Database.QueryAsync(query + ", return_unmatched = true)", cancellation: TestContext.Current.CancellationToken)).Table, ["ip", "name"]).ShouldBe(["10.1.2.3|office", "8.8.8.8|"], ignoreOrder: true);
    }

    private static async Task<string[]> Found(string name, string[] columns, params (string Table, string[] Rows)[] planted)
    {
        string query = HuntingQueriesTests.Text(name);
        using var hunting = new HuntingDatabase(query, planted);
        return Rows((await hunting.Database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken)).Table, columns);
    }

    private static string[] Rows(Table table, string[] columns) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join('|', columns.Select(column => Convert.ToString(table[column].GetValue(row), CultureInfo.InvariantCulture))))];
}
