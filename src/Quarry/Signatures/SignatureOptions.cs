using System.Text.RegularExpressions;
using Quarry.Catalogue;

namespace Quarry.Signatures;

/// <summary>Which columns make the signatures, by whose rules, and what is shown of them.</summary>
/// <exception cref="QuarryException">A property is set to a value that makes no sense; the message says what to give.</exception>
[AnalysisOptions]
public sealed partial record SignatureOptions
{
    /// <summary>The defaults.</summary>
    public static SignatureOptions Default { get; } = new();

    /// <summary>Columns to leave out, by name. Default: none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>
    /// Regular expressions of columns to leave out: one that matches at the start of a name does. Letter case counts; no
    /// lookaround and no backreferences. Default: none.
    /// </summary>
    /// <exception cref="QuarryException">A pattern is no regular expression, or needs what is not there.</exception>
    public IReadOnlyList<string> ExcludePattern
    {
        get;
        init
        {
            foreach (string pattern in value)
            {
                _ = NamePattern(pattern);
            }

            field = value;
        }
    } = [];

    /// <summary>
    /// Whether columns that tell no row from another are kept: never filled, or filled with one value in every row. Default: false.
    /// </summary>
    public bool KeepInvariant { get; init; }

    /// <summary>Whether columns that equal an earlier one in every row are kept. Default: false.</summary>
    public bool KeepDuplicates { get; init; }

    /// <summary>Whose rules the signatures follow. Default: exact.</summary>
    public SignatureMode Mode { get; init; } = SignatureMode.Exact;

    /// <summary>
    /// How many different values a feature may have in a signature for its values to count as identifying it. Default 1; 1 or more.
    /// </summary>
    public int Threshold { get; init => field = AtLeastOne(value, nameof(Threshold)); } = 1;

    /// <summary>What is shown. Default: the signatures.</summary>
    public SignatureView View { get; init; } = SignatureView.Signatures;

    /// <summary>The number of the one signature to show, as the list of signatures gives it, from 1. Default: none, all of them.</summary>
    public int? Signature
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new QuarryException($"Signature is {value}: signatures are numbered from 1, as the list of them shows.");
    }

    /// <summary>The column whose values are counted, within the signature that is shown or in the whole table. Default: none.</summary>
    public string? Feature { get; init; }

    /// <summary>How many values of a feature are shown singly, the most frequent first; the others are added up. Default 10; 1 or more.</summary>
    public int Top { get; init => field = AtLeastOne(value, nameof(Top)); } = 10;

    /// <summary>The first pattern that matches at the start of a column's name, or null. Linear in the name, whatever the pattern.</summary>
    internal static string? FirstMatch(IReadOnlyList<(string Pattern, Regex Compiled)> patterns, string name)
    {
        foreach ((string pattern, Regex compiled) in patterns)
        {
            if (compiled.IsMatch(name))
            {
                return pattern;
            }
        }

        return null;
    }

    /// <summary>The patterns of <see cref="ExcludePattern"/>, ready to match.</summary>
    internal IReadOnlyList<(string Pattern, Regex Compiled)> CompilePatterns() =>
        [.. ExcludePattern.Select(pattern => (pattern, NamePattern(pattern)))];

    private static Regex NamePattern(string pattern)
    {
        const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        try
        {
            _ = new Regex(pattern, Linear); // alone first: a bracket must not close the group it is put into
            return new Regex($@"\A(?:{pattern})", Linear);
        }
        catch (NotSupportedException e)
        {
            throw new QuarryException(
                $"The pattern '{pattern}' uses lookaround, backreferences or the like, which cannot be matched in linear time. Write it without.", e);
        }
        catch (ArgumentException e)
        {
            throw new QuarryException($"'{pattern}' is not a regular expression: {e.Message}", e);
        }
    }

    private static int AtLeastOne(int value, string name) => value >= 1
        ? value
        : throw new QuarryException($"{name} is {value}: give 1 or more.");
}
