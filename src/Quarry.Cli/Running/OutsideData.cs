using System.CommandLine;
using Quarry.Data.Kql;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of data that queries ask for beside the tables. Without these options a query reaches none.</summary>
internal sealed class OutsideData
{
    private readonly Option<string?> _external = new("--external")
    {
        Description = "A folder of files that externaldata finds in place of the addresses it names: by host and path, or by the file's name.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _network = new("--allow-network") { Description = "Let externaldata read from http and https addresses." };

    private readonly Option<string?> _watchlists = new("--watchlists") { Description = "A folder of CSV files, one a watchlist, for _GetWatchlist('name').", HelpName = "DIR" };

    private readonly Option<string?> _functions = new("--functions")
    {
        Description = "A folder of .kql files, each a function by the file's name, as saved in a workspace (ASIM parsers, say).",
        HelpName = "DIR",
    };

    private readonly Option<string?> _geo = new("--geo") { Description = "A MaxMind database (.mmdb) for geo_info_from_ip_address.", HelpName = "FILE" };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_external, _network, _watchlists, _functions, _geo])
        {
            command.Add(option);
        }
    }

    /// <summary>The database's options with what was given.</summary>
    public KqlDatabaseOptions Apply(KqlDatabaseOptions options, ParseResult parsed) => options with
    {
        ExternalFolder = parsed.GetValue(_external),
        AllowNetwork = parsed.GetValue(_network),
        WatchlistFolder = parsed.GetValue(_watchlists),
        FunctionFolder = parsed.GetValue(_functions),
        GeoDatabase = parsed.GetValue(_geo),
    };
}
