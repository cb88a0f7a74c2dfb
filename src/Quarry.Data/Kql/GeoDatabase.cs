using System.Net;
using System.Text.Json.Nodes;
using MaxMind.Db;
using Quarry.Kql.Functions;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// Where IP addresses are, by a MaxMind database (GeoLite2 City or Country, or one of the same form): what
/// <c>geo_info_from_ip_address</c> gives, <c>{"country":…,"state":…,"city":…,"latitude":…,"longitude":…}</c> with what is known.
/// </summary>
internal sealed class GeoDatabase : IDisposable
{
    private readonly Reader _reader;

    /// <summary>Opens a database.</summary>
    /// <exception cref="QuarryException">The file cannot be read, or is no database.</exception>
    public GeoDatabase(string path)
    {
        try
        {
            _reader = new Reader(path, FileAccessMode.Memory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDatabaseException)
        {
            throw new QuarryException($"The geographic database '{path}' cannot be read: {error.Message}", error);
        }

        Function = new ScalarFunction("geo_info_from_ip_address", [ColumnType.String], ColumnType.Dynamic, Find);
    }

    /// <summary>The function.</summary>
    public ScalarFunction Function { get; }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void Find(in Arguments arguments, ref Result result)
    {
        if (!IPAddress.TryParse(arguments.String(0).Trim(), out IPAddress? address) || _reader.Find<Dictionary<string, object>>(address) is not { } found)
        {
            result.Null();
            return;
        }

        var info = new JsonObject();
        Add(info, "country", Name(found.GetValueOrDefault("country")));
        Add(info, "state", Name((found.GetValueOrDefault("subdivisions") as IList<object>)?.FirstOrDefault()));
        Add(info, "city", Name(found.GetValueOrDefault("city")));
        var location = found.GetValueOrDefault("location") as IDictionary<string, object>;
        Add(info, "latitude", location?.TryGetValue("latitude", out object? latitude) == true && latitude is double north ? JsonValue.Create(north) : null);
        Add(info, "longitude", location?.TryGetValue("longitude", out object? longitude) == true && longitude is double east ? JsonValue.Create(east) : null);
        result.Text(info.ToJsonString());
    }

    private static void Add(JsonObject info, string name, JsonNode? value)
    {
        if (value is not null)
        {
            info[name] = value;
        }
    }

    private static JsonValue? Name(object? place) =>
        place is IDictionary<string, object> known && known.TryGetValue("names", out object? names)
            && names is IDictionary<string, object> byLanguage && byLanguage.TryGetValue("en", out object? english) && english is string text
                ? JsonValue.Create(text)
                : null;
}
