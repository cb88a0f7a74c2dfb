using System.Text;

namespace Quarry.Fuzz;

/// <summary>Logs of a few lines, syslog and audit records, damaged.</summary>
internal static class LogInputs
{
    private static readonly string[] Lines =
    [
        "<86>Mar  4 02:16:20 web-01 sshd[30190]: Accepted password for deploy from 203.0.113.77 port 51514 ssh2",
        "<14>1 2026-03-03T00:08:25.673Z web-01 shopd 2211 - [request@32473 id=\"5\" note=\"say \\\"ahoy\\\" [x\\]\"][b c=\"d\"] \uFEFFGET /",
        "2026-03-01T00:00:01+01:00 h systemd[1]: x",
        "<189>000045: *Mar  1 2003 18:46:11.123 UTC: %SYS-5-CONFIG_I: x",
        "type=SYSCALL msg=audit(1.500:7): arch=c000003e syscall=59 success=yes pid=5 auid=4294967295 exe=\"/bin/sh\"",
        "type=EXECVE msg=audit(1.500:7): argc=4 a0=\"sh\" a1=2D63 a2_len=8 a2[0]=6162 a2[1]=\"cd\" a3=\"x\"",
        "node=h type=USER_LOGIN msg=audit(1.500:7): pid=1 msg='op=login acct=\"a\" (addr=1.2.3.4, res=failed)'\u001dUID=\"root\"",
        "type=PATH msg=audit(1.500:7): item=1 name=2F62 inode=1",
        "Mar  1 00:00:01 h kernel: audit: type=1400 audit(1.500:8): avc:  denied  { read } for  pid=5 pid=6",
        "[{'SYSCALL': ['pid=1', \"msg='x\"]}]",
    ];

    /// <summary>A log.</summary>
    public static byte[] Generate(Random random)
    {
        var log = new StringBuilder();
        for (int left = random.Next(1, 12); left > 0; left--)
        {
            log.Append(random.Pick<string>(Lines)).Append('\n');
        }

        byte[] bytes = Encoding.UTF8.GetBytes(log.ToString());
        return random.Next(4) == 0 ? bytes : Mutation.Apply(random, bytes);
    }
}
