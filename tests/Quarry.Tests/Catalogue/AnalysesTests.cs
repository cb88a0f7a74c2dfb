using Quarry.Catalogue;

namespace Quarry.Tests.Catalogue;

public class AnalysesTests
{
    [Fact]
    public void Names_differ()
    {
        Analyses.All.Select(analysis => analysis.Name).ShouldBeUnique();
    }

    [Fact]
    public void Every_analysis_says_what_the_faces_need()
    {
        foreach (Analysis analysis in Analyses.All)
        {
            analysis.Summary.ShouldEndWith(".", customMessage: analysis.Name);
            analysis.Examples.ShouldNotBeEmpty(analysis.Name);
            analysis.Examples.ShouldAllBe(example => example.Command.StartsWith($"quarry {analysis.Name} "));
            analysis.Output.Select(column => column.Name).ShouldBeUnique(analysis.Name);
            analysis.Options.Select(option => option.CommandName).ShouldBeUnique(analysis.Name);
            foreach (OptionDescription option in analysis.Options.Where(option => option.DefaultValue is not null))
            {
                object same = option.With(analysis.DefaultOptions, option.DefaultText);
                option.ReadText(same).ShouldBe(option.DefaultText, $"{analysis.Name} {option.Name}");
            }
        }
    }

    [Fact]
    public void Refuses_a_name_that_is_not_there()
    {
        Should.Throw<QuarryException>(() => Analyses.Named("nothing")).Message.ShouldStartWith("There is no analysis nothing.");
    }
}
