using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Quarry.Data.Queries.Reading;

/// <summary>
/// Reads one YAML document into nodes with their lines. What is hostile stays bounded: the depth, the number of nodes, and
/// aliases, which are the same node and no copies of it.
/// </summary>
internal sealed class YamlReader
{
    private const int MostDepth = 32;
    private const int MostNodes = 200_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlReader(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>The root of the document.</summary>
    /// <exception cref="YamlProblemException">It is no YAML that can be read; the message has no line, the exception has.</exception>
    public static YamlNode Read(string text)
    {
        try
        {
            return new YamlReader(text).ReadDocument();
        }
        catch (YamlException error)
        {
            throw new YamlProblemException(LineOf(error, text), $"This is no YAML: {error.Message}");
        }
    }

    // Of a tab the parser tells where the mapping begins and not where the tab is.
    private static int LineOf(YamlException error, string text)
    {
        int line = (int)error.Start.Line;
        if (!error.Message.Contains("tab", StringComparison.Ordinal))
        {
            return line;
        }

        int at = 1;
        foreach (ReadOnlySpan<char> one in text.AsSpan().EnumerateLines())
        {
            if (at >= line && one[..(one.Length - one.TrimStart().Length)].Contains('\t'))
            {
                return at;
            }

            at++;
        }

        return line;
    }

    private YamlNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            throw new YamlProblemException(1, "The file is empty.");
        }

        YamlNode root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Current is DocumentStart second
            ? throw new YamlProblemException((int)second.Start.Line, "A second document begins here; a file of queries is one document.")
            : root;
    }

    private YamlNode ReadNode(int depth)
    {
        int line = (int)(_parser.Current?.Start.Line ?? 1);
        if (depth > MostDepth)
        {
            throw new YamlProblemException(line, string.Create(CultureInfo.InvariantCulture, $"This is nested more than {MostDepth} levels deep."));
        }

        if (++_nodes > MostNodes)
        {
            throw new YamlProblemException(line, string.Create(CultureInfo.InvariantCulture, $"The file has more than {MostNodes:N0} values."));
        }

        if (_parser.Current is AnchorAlias alias)
        {
            _parser.MoveNext();
            return _anchors.TryGetValue(alias.Value.Value, out YamlNode? known)
                ? known
                : throw new YamlProblemException(line, $"There is no anchor &{alias.Value.Value} before this.");
        }

        (AnchorName anchor, YamlNode node) = _parser.Accept<SequenceStart>(out _) ? ReadSequence(depth)
            : _parser.Accept<MappingStart>(out _) ? ReadMapping(depth)
            : ReadScalar();
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = node;
        }

        return node;
    }

    private (AnchorName Anchor, YamlNode Node) ReadScalar()
    {
        Scalar scalar = _parser.Consume<Scalar>();
        int line = (int)scalar.Start.Line;
        bool isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        return (scalar.Anchor, new YamlScalar(line, scalar.Value, scalar.Style == ScalarStyle.Plain, isBlock ? line + 1 : line, scalar.Style == ScalarStyle.Literal));
    }

    private (AnchorName Anchor, YamlNode Node) ReadSequence(int depth)
    {
        SequenceStart start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return (start.Anchor, new YamlSequence((int)start.Start.Line, items));
    }

    private (AnchorName Anchor, YamlNode Node) ReadMapping(int depth)
    {
        MappingStart start = _parser.Consume<MappingStart>();
        var entries = new List<(YamlScalar Key, YamlNode Value)>();
        var merged = new List<(YamlScalar Key, YamlNode Value)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = ReadNode(depth + 1);
            if (key is not YamlScalar name)
            {
                throw new YamlProblemException(key.Line, "A key is a text.");
            }

            YamlNode value = ReadNode(depth + 1);
            if (name is { Text: "<<", IsPlain: true })
            {
                merged.AddRange(Merged(value));
                continue;
            }

            if (!keys.Add(name.Text))
            {
                throw new YamlProblemException(name.Line, $"The key '{name.Text}' is here twice.");
            }

            entries.Add((name, value));
        }

        // What is written here goes before what is merged in.
        entries.AddRange(merged.Where(entry => keys.Add(entry.Key.Text)));
        _nodes += merged.Count;
        return (start.Anchor, new YamlMapping((int)start.Start.Line, entries));
    }

    private static IEnumerable<(YamlScalar Key, YamlNode Value)> Merged(YamlNode value) => value switch
    {
        YamlMapping mapping => mapping.Entries,
        YamlSequence sequence when sequence.Items.All(item => item is YamlMapping) => sequence.Items.Cast<YamlMapping>().SelectMany(mapping => mapping.Entries).Take(MostNodes),
        _ => throw new YamlProblemException(value.Line, "What << merges is a mapping, or a list of mappings."),
    };
}
