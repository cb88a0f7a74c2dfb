using System.CommandLine;
using System.Globalization;
using System.Text;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of how the embedded engine works.</summary>
/// <param name="common">The options that every verb has.</param>
internal sealed class EngineOptions(CommonOptions common)
{
    private readonly Option<string?> _now = new("--now") { Description = "What now() and ago() take for the present, UTC. Default: the present.", HelpName = "TIME" };

    private readonly Option<string?> _timeout = new("--timeout") { Description = "Stop a query after this time: 30s, 5m, 1h.", HelpName = "TIME" };

    private readonly Option<string?> _memory = new("--memory") { Description = "The most memory before work goes to the disk: 512MB, 4GiB. Default: 80 % of the machine's.", HelpName = "SIZE" };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_now, _timeout, _memory, common.Threads])
        {
            command.Add(option);
        }
    }

    /// <summary>The time after which a query is stopped; null for none.</summary>
    public TimeSpan? Timeout(ParseResult parsed) => parsed.GetValue(_timeout) is { } timeout ? Quantities.Time(timeout, "--timeout") : null;

    /// <summary>What <c>now()</c> is; null for the present.</summary>
    public DateTime? Now(ParseResult parsed) => parsed.GetValue(_now) is { } text ? Time(text, "--now") : null;

    /// <summary>The engine's options.</summary>
    /// <exception cref="UsageException">One is not what it should be.</exception>
    public KqlDatabaseOptions Of(ParseResult parsed)
    {
        long? threads = parsed.GetValue(common.Threads);
        return threads is < 1 or > 1024
            ? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--threads is {threads}; give a number from 1 to 1024."))
            : new KqlDatabaseOptions
            {
                Threads = (int?)threads,
                Now = Now(parsed),
                Timeout = Timeout(parsed),
                MemoryLimit = parsed.GetValue(_memory) is { } memory ? Quantities.Size(memory, "--memory") : null,
            };
    }

    /// <summary>A time that an option gives.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static DateTime Time(string text, string option) => TimeText.TryParse(Encoding.UTF8.GetBytes(text.Trim()), out DateTime time)
        ? time
        : throw new UsageException($"{option} is '{text}'; give a time such as 2026-03-05T12:00:00Z.");
}
