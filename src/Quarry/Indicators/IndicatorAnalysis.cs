using System.Globalization;
using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Indicators;

/// <summary>The extraction of indicators as the catalogue describes it to every face.</summary>
public static class IndicatorAnalysis
{
    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<IndicatorOptions> Entry { get; } = new()
    {
        Name = "iocs",
        Summary = "Extracts indicators of compromise: addresses, domains, URLs, mail addresses, hashes, and more on request; defanged ones too.",
        Shape = AnalysisShape.RowWise,
        Keywords =
        [
            "indicators", "observables", "ioc", "ioc_extract", "IoCExtract", .. IndicatorTypes.All, "ip", "address", "domain", "hostname", "hash", "md5",
            "sha1", "sha256", "sha512", "uri", "path", "registry", "attack", "mitre", "onion", "tor", "wallet", "defang", "refang", "hxxp", "regex", "tld",
        ],
        Examples =
        [
            new("quarry iocs events.csv --column CommandLine", "the default types in one column"),
            new("quarry iocs 'logs/*.jsonl.gz' --decode -o indicators.csv", "also inside encoded content, over many files"),
            new("quarry iocs report.txt --form refanged --types all", "every type there is, ready to be searched for"),
            new("quarry iocs events.csv --patterns 'case=CASE-[0-9]{6}'", "and a type of your own"),
            new("quarry iocs --text 'hxxp://evil[.]example[.]com'", "one string"),
        ],
        Headline = ["IoCType", "Observable", "SourceIndex", "Column", "Reference", "Original"],
        Output =
        [
            new("IoCType", ColumnType.String, string.Create(CultureInfo.InvariantCulture, $"The type. Domains end in one of {TopLevelDomains.Count:N0} top-level domains as of {TopLevelDomains.Date:yyyy-MM-dd}.")),
            new("Observable", ColumnType.String, "The indicator."),
            new("SourceIndex", ColumnType.Long, "The row of the input, from 0."),
            new("Input", ColumnType.String, "The whole cell."),
            new("Column", ColumnType.String, "The column it was found in."),
            new("Offset", ColumnType.Int, "Where it begins in the cell or layer, in bytes of UTF-8."),
            new("Length", ColumnType.Int, "How long it is there, in bytes of UTF-8."),
            new("Original", ColumnType.String, "The text as it stood, where it was defanged or encoded."),
            new("Reference", ColumnType.String, "The decoded layer it was found in, with --decode."),
        ],
        Function = static (input, options, context) => input.ExtractIndicators(
            TextColumns.Choose(input.Schema, context.Columns),
            options,
            context.Threads,
            options.Decode ? new DecodedCellLayers(context.Cancellation) : null,
            context.Cancellation),
    };
}
