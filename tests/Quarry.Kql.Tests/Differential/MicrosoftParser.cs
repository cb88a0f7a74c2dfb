using System.Diagnostics;
using System.Text.Json;

namespace Quarry.Kql.Tests.Differential;

/// <summary>
/// Microsoft's KQL language service in a Node process of its own, which the tests ask what it thinks of a query. It comes
/// from npm, locked by <c>reference/package-lock.json</c>. Without Node or npm the tests that need it are skipped and say so.
/// </summary>
public sealed class MicrosoftParser : IDisposable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly Process? _node;
    private readonly string _whyNot = "";

    public MicrosoftParser()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "reference");
        try
        {
            Install(folder);
            _node = Start("node", folder, "answer.js");
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            _whyNot = failure.Message;
        }
    }

    /// <summary>The answers to queries, in their order.</summary>
    internal IReadOnlyList<MicrosoftAnswer> Ask(IReadOnlyList<MicrosoftQuestion> questions)
    {
        Assert.SkipWhen(_node is null, $"Microsoft's language service is not here: {_whyNot}");

        // Both pipes are finite: somebody has to read while the other writes.
        Task writing = Task.Run(() =>
        {
            foreach (MicrosoftQuestion question in questions)
            {
                _node!.StandardInput.WriteLine(JsonSerializer.Serialize(question, Options));
            }

            _node!.StandardInput.Flush();
        });
        var answers = new List<MicrosoftAnswer>(questions.Count);
        while (answers.Count < questions.Count)
        {
            string line = _node!.StandardOutput.ReadLine() ?? throw new IOException("Node ended before it had answered.");
            answers.Add(JsonSerializer.Deserialize<MicrosoftAnswer>(line, Options)!);
        }

        writing.Wait();
        return answers;
    }

    public void Dispose()
    {
        if (_node is not null)
        {
            _node.StandardInput.Close();
            _node.WaitForExit();
            _node.Dispose();
        }
    }

    private static void Install(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            return;
        }

        using Process npm = OperatingSystem.IsWindows()
            ? Start("cmd", folder, "/c", "npm", "ci", "--no-audit", "--no-fund")
            : Start("npm", folder, "ci", "--no-audit", "--no-fund");
        npm.StandardInput.Close();
        Task<string> errors = npm.StandardError.ReadToEndAsync();
        npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci failed: {errors.Result}");
        }
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = program != "node",
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}

/// <summary>A query for Microsoft's language service.</summary>
/// <param name="Query">The text.</param>
/// <param name="Bind">Whether names and types are wanted too.</param>
/// <param name="Tables">Table by name, and in it type by column.</param>
internal sealed record MicrosoftQuestion(string Query, bool Bind = false, IReadOnlyDictionary<string, Dictionary<string, string>>? Tables = null);

/// <summary>What Microsoft's language service says.</summary>
/// <param name="Syntax">What is wrong with the grammar.</param>
/// <param name="Semantic">All errors; null if binding was not asked for.</param>
/// <param name="Columns">The result's columns as <c>name:type</c>; null if there is no table.</param>
/// <param name="Error">Why there is no answer.</param>
internal sealed record MicrosoftAnswer(
    IReadOnlyList<MicrosoftDiagnostic>? Syntax, IReadOnlyList<MicrosoftDiagnostic>? Semantic, IReadOnlyList<string>? Columns, string? Error);

/// <summary>An error that Microsoft's language service found.</summary>
internal sealed record MicrosoftDiagnostic(int Start, string Message, string Code);
