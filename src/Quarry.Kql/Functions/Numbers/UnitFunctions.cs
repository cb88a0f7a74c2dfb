using Quarry.Tables;

namespace Quarry.Kql.Functions.Numbers;

/// <summary><c>convert_length</c> and its kin: a number of one unit in another. A unit that is not known gives null.</summary>
internal static class UnitFunctions
{
    private const double Foot = 0.3048, Pound = 0.45359237, Gravity = 9.80665, Nautical = 1852;

    // A unit with a prefix of the decimal system, as in Kilo + meter.
    private static readonly (string Name, double Factor)[] Prefixes =
    [
        ("Nano", 1e-9), ("Micro", 1e-6), ("Milli", 1e-3), ("Centi", 1e-2), ("Deci", 1e-1), ("Deca", 1e1), ("Hecto", 1e2), ("Kilo", 1e3), ("Mega", 1e6), ("Giga", 1e9), ("Tera", 1e12), ("Peta", 1e15),
    ];

    private static readonly Dictionary<string, double> Lengths = Units(("Meter", 1), ("Foot", Foot), ("Inch", Foot / 12), ("Yard", Foot * 3), ("Mile", Foot * 5280),
        ("NauticalMile", Nautical), ("Fathom", Foot * 6), ("Chain", Foot * 66), ("Hand", Foot / 3), ("Angstrom", 1e-10), ("Mil", Foot / 12_000), ("Microinch", Foot / 12e6));

    private static readonly Dictionary<string, double> Masses = Units(("Gram", 1e-3), ("Pound", Pound), ("Ounce", Pound / 16), ("Stone", Pound * 14), ("Tonne", 1e3),
        ("Grain", Pound / 7000), ("ShortTon", Pound * 2000), ("LongTon", Pound * 2240), ("ShortHundredweight", Pound * 100), ("LongHundredweight", Pound * 112));

    private static readonly Dictionary<string, double> Forces = Units(("Newton", 1), ("Dyn", 1e-5), ("KilogramForce", Gravity), ("PoundForce", Pound * Gravity),
        ("KilopoundForce", Pound * Gravity * 1e3), ("TonneForce", Gravity * 1e3), ("OunceForce", Pound * Gravity / 16), ("Poundal", Pound * Foot), ("KiloPond", Gravity),
        ("ShortTonForce", Pound * Gravity * 2000));

    private static readonly Dictionary<string, double> Energies = Units(("Joule", 1), ("Calorie", 4.184), ("WattHour", 3600), ("ElectronVolt", 1.602176634e-19), ("Erg", 1e-7),
        ("BritishThermalUnit", 1055.05585262), ("FootPound", Pound * Gravity * Foot));

    private static readonly Dictionary<string, double> Angles = Units(("Radian", 1), ("Degree", Math.PI / 180), ("Revolution", 2 * Math.PI), ("Gradian", Math.PI / 200),
        ("Arcminute", Math.PI / 10_800), ("Arcsecond", Math.PI / 648_000), ("Tilt", double.NaN));

    private static readonly Dictionary<string, double> Speeds = SpeedUnits();

    private static readonly Dictionary<string, double> Volumes = VolumeUnits();

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Convert("convert_length", Lengths),
        Convert("convert_mass", Masses),
        Convert("convert_force", Forces),
        Convert("convert_energy", Energies),
        Convert("convert_angle", Angles),
        Convert("convert_speed", Speeds),
        Convert("convert_volume", Volumes),
        ScalarForm.Strict("convert_temperature", [ColumnType.Real, ColumnType.String, ColumnType.String], ColumnType.Real, static (in Arguments arguments, ref Result result) =>
            result.Real(ToKelvin(arguments.Real(0), arguments.String(1)) is { } kelvin ? OfKelvin(kelvin, arguments.String(2)) : null)),
    ];

    private static ScalarFunction Convert(string name, Dictionary<string, double> units) =>
        ScalarForm.Strict(name, [ColumnType.Real, ColumnType.String, ColumnType.String], ColumnType.Real, (in Arguments arguments, ref Result result) =>
            result.Real(units.TryGetValue(arguments.String(1), out double from) && units.TryGetValue(arguments.String(2), out double to) && !double.IsNaN(from + to)
                ? arguments.Real(0) * from / to : null));

    // Units with all their prefixes; a name that stands by itself wins.
    private static Dictionary<string, double> Units(params (string Name, double Factor)[] units)
    {
        var all = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, double factor) in units)
        {
            all[name] = factor;
        }

        foreach ((string name, double factor) in units)
        {
            foreach ((string prefix, double times) in Prefixes)
            {
                _ = all.TryAdd(prefix + name.ToLowerInvariant(), times * factor);
                _ = all.TryAdd(prefix + char.ToLowerInvariant(name[0]) + name[1..], times * factor);
            }
        }

        return all;
    }

    private static Dictionary<string, double> SpeedUnits()
    {
        var all = new Dictionary<string, double>(StringComparer.Ordinal) { ["Knot"] = Nautical / 3600, ["Mach"] = 340.29 };
        foreach ((string length, double metres) in Lengths)
        {
            foreach ((string time, double seconds) in new[] { ("Second", 1.0), ("Minute", 60.0), ("Hour", 3600.0) })
            {
                _ = all.TryAdd($"{length}Per{time}", metres / seconds);
            }
        }

        return all;
    }

    private static Dictionary<string, double> VolumeUnits()
    {
        Dictionary<string, double> all = Units(("Liter", 1e-3), ("UsGallon", 3.785411784e-3), ("ImperialGallon", 4.54609e-3), ("UsQuart", 9.46352946e-4), ("UsPint", 4.73176473e-4),
            ("UsOunce", 2.95735295625e-5), ("ImperialOunce", 2.84130625e-5), ("ImperialPint", 5.6826125e-4), ("OilBarrel", 0.158987294928));
        foreach ((string length, double metres) in Lengths)
        {
            _ = all.TryAdd($"Cubic{length}", metres * metres * metres);
        }

        return all;
    }

    private static double? ToKelvin(double value, string unit) => unit switch
    {
        "Kelvin" => value,
        "DegreeCelsius" => value + 273.15,
        "DegreeFahrenheit" => (value + 459.67) * 5 / 9,
        "DegreeRankine" => value * 5 / 9,
        "DegreeReaumur" => (value * 1.25) + 273.15,
        "DegreeDelisle" => 373.15 - (value * 2 / 3),
        "DegreeNewton" => (value * 100 / 33) + 273.15,
        "DegreeRoemer" => ((value - 7.5) * 40 / 21) + 273.15,
        "MillidegreeCelsius" => (value / 1000) + 273.15,
        _ => null,
    };

    private static double? OfKelvin(double kelvin, string unit) => unit switch
    {
        "Kelvin" => kelvin,
        "DegreeCelsius" => kelvin - 273.15,
        "DegreeFahrenheit" => (kelvin * 9 / 5) - 459.67,
        "DegreeRankine" => kelvin * 9 / 5,
        "DegreeReaumur" => (kelvin - 273.15) * 0.8,
        "DegreeDelisle" => (373.15 - kelvin) * 1.5,
        "DegreeNewton" => (kelvin - 273.15) * 0.33,
        "DegreeRoemer" => ((kelvin - 273.15) * 21 / 40) + 7.5,
        "MillidegreeCelsius" => (kelvin - 273.15) * 1000,
        _ => null,
    };
}
