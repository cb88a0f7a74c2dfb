using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Tests.Catalogue;

public class AnalysisTests
{
    private static readonly Analysis Sample = SampleAnalysis.Named("sample", "Gives back its input.");

    [Theory]
    [InlineData("MaxDepth")]
    [InlineData("--max-depth")]
    [InlineData("max_depth")]
    public void Knows_an_option_by_its_name_in_any_face(string name)
    {
        Sample.Option(name).Name.ShouldBe("MaxDepth");
    }

    [Theory]
    [InlineData("--max-dpth", "sample has no option --max-dpth. Did you mean --max-depth? Its options are --is-on, --max-depth,")]
    [InlineData("max_dpth", "sample has no option max_dpth. Did you mean max_depth? Its options are is_on, max_depth,")]
    [InlineData("zzzzzzz", "sample has no option zzzzzzz. Its options are is_on,")]
    public void Names_the_nearest_option_as_it_was_asked_for(string name, string message)
    {
        Should.Throw<QuarryException>(() => Sample.Option(name)).Message.ShouldStartWith(message);
    }

    [Fact]
    public void Runs_with_the_options_it_was_given()
    {
        SampleOptions? seen = null;
        Analysis analysis = new Analysis<SampleOptions>
        {
            Name = "sample",
            Summary = "Remembers its options.",
            Shape = AnalysisShape.RowWise,
            Output = [],
            Function = (input, options, _) =>
            {
                seen = options;
                return input;
            },
        };
        object options = analysis.Option("max_depth").With(analysis.DefaultOptions, "5");
        using var input = new TableStream(new TableSchema(), []);

        using TableStream output = analysis.Run(input, options, AnalysisContext.Default);

        seen.ShouldNotBeNull().MaxDepth.ShouldBe(5);
        output.ShouldBeSameAs(input);
    }

    [Fact]
    public void Refuses_the_options_of_another_analysis()
    {
        using var input = new TableStream(new TableSchema(), []);

        var error = Should.Throw<ArgumentException>(() => Sample.Run(input, "options", AnalysisContext.Default));

        error.Message.ShouldStartWith("sample takes SampleOptions, not String.");
    }
}
