using Quarry.Data.Configuration;

namespace Quarry.Cli.Prompts;

/// <summary>Asks a person for what a configuration needs. An empty answer leaves the thing out, or takes what stands in brackets.</summary>
internal sealed class ConfigurationQuestions(TextReader answers, TextWriter questions)
{
    /// <summary>Asks.</summary>
    /// <exception cref="QuarryException">The answers end too early.</exception>
    public ConfigurationDraft Ask()
    {
        questions.WriteLine("An empty answer leaves a thing out, or takes what stands in brackets. No secrets are asked for.");
        var draft = new ConfigurationDraft { WorkspaceId = Id("Id of the Sentinel workspace") };
        if (draft.WorkspaceId is not null)
        {
            draft = draft with
            {
                Name = Text("Its name in the file [Default]") ?? "Default",
                TenantId = Text("Its tenant: id or domain"),
                WorkspaceName = Text("Its name in Azure"),
            };
        }

        draft = draft with { Cloud = Text("Cloud: global, usgov, dod or cn [global]") ?? "global" };
        string? methods = Text("Ways to sign in, with commas [env, cli, msi, devicecode]");
        draft = draft with
        {
            AuthMethods = methods?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            KustoCluster = Text("Address of a cluster of Azure Data Explorer"),
        };
        return draft with
        {
            KustoDatabase = draft.KustoCluster is null ? null : Text("Its database"),
            QueryFolders = Text("Folder with your own query definitions") is { } folder ? [folder] : [],
            DataFolders = Text("Folder with data files") is { } data ? [data] : [],
        };
    }

    private string? Id(string question)
    {
        while (Text(question) is { } answer)
        {
            if (Guid.TryParse(answer, out _))
            {
                return answer;
            }

            questions.WriteLine("That is no id: an id is 32 hexadecimal digits, as on the workspace's page in Azure's portal.");
        }

        return null;
    }

    private string? Text(string question)
    {
        questions.Write($"{question}: ");
        questions.Flush();
        string answer = answers.ReadLine() ?? throw new QuarryException("The answers ended too early. Nothing was written.");
        return answer.Trim() is { Length: > 0 } text ? text : null;
    }
}
