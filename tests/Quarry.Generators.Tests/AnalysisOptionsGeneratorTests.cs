using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quarry.Catalogue;

namespace Quarry.Generators.Tests;

public class AnalysisOptionsGeneratorTests
{
    private static readonly CSharpParseOptions Parsing =
        new(LanguageVersion.Preview, documentationMode: DocumentationMode.Diagnose);

    private string _source = "";

    [Fact]
    public void Describes_a_documented_record_and_complains_of_nothing()
    {
        GeneratorRunResult result = Run("""
            /// <summary>Limits.</summary>
            [AnalysisOptions]
            public sealed partial record Limits
            {
                /// <summary>The deepest layer.</summary>
                public int MaxDepth { get; init; } = 3;
            }
            """);

        string source = result.GeneratedSources.ShouldHaveSingleItem().SourceText.ToString();
        source.ShouldContain("CommandName = \"--max-depth\"");
        source.ShouldContain("Summary = \"The deepest layer.\"");
        result.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void Writes_source_that_compiles_without_a_warning()
    {
        Compilation input = Compile("""
            namespace Deep.Inside
            {
                /// <summary>A level.</summary>
                public enum Level
                {
                    /// <summary>Little "quoted" \ and
                    /// over two lines.</summary>
                    Low,
                }

                /// <summary>Limits.</summary>
                [AnalysisOptions]
                public sealed partial record Limits
                {
                    /// <summary>The deepest layer.</summary>
                    [System.Obsolete]
                    public int? MaxDepth { get; init; } = 3;

                    /// <summary>How much.</summary>
                    [ByteSize]
                    public int? Size { get; init; }

                    /// <summary>How long.</summary>
                    public System.TimeSpan Time { get; init; }

                    /// <summary>How high.</summary>
                    public Level? Level { get; init; }
                }
            }
            """);

        CSharpGeneratorDriver.Create([new AnalysisOptionsGenerator().AsSourceGenerator()], parseOptions: Parsing)
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);

        output.SyntaxTrees.Count().ShouldBe(2);
        output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/// <remarks>No summary.</remarks>")]
    [InlineData("/// <summary>  </summary>")]
    [InlineData("/// <summary>Not closed.")]
    [InlineData("/// <inheritdoc/>")]
    [InlineData("// <summary>A plain comment.</summary>")]
    public void Refuses_a_property_without_documentation(string comment)
    {
        GeneratorRunResult result = Run($$"""
            [AnalysisOptions]
            public sealed partial record Limits
            {
                {{comment}}
                public int MaxDepth { get; init; }
            }
            """);

        Diagnostic complaint = result.Diagnostics.ShouldHaveSingleItem();
        complaint.Id.ShouldBe("QRY001");
        complaint.Severity.ShouldBe(DiagnosticSeverity.Error);
        complaint.GetMessage(CultureInfo.InvariantCulture).ShouldContain("'Limits.MaxDepth'");
        TextAt(complaint).ShouldBe("MaxDepth");
        result.GeneratedSources.ShouldBeEmpty();
    }

    [Fact]
    public void Refuses_a_choice_without_documentation()
    {
        GeneratorRunResult result = Run("""
            public enum Level { Low }

            [AnalysisOptions]
            public sealed partial record Limits
            {
                /// <summary>The level.</summary>
                public Level Level { get; init; }
            }
            """);

        Diagnostic complaint = result.Diagnostics.ShouldHaveSingleItem();
        complaint.Id.ShouldBe("QRY001");
        TextAt(complaint).ShouldBe("Low");
    }

    [Theory]
    [InlineData("System.Uri")]
    [InlineData("float")]
    [InlineData("uint")]
    [InlineData("object")]
    [InlineData("System.DayOfWeek")]
    [InlineData("Some")]
    [InlineData("int[]")]
    [InlineData("System.Collections.Generic.List<string>")]
    [InlineData("System.Collections.Generic.IReadOnlyList<int>")]
    [InlineData("System.Collections.Generic.IReadOnlyDictionary<string, string>")]
    [InlineData("System.Collections.Immutable.ImmutableArray<string>?")]
    public void Refuses_a_type_that_cannot_be_given_as_text(string type)
    {
        GeneratorRunResult result = Run($$"""
            [System.Flags]
            public enum Some { None }

            [AnalysisOptions]
            public sealed partial record Limits
            {
                /// <summary>The limit.</summary>
                public {{type}} Limit { get; init; }
            }
            """);

        Diagnostic complaint = result.Diagnostics.ShouldHaveSingleItem();
        complaint.Id.ShouldBe("QRY002");
        TextAt(complaint).ShouldBe("Limit");
        result.GeneratedSources.ShouldBeEmpty();
    }

    [Fact]
    public void Refuses_a_size_that_is_no_whole_number()
    {
        GeneratorRunResult result = Run("""
            [AnalysisOptions]
            public sealed partial record Limits
            {
                /// <summary>The limit.</summary>
                [ByteSize]
                public double Limit { get; init; }
            }
            """);

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("QRY002");
    }

    [Theory]
    [InlineData("public sealed record Limits;")]
    [InlineData("public sealed partial class Limits { }")]
    [InlineData("public sealed partial record Limits<T>;")]
    [InlineData("public abstract partial record Limits;")]
    [InlineData("public sealed partial record Limits(int Depth);")]
    public void Refuses_a_record_that_cannot_be_extended(string declaration)
    {
        GeneratorRunResult result = Run($"[AnalysisOptions] {declaration}");

        Diagnostic complaint = result.Diagnostics.ShouldHaveSingleItem();
        complaint.Id.ShouldBe("QRY003");
        TextAt(complaint).ShouldBe("Limits");
        result.GeneratedSources.ShouldBeEmpty();
    }

    [Fact]
    public void Refuses_a_record_inside_another_type()
    {
        GeneratorRunResult result = Run("public partial class Outer { [AnalysisOptions] public sealed partial record Limits; }");

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("QRY003");
    }

    [Fact]
    public void Passes_over_what_is_no_option()
    {
        GeneratorRunResult result = Run("""
            [AnalysisOptions]
            public sealed partial record Limits
            {
                [LibraryOnly]
                public System.TimeProvider Clock { get; init; } = System.TimeProvider.System;
                public static object Shared { get; set; } = 1;
                public int Computed => 1;
                public int ReadOnly { get; }
                internal object Hidden { get; init; } = 1;
                public object Guarded { get; private init; } = 1;
            }
            """);

        result.Diagnostics.ShouldBeEmpty();
        result.GeneratedSources.ShouldHaveSingleItem().SourceText.ToString().ShouldNotContain("Name = ");
    }

    [Fact]
    public void Reports_everything_that_is_wrong_at_once()
    {
        GeneratorRunResult result = Run("""
            [AnalysisOptions]
            public sealed partial record Limits
            {
                public object Limit { get; init; } = 1;
                public int Depth { get; init; }
            }
            """);

        result.Diagnostics.Select(d => d.Id).Order().ShouldBe(["QRY001", "QRY001", "QRY002"]);
    }

    [Fact]
    public void Does_nothing_again_when_other_source_changes()
    {
        Compilation input = Compile("""
            [AnalysisOptions]
            public sealed partial record Limits
            {
                /// <summary>The deepest layer.</summary>
                public int MaxDepth { get; init; } = 3;
            }
            """);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new AnalysisOptionsGenerator().AsSourceGenerator()],
            parseOptions: Parsing,
            driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));

        driver = driver.RunGenerators(input);
        driver = driver.RunGenerators(input.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other { }", Parsing)));

        driver.GetRunResult().Results.Single().TrackedOutputSteps
            .SelectMany(step => step.Value)
            .SelectMany(run => run.Outputs)
            .ShouldAllBe(output => output.Reason == IncrementalStepRunReason.Cached);
    }

    private GeneratorRunResult Run(string source) =>
        CSharpGeneratorDriver.Create([new AnalysisOptionsGenerator().AsSourceGenerator()], parseOptions: Parsing)
            .RunGenerators(Compile(source))
            .GetRunResult()
            .Results
            .Single();

    private CSharpCompilation Compile(string source)
    {
        _source = "using Quarry.Catalogue;\n\n" + source;
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<string> assemblies = platform.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll"
                or "System.Linq.dll" or "System.Collections.dll" or "System.Collections.Immutable.dll" or "System.Private.Uri.dll")
            .Append(typeof(AnalysisOptionsAttribute).Assembly.Location);
        return CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(_source, Parsing, path: "Sample.cs")],
            assemblies.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private string TextAt(Diagnostic complaint)
    {
        complaint.Location.GetLineSpan().Path.ShouldBe("Sample.cs");
        return _source.Substring(complaint.Location.SourceSpan.Start, complaint.Location.SourceSpan.Length);
    }
}
