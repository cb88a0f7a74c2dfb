using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Quarry.Data.Configuration.Yaml;

/// <summary>
/// Reads a YAML file into nodes that know their lines. Of YAML it takes what configuration files are made of: sections, lists and
/// values. Anchors, aliases and tags of programs are refused: they are how a small file becomes a large one, or code.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>The longest file, in characters.</summary>
    public const int LongestFile = 4 << 20;

    /// <summary>How deep sections may stand in each other.</summary>
    public const int DeepestNesting = 64;

    private static readonly string[] PlainTags = [.. new[] { "str", "int", "float", "bool", "null", "seq", "map" }.Select(kind => $"tag:yaml.org,2002:{kind}")];

    private readonly string _file;
    private readonly Parser _parser;
    private int _depth;
    private int _line = 1;

    private YamlTree(string file, string text)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a file.</summary>
    /// <returns>Its value; null where it is empty.</returns>
    /// <exception cref="ConfigurationException">It cannot be opened, is too large, or is no YAML of this kind; the message names the line.</exception>
    public static YamlNode? Read(string file)
    {
        string text;
        bool isWhole;
        try
        {
            (text, isWhole) = Text(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(file, null, $"cannot be read: {error.Message.TrimEnd('.')}. Check the path and who may read it.", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new ConfigurationException(file, null, "is not UTF-8 text. Save it again as UTF-8.", error);
        }

        return isWhole ? Of(file, text) : throw TooLong(file, text);
    }

    /// <summary>Reads a text.</summary>
    /// <inheritdoc cref="Read" path="/returns"/>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static YamlNode? Of(string file, string text)
    {
        var tree = new YamlTree(file, text);
        try
        {
            return tree.Document();
        }
        catch (YamlException error)
        {
            throw tree.NotRight(text, error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The parser's own slips on text that is no YAML.
            throw tree.Refuse(tree._line, "is not YAML that can be read here, or soon after. Check the indentation and the quotes.");
        }
    }

    // What is too long is looked into all the same: nesting without end is the more telling fault.
    private static ConfigurationException TooLong(string file, string text)
    {
        try
        {
            var tree = new YamlTree(file, text);
            tree.Document();
        }
        catch (YamlException)
        {
            // It ends in the middle, of course.
        }
        catch (ConfigurationException error)
        {
            return error;
        }

        int line = 1 + text.AsSpan().Count('\n');
        return new ConfigurationException(file, line, string.Create(CultureInfo.InvariantCulture, $"is longer than {LongestFile >> 20} MB, which no configuration is. Is it the right file?"));
    }

    private static (string Text, bool IsWhole) Text(string file)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        char[] buffer = new char[64 << 10];
        var text = new StringBuilder();
        for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;)
        {
            text.Append(buffer, 0, Math.Min(read, LongestFile - text.Length));
            if (text.Length == LongestFile)
            {
                return (text.ToString(), false);
            }
        }

        return (text.ToString(), true);
    }

    private YamlNode? Document()
    {
        Take<StreamStart>();
        if (Next() is StreamEnd)
        {
            return null;
        }

        YamlNode root = Node(Next());
        if (Next() is not DocumentEnd || Next() is not StreamEnd)
        {
            throw Refuse(_line, "begins a second document (---). A configuration is one document.");
        }

        return root;
    }

    private YamlNode Node(ParsingEvent at)
    {
        if (at is AnchorAlias)
        {
            throw Refuse(_line, "has an alias (*name). Write the value out: aliases are not followed.");
        }

        if (at is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Refuse(_line, "has an anchor (&name). Write the value out wherever it is meant: anchors are not followed.");
        }

        if (at is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag } && !PlainTags.Contains(tag.Value))
        {
            throw Refuse(_line, "has a tag (!name). Leave it out: values are plain texts, lists and sections.");
        }

        return at switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style is not ScalarStyle.Plain, Line(at), Column(at)),
            SequenceStart => Deeper(() => Sequence(at)),
            MappingStart => Deeper(() => Mapping(at)),
            _ => throw Refuse(_line, "has no value where one is expected."),
        };
    }

    private YamlNode Deeper(Func<YamlNode> read)
    {
        if (++_depth > DeepestNesting)
        {
            throw Refuse(_line, string.Create(CultureInfo.InvariantCulture, $"nests more than {DeepestNesting} levels deep, which no configuration does. Is it the right file?"));
        }

        YamlNode node = read();
        _depth--;
        return node;
    }

    private YamlSequence Sequence(ParsingEvent start)
    {
        var items = new List<YamlNode>();
        ParsingEvent at;
        while ((at = Next()) is not SequenceEnd)
        {
            items.Add(Node(at));
        }

        return new YamlSequence(items, Line(start), Column(start));
    }

    private YamlMapping Mapping(ParsingEvent start)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        ParsingEvent at;
        while ((at = Next()) is not MappingEnd)
        {
            if (Node(at) is not YamlScalar key)
            {
                throw Refuse(Line(at), "has a key that is a list or a section. Keys are plain texts.");
            }

            if (!lines.TryAdd(key.Text, key.Line))
            {
                throw Refuse(key.Line, string.Create(CultureInfo.InvariantCulture, $"has the key '{Cut(key.Text)}' again; it is in line {lines[key.Text]} already. Keep one of them."));
            }

            entries.Add(new YamlEntry(key.Text, Node(Next()), key.Line, key.Column));
        }

        return new YamlMapping(entries, Line(start), Column(start));
    }

    private void Take<T>()
        where T : ParsingEvent
    {
        if (Next() is not T)
        {
            throw Refuse(_line, "is not YAML.");
        }
    }

    private ParsingEvent Next()
    {
        do
        {
            if (!_parser.MoveNext() || _parser.Current is null)
            {
                throw Refuse(_line, "ends too early.");
            }

            _line = Line(_parser.Current);
        }
        while (_parser.Current is Comment);

        return _parser.Current;
    }

    private ConfigurationException NotRight(string text, YamlException error)
    {
        int line = (int)Math.Max(1, error.Start.Line);
        for (int near = line; near <= Math.Max(line, (int)error.End.Line) + 1 && near <= line + 2; near++)
        {
            // The parser stops at the end of the line before.
            if (IsIndentedByTab(text, near))
            {
                return Refuse(near, "is indented with a tab. YAML takes spaces only.");
            }
        }

        string reason = error.Message.TrimEnd('.', ' ');
        return new ConfigurationException(_file, line, $"is not YAML: {reason}. Check the indentation, the colons and the quotes there and just above.", error);
    }

    private ConfigurationException Refuse(int line, string what) => new(_file, line, what);

    private static bool IsIndentedByTab(string text, int line)
    {
        int start = 0;
        for (int passed = 1; passed < line; passed++)
        {
            start = text.IndexOf('\n', start) + 1;
            if (start == 0)
            {
                return false;
            }
        }

        ReadOnlySpan<char> rest = text.AsSpan(start);
        ReadOnlySpan<char> indentation = rest[..(rest.Length - rest.TrimStart(" \t-").Length)];
        return indentation.Contains('\t');
    }

    private static string Cut(string key) => key.Length <= 60 ? key : $"{key[..60]}…";

    private static int Line(ParsingEvent at) => (int)Math.Max(1, at.Start.Line);

    private static int Column(ParsingEvent at) => (int)Math.Max(1, at.Start.Column);
}
