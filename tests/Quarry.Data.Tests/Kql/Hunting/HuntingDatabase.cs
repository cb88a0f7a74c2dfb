using System.Text.RegularExpressions;
using Quarry.Data.Files;
using Quarry.Data.Kql;
using Quarry.Data.Kql.Schemas;
using Quarry.Data.Tests.Files;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Hunting;

/// <summary>A database with the tables that a hunting query names, as their products ship them, and what it reads from outside.</summary>
internal sealed class HuntingDatabase : IDisposable
{
    private static readonly DateTime Now = new(2024, 6, 15, 12, 0, 0, DateTimeKind.Utc);
    private readonly Scratch _scratch = new();

    /// <summary>Tables without rows, but for those that are given: by name, a line of JSON a row.</summary>
    public HuntingDatabase(string query, params (string Table, string[] Rows)[] planted)
    {
        string outside = Directory.CreateDirectory(Path.Combine(_scratch.Folder, "external")).FullName;
        string lists = Directory.CreateDirectory(Path.Combine(_scratch.Folder, "watchlists")).FullName;
        string functions = Directory.CreateDirectory(Path.Combine(_scratch.Folder, "functions")).FullName;
        File.WriteAllText(Path.Combine(outside, "indicators.csv"), "Date,Indicator,Kind,Score\n2024-06-01T00:00:00Z,203.0.113.7,ip,90\n2024-06-02T00:00:00Z,evil.example,domain,70\n");
        File.WriteAllText(Path.Combine(outside, "addresses.txt"), "203.0.113.7\n198.51.100.9\n");
        File.WriteAllText(Path.Combine(outside, "actors.json"), "{\"Name\":\"one\",\"Hashes\":[\"a\",\"b\"]}\n{\"Name\":\"two\",\"Hashes\":[]}\n");
        File.WriteAllText(Path.Combine(lists, "VIPUsers.csv"), "SearchKey,UserPrincipalName,Title\nalice@contoso.example,alice@contoso.example,CFO\n");
        File.WriteAllText(Path.Combine(lists, "NetworkAddresses.csv"), "SearchKey,IPSubnet,RangeName\n10.0.0.0/8,10.0.0.0/8,office\n");
        File.WriteAllText(Path.Combine(functions, "FileProfile.kql"), "let FileProfile = (T:(*), Key:string = 'SHA1', Most:long = 1000) { T | extend GlobalPrevalence = long(null), IsCertificateValid = bool(null), Signer = '' };");
        File.WriteAllText(Path.Combine(functions, "DeviceFromIP.kql"), "let DeviceFromIP = (T:(*)) { T | extend DeviceId = '' };");
        File.WriteAllText(Path.Combine(functions, "BlockedAccounts.kql"), "datatable(Account:string)['mallory', 'trudy']");
        Database = KqlDatabase.Create(new KqlDatabaseOptions
        {
            ExternalFolder = outside,
            WatchlistFolder = lists,
            FunctionFolder = functions,
            Now = Now,
            Threads = 1,
            Timeout = TimeSpan.FromSeconds(60),
        });
        Dictionary<string, string[]> rows = planted.ToDictionary(one => one.Table, one => one.Rows, StringComparer.Ordinal);
        string[] words = [.. Regex.Matches(query, @"[A-Za-z_]\w*\*?").Select(match => match.Value).Distinct()];
        foreach (string name in words.SelectMany(Tables).Distinct().ToArray())
        {
            KnownSchema schema = KnownSchemas.Nearest(name, words) ?? KnownSchemas.Of(name)[0];
            if (!rows.TryGetValue(name, out string[]? lines))
            {
                Database.AddTable(name, new TableBuilder(schema.Columns).Build());
                continue;
            }

            string file = Path.Combine(_scratch.Folder, $"{name}.jsonl");
            File.WriteAllLines(file, lines);
            Database.AddFile(name, file, new InputOptions(), schema.Columns);
        }
    }

    public KqlDatabase Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        _scratch.Dispose();
    }

    private static IEnumerable<string> Tables(string word) => word.EndsWith('*')
        ? KnownSchemas.Names.Where(name => word.Length > 4 && name.StartsWith(word[..^1], StringComparison.Ordinal))
        : KnownSchemas.Of(word).Count > 0 ? [word] : [];
}
