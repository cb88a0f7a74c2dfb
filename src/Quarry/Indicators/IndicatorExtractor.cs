using System.Text;

namespace Quarry.Indicators;

/// <summary>
/// Finds indicators of compromise in text: addresses, domains, URLs, hashes and the other types of
/// <see cref="IndicatorTypes"/>. In time that is linear in the text, whatever the text. Immutable: for any number of threads.
/// </summary>
public sealed class IndicatorExtractor
{
    private readonly IndicatorOptions _options;
    private readonly ScanPlan _plan;

    /// <summary>An extractor by options; without, by their defaults.</summary>
    /// <exception cref="QuarryException">The options name a type that does not exist, or a pattern that does not work.</exception>
    public IndicatorExtractor(IndicatorOptions? options = null)
    {
        _options = options ?? new IndicatorOptions();
        _plan = ScanPlan.From(_options);
    }

    /// <summary>The options it works by.</summary>
    public IndicatorOptions Options => _options;

    /// <summary>
    /// The indicators of a text: for each type that occurs, its distinct observables, both in order of appearance. A blank
    /// text has none. Lone surrogates count as U+FFFD.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Extract(Encoding.UTF8.GetBytes(text));
    }

    /// <summary><see cref="Extract(string)"/> over UTF-8; bytes that are not belong to no indicator.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extract(ReadOnlySpan<byte> text)
    {
        var sink = new DictionarySink();
        Scan(text, [0, text.Length], sink);
        return sink.Found;
    }

    /// <summary>
    /// Scans rows that lie one after the other in a buffer of UTF-8, row i from <paramref name="offsets"/>[i] to
    /// <paramref name="offsets"/>[i + 1], and hands the indicators to a sink: row by row, in the order of the text, each
    /// distinct observable of a row once.
    /// </summary>
    /// <returns>How often a user-defined pattern was given up in a row because its time was over.</returns>
    /// <exception cref="ArgumentException">The offsets do not ascend within the text.</exception>
    public int Scan(ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, IIndicatorSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        for (int i = 0; i < offsets.Length; i++)
        {
            if (offsets[i] < (i == 0 ? 0 : offsets[i - 1]) || offsets[i] > text.Length)
            {
                throw new ArgumentException($"Offset {i} is {offsets[i]}: offsets ascend from 0 to {text.Length}.", nameof(offsets));
            }
        }

        var scanner = new RowScanner(_plan);
        scanner.Scan(text, offsets, new RowReport(_plan, _options, sink));
        return scanner.TimedOut;
    }

    /// <summary>
    /// Whether the whole of a text is one indicator of a type; <c>file_hash</c> stands for the hash of the text's length,
    /// <c>hostname</c> for dns. A domain is judged by its form and its top-level domain alone: the caller says that it is one.
    /// </summary>
    /// <exception cref="QuarryException">There is no such type.</exception>
    public bool Validate(string text, string type, bool ignoreTlds = false, bool defanged = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(type);
        string name = type.ToLowerInvariant() switch
        {
            "file_hash" => FileHashType(text),
            "hostname" => "dns",
            string other => other,
        };
        if (name == IndicatorTypes.Unknown)
        {
            return false;
        }

        bool isCustom = _plan.Custom.Any(custom => custom.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        IndicatorOptions options = new() { Types = isCustom ? [] : [name], IgnoreTlds = ignoreTlds, Defanged = defanged };
        ScanPlan plan = ScanPlan.From(options) with { NeedsEvidence = false, Custom = isCustom ? _plan.Custom : [] };
        var whole = new WholeSink(text);
        new RowScanner(plan).Scan(whole.Text, [0, whole.Text.Length], new RowReport(plan, options, whole));
        return whole.Types.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The type of indicator that a text is, surrounding blanks left aside; <c>unknown</c> if it is none. All built-in types
    /// and the user-defined ones are tried.
    /// </summary>
    public string GetIndicatorType(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        IndicatorOptions options = _options with { Types = ["all"], Form = ObservableForm.AsFound };
        ScanPlan plan = ScanPlan.From(options);
        var whole = new WholeSink(text.Trim());
        new RowScanner(plan).Scan(whole.Text, [0, whole.Text.Length], new RowReport(plan, options, whole));
        return whole.Types.FirstOrDefault() ?? IndicatorTypes.Unknown;
    }

    /// <summary>
    /// The type of hash that a text of hexadecimal digits is by its length: md5_hash (32), sha1_hash (40), sha256_hash (64),
    /// sha512_hash (128), else unknown. Surrounding blanks are left aside.
    /// </summary>
    public static string FileHashType(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> hash = text.AsSpan().Trim();
        if (hash.ContainsAnyExcept("0123456789abcdefABCDEF"))
        {
            return IndicatorTypes.Unknown;
        }

        return hash.Length switch
        {
            32 => "md5_hash",
            40 => "sha1_hash",
            64 => "sha256_hash",
            128 => "sha512_hash",
            _ => IndicatorTypes.Unknown,
        };
    }

    private sealed class DictionarySink : IIndicatorSink
    {
        private readonly OrderedDictionary<string, IReadOnlyList<string>> _found = [];

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Found => _found;

        public void Add(in IndicatorMatch match)
        {
            if (!_found.TryGetValue(match.Type, out IReadOnlyList<string>? observables))
            {
                observables = new List<string>();
                _found.Add(match.Type, observables);
            }

            ((List<string>)observables).Add(Encoding.UTF8.GetString(match.Observable));
        }
    }

    private sealed class WholeSink(string text) : IIndicatorSink
    {
        public byte[] Text { get; } = Encoding.UTF8.GetBytes(text);

        public List<string> Types { get; } = [];

        public void Add(in IndicatorMatch match)
        {
            if (match.Offset == 0 && match.Length == Text.Length)
            {
                Types.Add(match.Type);
            }
        }
    }
}
