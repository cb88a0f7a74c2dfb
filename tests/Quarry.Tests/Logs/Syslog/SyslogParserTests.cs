using System.Text;
using Quarry.Logs;
using Quarry.Logs.Syslog;
using Quarry.Tables;

namespace Quarry.Tests.Logs.Syslog;

public sealed class SyslogParserTests
{
    [Theory]
    // RFC 5424, 6.5
    [InlineData("<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8", "2003-10-11T22:14:15.003Z", "mymachine.example.com", "su", null, "'su root' failed for lonvick on /dev/pts/8")]
    [InlineData("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.", "2003-08-24T12:14:15.000003Z", "192.0.2.1", "myproc", "8710", "%% It's time to make the do-nuts.")]
    [InlineData("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"] \uFEFFAn application event log entry...", "2003-10-11T22:14:15.003Z", "mymachine.example.com", "evntslog", null, "An application event log entry...")]
    [InlineData("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\"][examplePriority@32473 class=\"high\"]", "2003-10-11T22:14:15.003Z", "mymachine.example.com", "evntslog", null, "")]
    [InlineData("<34>1 - - - - - -", null, null, null, null, "")]
    // RFC 3164, 5.4
    [InlineData("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8", "2025-10-11T22:14:15Z", "mymachine", "su", null, "'su root' failed for lonvick on /dev/pts/8")]
    [InlineData("<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!", "2026-02-05T17:32:18Z", "10.0.0.99", null, null, "Use the BFG!")]
    [InlineData("<165>Aug 24 05:34:00 CST 1987 mymachine myproc[10]: %% It's time to make the do-nuts.", "1987-08-24T05:34:00Z", "mymachine", "myproc", "10", "%% It's time to make the do-nuts.")]
    [InlineData("<0>1990 Oct 22 10:52:01 scapegoat.dmz.example.org sched[0]: That's All Folks!", "1990-10-22T10:52:01Z", "scapegoat.dmz.example.org", "sched", "0", "That's All Folks!")]
    // in the wild
    [InlineData("Mar  1 00:00:01 web-01 sshd[123]: a: b", "2026-03-01T00:00:01Z", "web-01", "sshd", "123", "a: b")]
    [InlineData("Mar 01 00:00:01.123456 web-01 CRON[9]: x", "2026-03-01T00:00:01.123456Z", "web-01", "CRON", "9", "x")]
    [InlineData("Mar  1 00:00:01 sshd[123]: no host", "2026-03-01T00:00:01Z", null, "sshd", "123", "no host")]
    [InlineData("Mar  1 00:00:01 sudo:   deploy : TTY=pts/0", "2026-03-01T00:00:01Z", null, "sudo", null, "  deploy : TTY=pts/0")]
    [InlineData("2026-03-01T00:00:01.5+01:00 web-01 systemd-logind[611]: New session", "2026-02-28T23:00:01.5Z", "web-01", "systemd-logind", "611", "New session")]
    [InlineData("2026-03-01T00:00:01+0100 web-01 postfix/smtpd[7]: x", "2026-02-28T23:00:01Z", "web-01", "postfix/smtpd", "7", "x")]
    [InlineData("2026-03-01 00:00:01,250 web-01 app: x", "2026-03-01T00:00:01.25Z", "web-01", "app", null, "x")]
    [InlineData("Sun 2026-03-01 00:00:01 UTC web-01 app[1]: x", "2026-03-01T00:00:01Z", "web-01", "app", "1", "x")]
    [InlineData("1772323201.000250 web-01 app[1]: x", "2026-03-01T00:00:01.00025Z", "web-01", "app", "1", "x")]
    [InlineData("Jan 05 2020 12:00:00 asa-1 : %ASA-6-302013: Built", "2020-01-05T12:00:00Z", "asa-1", null, null, ": %ASA-6-302013: Built")]
    [InlineData("<189>*Mar  1 18:46:11.123: %SYS-5-CONFIG_I: Configured", "2026-03-01T18:46:11.123Z", null, "%SYS-5-CONFIG_I", null, "Configured")]
    [InlineData("<187>79: rtr-1: Apr 29 13:58:40.411: %LINK-3-UPDOWN: up", "2025-04-29T13:58:40.411Z", "rtr-1", "%LINK-3-UPDOWN", null, "up")]
    [InlineData("<189>000045: Mar  1 2003 18:46:11 UTC: %SYS-5-CONFIG_I: x", "2003-03-01T18:46:11Z", null, "%SYS-5-CONFIG_I", null, "x")]
    [InlineData("<134>1 1772323201.774 mx84 events dhcp lease", "2026-03-01T00:00:01.774Z", "mx84", null, null, "events dhcp lease")]
    [InlineData("Mar  1 00:00:01 h su(pam_unix)[12]: session opened for user root by ops(uid=500)", "2026-03-01T00:00:01Z", "h", "su(pam_unix)", "12", "session opened for user root by ops(uid=500)")]
    [InlineData("Mar  1 00:00:01 h kernel: [1.5] x", "2026-03-01T00:00:01Z", "h", "kernel", null, "[1.5] x")]
    [InlineData("Mar  1 00:00:01 h last message repeated 2 times", "2026-03-01T00:00:01Z", "h", null, null, "last message repeated 2 times")]
    [InlineData("66 <34>Mar  1 00:00:01 h a: x", "2026-03-01T00:00:01Z", "h", "a", null, "x")]
    [InlineData("Mar  1 23:59:60 h a: leap", "2026-03-02T00:00:00Z", "h", "a", null, "leap")]
    public void Reads_the_examples_of_the_RFCs_and_what_is_met_in_files(
        string line, string? time, string? host, string? process, string? id, string message)
    {
        Table rows = LogText.Lines(line).ParseSyslog("Line", null, LogText.At("2026-03-04T00:00:00Z"));

        rows.RowCount.ShouldBe(1);
        rows.Cell(0, "ParseError").ShouldBeNull();
        rows.Cell(0, "TimeGenerated").ShouldBe(time);
        rows.Cell(0, "Computer").ShouldBe(host);
        rows.Cell(0, "ProcessName").ShouldBe(process);
        rows.Cell(0, "ProcessID").ShouldBe(id);
        rows.Cell(0, "SyslogMessage").ShouldBe(message);
    }

    [Theory]
    [InlineData("<86>Mar  4 03:", "authpriv", "no time")]
    [InlineData("<192>Mar  4 03:00:00 h a: x", null, "priority")]
    [InlineData("<12", null, "priority")]
    [InlineData("<>Mar  4 03:00:00 h a: x", null, "priority")]
    [InlineData("<1a>x", null, "priority")]
    [InlineData("Mar 32 03:00:00 h a: x", null, "impossible")]
    [InlineData("Feb 30 03:00:00 h a: x", null, "impossible")]
    [InlineData("Mar  4 25:00:00 h a: x", null, "impossible")]
    [InlineData("2026-02-29T00:00:00Z h a: x", null, "impossible")]
    [InlineData("2026-03-01T00:00:00+99:00 h a: x", null, "impossible")]
    [InlineData("<34>1 2003-13-11T22:14:15Z h a - - - x", "auth", "impossible")]
    [InlineData("<34>1 2003-10-11T22:14:15Z h a", "auth", "header")]
    [InlineData("<34>1 2003-10-11T22:14:15Z h a - - [a b=\"c\" x", "auth", "structured data")]
    [InlineData("<34>1 2003-10-11T22:14:15Z h a - - [a b=\"c\\", "auth", "structured data")]
    [InlineData("<34>1 2003-10-11T22:14:15Z h a - - [a]x", "auth", "structured data")]
    [InlineData("-- Logs begin at Mon 2026-03-02 --", null, "no time")]
    [InlineData("[   12.345678] usb 1-1: new device", null, "no time")]
    [InlineData("Mar  1 00:00:01Xh a: x", null, "no time")]
    [InlineData("\0\u0001\u001b[31m", null, "no time")]
    public void A_line_that_cannot_be_read_is_kept_whole_with_the_reason(string line, string? facility, string reason)
    {
        var remarks = new List<string>();

        Table rows = LogText.Lines(line).ParseSyslog("Line", null, LogText.At("2026-03-04T00:00:00Z", remarks));

        rows.Cell(0, "SyslogMessage").ShouldBe(line);
        rows.Cell(0, "Facility").ShouldBe(facility);
        rows.Cell(0, "ParseError")!.ShouldContain(reason);
        rows.Cell(0, "TimeGenerated").ShouldBeNull();
        remarks.ShouldHaveSingleItem().ShouldStartWith("1 line could not be read");
    }

    [Theory]
    [InlineData("[a b=\"c\" d=\"\"][e]", """{"a":{"b":"c","d":""},"e":{}}""")]
    [InlineData("[a b=\"say \\\"x\\\" \\\\ [y\\] \\n\"]", """{"a":{"b":"say \"x\" \\ [y] \\n"}}""")]
    [InlineData("[a ip=\"1\" ip=\"2\"]", """{"a":{"ip":["1","2"]}}""")]
    [InlineData("[a b=\"1\"][a b=\"2\" c=\"3\"]", """{"a":{"b":["1","2"],"c":"3"}}""")]
    [InlineData("[a b=\"\u0001é\"]", """{"a":{"b":"\u0001é"}}""")]
    public void Structured_data_become_an_object_an_element(string data, string json)
    {
        Table rows = LogText.Lines($"<14>1 2026-03-03T00:08:25Z h a p-1 M {data} x").ParseSyslog("Line");

        rows.Cell(0, "StructuredData").ShouldBe(json);
        rows.Cell(0, "MsgId").ShouldBe("M");
        rows.Cell(0, "ProcId").ShouldBe("p-1");
        rows.Cell(0, "ProcessID").ShouldBeNull();
    }

    [Fact]
    public void The_fast_reader_of_structured_data_agrees_with_the_obvious_one_on_random_text()
    {
        var random = new Random(5424);
        const string Alphabet = "[[]]\"\"\"\\\\==  ab";
        int wellFormed = 0;
        for (int i = 0; i < 60_000; i++)
        {
            string data = i % 3 == 0
                ? string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]))
                : Mutate("[a b=\"c\\\"d\" e=\"\"][f g=\"]\"]", random);
            byte[] utf8 = Encoding.ASCII.GetBytes(data);

            int expected = ObviousStructuredData.Measure(data);
            int length = data[0] == '[' ? StructuredData.Measure(utf8) : 0;

            length.ShouldBe(data[0] == '[' ? expected : 0, data);
            if (length <= 0)
            {
                continue;
            }

            wellFormed++;
            var json = new JsonBuffer();
            StructuredData.Write(utf8.AsSpan(0, length), json, new SeenKeys(), new SeenKeys());
            using var document = System.Text.Json.JsonDocument.Parse(json.Written.ToArray());
            ObviousStructuredData.Flatten(document.RootElement).Order().ShouldBe(ObviousStructuredData.Read(data[..length]).Order(), data);
        }

        wellFormed.ShouldBeGreaterThan(2000);
    }

    private static string Mutate(string text, Random random)
    {
        var builder = new StringBuilder(text);
        for (int i = random.Next(3); i >= 0; i--)
        {
            int at = random.Next(builder.Length);
            _ = random.Next(3) switch
            {
                0 => builder.Remove(at, 1),
                1 => builder.Insert(at, "[]\"\\= ab"[random.Next(8)]),
                _ => builder.Replace(builder[at], "[]\"\\= ab"[random.Next(8)], at, 1),
            };
        }

        return builder.Insert(0, builder.Length == 0 ? "[" : "").ToString();
    }
}
