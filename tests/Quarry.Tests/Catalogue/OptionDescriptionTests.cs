using System.Globalization;
using FsCheck.Fluent;
using Quarry.Catalogue;

namespace Quarry.Tests.Catalogue;

public class OptionDescriptionTests
{
    [Theory]
    [InlineData("IsOn", "--is-on", "is_on", OptionKind.Boolean, "true")]
    [InlineData("MaxDepth", "--max-depth", "max_depth", OptionKind.Integer, "32")]
    [InlineData("RowCount", "--row-count", "row_count", OptionKind.Long, "5000000000")]
    [InlineData("MaxURLRatio", "--max-url-ratio", "max_url_ratio", OptionKind.Number, "2.5")]
    [InlineData("Folder", "--folder", "folder", OptionKind.Text, "here")]
    [InlineData("Name", "--name", "name", OptionKind.Text, "none")]
    [InlineData("TimeLimit", "--time-limit", "time_limit", OptionKind.Duration, "10s")]
    [InlineData("Pause", "--pause", "pause", OptionKind.Duration, "none")]
    [InlineData("MaxBytes", "--max-bytes", "max_bytes", OptionKind.ByteSize, "64MiB")]
    [InlineData("BlockBytes", "--block-bytes", "block_bytes", OptionKind.ByteSize, "1000")]
    [InlineData("CacheBytes", "--cache-bytes", "cache_bytes", OptionKind.ByteSize, "1KiB")]
    [InlineData("Words", "--words", "words", OptionKind.TextList, "a,\"b,c\"")]
    [InlineData("Marks", "--marks", "marks", OptionKind.TextList, "")]
    [InlineData("Level", "--level", "level", OptionKind.Choice, "md5_hash")]
    [InlineData("Floor", "--floor", "floor", OptionKind.Choice, "none")]
    [InlineData("Levels", "--levels", "levels", OptionKind.ChoiceList, "none,ipv4")]
    [InlineData("Without", "--without", "without", OptionKind.ChoiceList, "ipv4")]
    public void Describes_a_property(string name, string command, string argument, OptionKind kind, string defaultText)
    {
        OptionDescription option = Option(name);

        option.CommandName.ShouldBe(command);
        option.ArgumentName.ShouldBe(argument);
        option.Kind.ShouldBe(kind);
        option.DefaultText.ShouldBe(defaultText);
    }

    [Fact]
    public void Describes_every_option_in_the_order_of_declaration_and_no_other_property()
    {
        SampleOptions.Descriptions.Select(o => o.Name).ShouldBe(
        [
            "IsOn", "MaxDepth", "RowCount", "MaxURLRatio", "Folder", "Name", "TimeLimit", "Pause", "MaxBytes", "BlockBytes",
            "CacheBytes", "Words", "Marks", "Level", "Floor", "Levels", "Without",
        ]);
    }

    [Fact]
    public void Turns_documentation_into_plain_text()
    {
        Option("IsOn").Summary.ShouldBe("Whether to look at MaxDepth, as in value or a < b; see runes, Add, Rune, not null.");
        Option("MaxDepth").Summary.ShouldBe("The deepest \"layer\" \\ of all.");
    }

    [Fact]
    public void Describes_the_members_of_an_enum_as_choices()
    {
        Option("Level").Choices.ShouldBe(
        [
            new OptionChoice("none", "Nothing at all.", SampleLevel.None),
            new OptionChoice("md5_hash", "An MD5 hash, over two lines.", SampleLevel.Md5Hash),
            new OptionChoice("ipv4", "An address.", SampleLevel.IPv4),
        ]);
        Option("Levels").Choices.Count.ShouldBe(3);
        Option("MaxDepth").Choices.ShouldBeEmpty();
    }

    [Fact]
    public void Reads_the_default_from_the_initialiser()
    {
        Option("MaxBytes").DefaultValue.ShouldBe(64L << 20);
        Option("BlockBytes").DefaultValue.ShouldBe(1000L);
        Option("Words").DefaultValue.ShouldBe(new[] { "a", "b,c" });
        Option("Levels").DefaultValue.ShouldBe(new object[] { SampleLevel.None, SampleLevel.IPv4 });
        Option("Name").DefaultValue.ShouldBeNull();
    }

    [Theory]
    [InlineData("IsOn", "no", false)]
    [InlineData("IsOn", " FALSE ", false)]
    [InlineData("IsOn", "1", true)]
    [InlineData("MaxDepth", "7", 7)]
    [InlineData("RowCount", "-9223372036854775808", long.MinValue)]
    [InlineData("MaxURLRatio", "1e3", 1000.0)]
    [InlineData("Folder", " any, thing ", " any, thing ")]
    [InlineData("Folder", "", "")]
    [InlineData("Folder", "none", "none")]
    [InlineData("MaxBytes", "0", 0L)]
    [InlineData("MaxBytes", "10kb", 10_000L)]
    [InlineData("MaxBytes", "1.5 GiB", 3L << 29)]
    [InlineData("MaxBytes", "9223372036854775807", long.MaxValue)]
    [InlineData("BlockBytes", "2147483647B", 2147483647L)]
    [InlineData("Level", "MD5-Hash", SampleLevel.Md5Hash)]
    [InlineData("Level", "IPv4", SampleLevel.IPv4)]
    [InlineData("Floor", "md5hash", SampleLevel.Md5Hash)]
    [InlineData("Floor", "none", null)]
    [InlineData("Pause", "None", null)]
    [InlineData("CacheBytes", "none", null)]
    public void Sets_an_option_from_text(string name, string text, object? expected)
    {
        var options = new SampleOptions();

        object changed = Option(name).With(options, text);

        Option(name).Read(changed).ShouldBe(expected);
        options.MaxDepth.ShouldBe(32);
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("0", null)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("250 ms", 250)]
    [InlineData("1D", 86_400_000)]
    [InlineData("00:00:10", 10_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    public void Reads_a_length_of_time(string text, int? milliseconds)
    {
        OptionDescription option = Option("TimeLimit");

        if (milliseconds is { } expected)
        {
            option.Read(option.With(new SampleOptions(), text)).ShouldBe(TimeSpan.FromMilliseconds(expected));
        }
        else
        {
            Should.Throw<QuarryException>(() => option.With(new SampleOptions(), text));
        }
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  ", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData(" a , b c ", new[] { "a", "b c" })]
    [InlineData("\"a,b\" , c", new[] { "a,b", "c" })]
    [InlineData("\"\",\" \"", new[] { "", " " })]
    [InlineData("\"say \"\"x\"\"\"", new[] { "say \"x\"" })]
    [InlineData("it\"s", new[] { "it\"s" })]
    public void Splits_a_list_at_commas_outside_quotes(string text, string[] expected)
    {
        OptionDescription option = Option("Words");

        var changed = (SampleOptions)option.With(new SampleOptions(), text);

        changed.Words.ShouldBe(expected);
    }

    [Fact]
    public void Sets_lists_of_every_type()
    {
        object options = new SampleOptions();

        options = Option("Marks").With(options, "x,y");
        options = Option("Levels").With(options, "md5-hash, IPV4");
        options = Option("Without").With(options, "none,none");

        var changed = (SampleOptions)options;
        changed.Marks.ShouldBe(["x", "y"]);
        changed.Levels.ShouldBe([SampleLevel.Md5Hash, SampleLevel.IPv4]);
        changed.Without.ShouldBe([SampleLevel.None]);
    }

    [Fact]
    public void Takes_items_that_are_already_apart_as_they_are()
    {
        var changed = (SampleOptions)Option("Words").WithItems(new SampleOptions(), ["a,b", "", " c"]);

        changed.Words.ShouldBe(["a,b", "", " c"]);
    }

    [Fact]
    public void Refuses_two_values_for_an_option_that_takes_one()
    {
        var error = Should.Throw<QuarryException>(() => Option("MaxDepth").WithItems(new SampleOptions(), ["1", "2"]));

        error.Message.ShouldBe("--max-depth takes one value, and was given 2.");
    }

    [Theory]
    [InlineData("IsOn", "maybe", "--is-on: 'maybe' is not accepted. Expected true or false.")]
    [InlineData("MaxDepth", "12x", "--max-depth: '12x' is not accepted. Expected a whole number up to 2147483647.")]
    [InlineData("MaxDepth", "0", "--max-depth: '0' is not accepted. There is at least one layer. Expected a whole number up to 2147483647.")]
    [InlineData("RowCount", "0", "--row-count: '0' is not accepted. RowCount is 0: give any other number.")]
    [InlineData("MaxURLRatio", "1,5", "--max-url-ratio: '1,5' is not accepted. Expected a number such as 2.5.")]
    [InlineData("TimeLimit", "10", "--time-limit: '10' is not accepted. Expected a length of time such as 500ms, 10s, 5m, 2h or 1d.")]
    [InlineData("CacheBytes", "3GB", "--cache-bytes: '3GB' is not accepted. Expected a size such as 500, 10KB, 64MiB or 2GiB, or none.")]
    [InlineData("Level", "md5_hsh", "--level: 'md5_hsh' is not accepted. Expected one of none, md5_hash, ipv4. Did you mean md5_hash?")]
    [InlineData("Levels", "none,ipv5", "--levels: 'ipv5' is not accepted. Expected a list, separated by commas, of none, md5_hash, ipv4. Did you mean ipv4?")]
    [InlineData("Words", "a,,b", "--words: 'a,,b' is not accepted. Expected texts separated by commas, an item with a comma in double quotes.")]
    public void Says_which_option_which_value_and_what_is_expected(string name, string text, string message)
    {
        var error = Should.Throw<QuarryException>(() => Option(name).With(new SampleOptions(), text));

        error.Message.ShouldBe(message);
    }

    [Fact]
    public void Names_the_option_in_a_message_as_the_user_did()
    {
        var error = Should.Throw<QuarryException>(() => Option("MaxDepth").With(new SampleOptions(), "x", "max_depth"));

        error.Message.ShouldStartWith("max_depth: 'x'");
    }

    [Theory]
    [InlineData("MaxDepth", "")]
    [InlineData("MaxDepth", "2147483648")]
    [InlineData("MaxDepth", "1_000")]
    [InlineData("MaxDepth", "1,000")]
    [InlineData("MaxDepth", "0x10")]
    [InlineData("MaxDepth", "٣")]
    [InlineData("MaxDepth", "none")]
    [InlineData("MaxURLRatio", "NaN")]
    [InlineData("MaxURLRatio", "1e999")]
    [InlineData("MaxURLRatio", "Infinity")]
    [InlineData("MaxBytes", "")]
    [InlineData("MaxBytes", "MiB")]
    [InlineData("MaxBytes", "-1")]
    [InlineData("MaxBytes", "64M")]
    [InlineData("MaxBytes", "1.5")]
    [InlineData("MaxBytes", "1..5MiB")]
    [InlineData("MaxBytes", "9223372036854775808")]
    [InlineData("MaxBytes", "99999999999999999999999999999999999999TiB")]
    [InlineData("MaxBytes", "79228162514264337593543950335TiB")]
    [InlineData("BlockBytes", "2GiB")]
    [InlineData("TimeLimit", "-5s")]
    [InlineData("TimeLimit", "-00:00:05")]
    [InlineData("TimeLimit", "0.00001ms")]
    [InlineData("TimeLimit", "99999999999d")]
    [InlineData("TimeLimit", "5 weeks")]
    [InlineData("TimeLimit", ":")]
    [InlineData("Level", "")]
    [InlineData("Level", "1")]
    [InlineData("Level", "md5_hash,ipv4")]
    [InlineData("Levels", "ipv4,")]
    [InlineData("Words", ",")]
    [InlineData("Words", "\"a")]
    [InlineData("Words", "\"a\"b,c")]
    public void Refuses_what_is_no_value(string name, string text)
    {
        Should.Throw<QuarryException>(() => Option(name).With(new SampleOptions(), text));
    }

    [Fact]
    public void Cuts_an_enormous_value_in_the_message()
    {
        string enormous = new('9', 1_000_000);

        foreach (OptionDescription option in SampleOptions.Descriptions.Where(o => o.Kind is not (OptionKind.Text or OptionKind.TextList)))
        {
            var error = Should.Throw<QuarryException>(() => option.With(new SampleOptions(), enormous), option.Name);

            error.Message.Length.ShouldBeLessThan(300, option.Name);
        }
    }

    [Fact]
    public void Reads_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");

            Option("MaxURLRatio").DefaultText.ShouldBe("2.5");
            Option("MaxURLRatio").Read(Option("MaxURLRatio").With(new SampleOptions(), "1.25")).ShouldBe(1.25);
            Option("Level").Read(Option("Level").With(new SampleOptions(), "IPV4")).ShouldBe(SampleLevel.IPv4);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Writes_every_value_so_that_it_is_read_back()
    {
        Config config = Config.QuickThrowOnFailure.WithReplay(20, 21).WithMaxTest(500);

        Prop.ForAll<long>(n => RoundTrips("MaxBytes", n & long.MaxValue)).Check(config);
        Prop.ForAll<long>(n => RoundTrips("TimeLimit", new TimeSpan(n & long.MaxValue))).Check(config);
        Prop.ForAll<NormalFloat>(n => RoundTrips("MaxURLRatio", n.Get)).Check(config);
        Prop.ForAll<NonNull<string>[]>(words => RoundTrips("Words", words.Select(w => w.Get).ToArray())).Check(config);
    }

    private static bool RoundTrips(string name, object value)
    {
        OptionDescription option = Option(name);
        object written = option.Writer(new SampleOptions(), value);
        object read = option.With(new SampleOptions(), option.ReadText(written));
        return value is string[] texts ? texts.SequenceEqual((string[])option.Read(read)!) : value.Equals(option.Read(read));
    }

    private static OptionDescription Option(string name) => SampleOptions.Descriptions.Single(option => option.Name == name);
}
