// Writes the list of top-level domains that src/Quarry/Indicators embeds.
//
//   dotnet run eng/refresh-tlds.cs -- LIST DATE [OUTPUT]
//
// LIST   a local copy of IANA's tlds-alpha-by-domain.txt, or of the Public Suffix List (its ICANN section is read).
// DATE   the day of the list, yyyy-MM-dd.
// OUTPUT the file to write, src/Quarry/Indicators/TopLevelDomains.List.cs by default.
//
// Nothing is fetched: the list is a file, so that a build and a result never depend on the network.

#:property PublishAot=false

using System.Globalization;
using System.Text;

if (args.Length is < 2 or > 3 || !DateOnly.TryParseExact(args[1], "yyyy-MM-dd", out DateOnly date))
{
    Console.Error.WriteLine("usage: dotnet run eng/refresh-tlds.cs -- LIST DATE(yyyy-MM-dd) [OUTPUT]");
    return 2;
}

string output = args.Length > 2 ? args[2] : Path.Combine("src", "Quarry", "Indicators", "TopLevelDomains.List.cs");
string[] lines = File.ReadAllLines(args[0]);
bool isSuffixList = lines.Any(line => line.Contains("===BEGIN ICANN DOMAINS===", StringComparison.Ordinal));
string origin = isSuffixList
    ? "the ICANN section of the Public Suffix List (publicsuffix.org), last labels only"
    : "IANA, tlds-alpha-by-domain.txt";

var idn = new IdnMapping();
var labels = new SortedSet<string>(StringComparer.Ordinal);
foreach (string line in IcannSection(lines, isSuffixList))
{
    string rule = line.Trim();
    if (rule.Length == 0 || rule.StartsWith("//", StringComparison.Ordinal) || rule.StartsWith('#'))
    {
        continue;
    }

    string last = rule.Split(' ', '\t')[0].Split('.')[^1].TrimStart('!').ToLowerInvariant();
    labels.Add(idn.GetAscii(last));
    labels.Add(idn.GetUnicode(last));
}

var text = new StringBuilder()
    .Append("// Written by eng/refresh-tlds.cs: not to be edited by hand.\n")
    .Append("// The names are facts; only the last labels are kept. Internationalised ones stand in both of their forms.\n\n")
    .Append("namespace Quarry.Indicators;\n\n")
    .Append("public static partial class TopLevelDomains\n{\n")
    .Append(CultureInfo.InvariantCulture, $"    private const int ListYear = {date.Year}, ListMonth = {date.Month}, ListDay = {date.Day};\n\n")
    .Append(CultureInfo.InvariantCulture, $"    private const string ListOrigin = \"{origin}\";\n\n")
    .Append("    private const string List =");
var row = new StringBuilder();
foreach (string label in labels)
{
    if (row.Length + label.Length > 98)
    {
        text.Append("\n        \"").Append(row).Append("\" +");
        row.Clear();
    }

    row.Append(label).Append(' ');
}

text.Append("\n        \"").Append(row.ToString().TrimEnd()).Append("\";\n}\n");
File.WriteAllText(output, text.ToString());
Console.Error.WriteLine($"{labels.Count} labels written to {output}");
return 0;

static IEnumerable<string> IcannSection(string[] lines, bool isSuffixList) =>
    isSuffixList
        ? lines.SkipWhile(line => !line.Contains("===BEGIN ICANN", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("===END ICANN", StringComparison.Ordinal))
        : lines;
