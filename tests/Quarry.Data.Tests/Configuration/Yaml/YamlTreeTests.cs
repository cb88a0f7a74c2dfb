using System.Diagnostics;
using System.Text;
using Quarry.Data.Configuration;
using Quarry.Data.Configuration.Yaml;

namespace Quarry.Data.Tests.Configuration.Yaml;

public sealed class YamlTreeTests
{
    [Fact]
    public void Values_know_their_lines_and_columns()
    {
        var root = (YamlMapping)YamlTree.Of("f", "# a comment\na: 1\nb:\n  - x\n  - 'y'\n")!;

        YamlEntry b = root.Find("b")!;
        var list = (YamlSequence)b.Value;

        b.Line.ShouldBe(3);
        list.Items[1].ShouldBe(new YamlScalar("y", true, 5, 5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    public void An_empty_file_is_nothing(string text) => YamlTree.Of("f", text).ShouldBeNull();

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: ''", false)]
    [InlineData("a: 'null'", false)]
    public void What_is_left_out_is_told_from_an_empty_text(string text, bool isNull) =>
        ((YamlMapping)YamlTree.Of("f", text)!).Find("a")!.Value.IsNull.ShouldBe(isNull);

    [Theory]
    [InlineData("a:\n\tb: 1\n", 2, "tab")]
    [InlineData("a:\n  b: 1\n\tc: 2\n", 3, "tab")]
    [InlineData("a: 1\nb: 2\na: 3\n", 3, "line 1 already")]
    [InlineData("a: &x 1\nb: 2\n", 1, "anchor")]
    [InlineData("a: 1\nb: *x\n", 2, "alias")]
    [InlineData("a: &a [1]\nb: &b [*a,*a]\nc: [*b,*b]\n", 1, "anchor")]
    [InlineData("a: 1\nb: !!python/object/apply:os.system ['id']\n", 2, null)]
    [InlineData("a: !python x\n", 1, "tag")]
    [InlineData("a: 1\n---\nb: 2\n", 2, "second document")]
    [InlineData("a: 1\n? [x, y]\n: 2\n", 2, "key that is a list")]
    [InlineData("a: 'never closed\nb: 1\n", null, null)]
    [InlineData("a: [1, 2\nb: 1\n", null, null)]
    [InlineData("a: 1\n  b: 2\n", 2, null)]
    [InlineData("a: %x\n", 1, null)]
    [InlineData("%YAML 9.9 x\n---\na: 1\n", null, null)]
    public void What_is_not_right_is_refused_with_its_line(string text, int? line, string? says)
    {
        var error = Should.Throw<ConfigurationException>(() => YamlTree.Of("config.yaml", text));

        error.Message.ShouldStartWith("config.yaml: line ");
        if (line is not null)
        {
            error.Line.ShouldBe(line);
        }

        error.Message.ShouldContain(says ?? "");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{")]
    [InlineData("[{")]
    [InlineData("- - [")]
    public void Ten_megabytes_of_nesting_are_refused_at_once_with_the_line(string piece)
    {
        using var file = new ConfigurationFile();
        File.WriteAllText(file.File, new StringBuilder().Insert(0, piece, (10 << 20) / piece.Length).ToString());
        long began = Stopwatch.GetTimestamp();

        var error = Should.Throw<ConfigurationException>(() => YamlTree.Read(file.File));

        error.Line.ShouldBe(1);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Ten_megabytes_of_deepening_lines_are_refused_with_the_line()
    {
        var text = new StringBuilder();
        for (int depth = 0; text.Length < 10 << 20; depth++)
        {
            text.Append(' ', depth).Append("a:\n");
        }

        using var file = new ConfigurationFile();
        File.WriteAllText(file.File, text.ToString());

        Should.Throw<ConfigurationException>(() => YamlTree.Read(file.File)).Line.ShouldBe(65);
    }

    [Fact]
    public void A_file_without_end_is_not_read_whole()
    {
        using var file = new ConfigurationFile();
        File.WriteAllText(file.File, string.Concat(Enumerable.Range(0, 700_000).Select(i => $"k{i}: v\n")));

        Should.Throw<ConfigurationException>(() => YamlTree.Read(file.File)).Message.ShouldContain("longer than 4 MB");
    }

    [Fact]
    public void What_is_not_text_is_refused()
    {
        using var file = new ConfigurationFile();
        File.WriteAllBytes(file.File, [0xFF, 0x00, 0xC3, 0x28, 0xFE]);

        Should.Throw<ConfigurationException>(() => YamlTree.Read(file.File));
    }

    [Fact]
    public void Random_text_is_read_or_refused_and_nothing_else_happens()
    {
        const string Alphabet = "ab:-[]{}#&*!|>'\"%@`, \n\t?~0\\\u0085\uFEFF";
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++)
        {
            string text = string.Create(random.Next(1, 40), random, (span, r) =>
            {
                foreach (ref char c in span)
                {
                    c = Alphabet[r.Next(Alphabet.Length)];
                }
            });
            try
            {
                YamlTree.Of("f", text);
            }
            catch (ConfigurationException)
            {
                // Refused.
            }
        }
    }
}
