using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>The columns of a table of trees: the input's, then MSTICPy's, then Quarry's own.</summary>
internal static class TreeColumns
{
    public const string RenamedSuffix = "_input";
    public const string First = "EffectiveLogonId";

    /// <summary>The columns behind the input's.</summary>
    /// <param name="input">The schema of the events.</param>
    /// <param name="columns">Which column is what.</param>
    public static ColumnSchema[] Added(TableSchema input, ProcessColumns columns)
    {
        string id = input[columns[ProcessField.ProcessId]].Name;
        string parentId = input[columns[ProcessField.ParentId]].Name;
        string name = input[columns[ProcessField.ProcessName]].Name;
        return
        [
            new(First, ColumnType.String),
            new("new_process_lc", ColumnType.String),
            new("parent_proc_lc", ColumnType.String),
            new("source_index", ColumnType.String),
            new($"{id}_par", ColumnType.String),
            new("EffectiveLogonId_par", ColumnType.String),
            new("new_process_lc_par", ColumnType.String),
            new("source_index_par", ColumnType.Long),
            new($"{parentId}_par", ColumnType.String),
            new($"{name}_par", ColumnType.String),
            new("timestamp_orig_par", ColumnType.DateTime),
            new("proc_key", ColumnType.String),
            new("parent_key", ColumnType.String),
            new("IsRoot", ColumnType.Bool),
            new("IsLeaf", ColumnType.Bool),
            new("IsBranch", ColumnType.Bool),
            new("path", ColumnType.String),
            new("parent_index", ColumnType.String),
            new("Depth", ColumnType.Int),
            new("Descendants", ColumnType.Int),
            new("root_index", ColumnType.String),
            new("root_key", ColumnType.String),
            new("IsSynthetic", ColumnType.Bool),
            new("MatchedBy", ColumnType.String),
            new("Occurrences", ColumnType.Long),
            new("src_index", ColumnType.Long),
        ];
    }

    /// <summary>The schema of the result. A column of the input that has the name of one that is added gets the suffix <c>_input</c>.</summary>
    public static TableSchema Of(TableSchema input, ProcessColumns columns)
    {
        ColumnSchema[] added = Added(input, columns);
        HashSet<string> taken = [.. added.Select(c => c.Name), .. input.Select(c => c.Name)];
        HashSet<string> clashing = [.. added.Select(c => c.Name)];
        var renamed = new List<ColumnSchema>(input.Count);
        foreach (ColumnSchema column in input)
        {
            string name = column.Name;
            while (clashing.Contains(name) || (name != column.Name && taken.Contains(name)))
            {
                name += RenamedSuffix;
            }

            taken.Add(name);
            renamed.Add(column with { Name = name });
        }

        return new TableSchema([.. renamed, .. added]);
    }

    /// <summary>The input's part of a result's schema, with the names that the columns had in the input.</summary>
    public static TableSchema InputOf(TableSchema result)
    {
        HashSet<string> added = [.. result.Skip(Math.Max(0, result.IndexOf(First))).Select(c => c.Name)];
        return new TableSchema(result.Take(Math.Max(0, result.IndexOf(First))).Select(column => column with { Name = Original(column.Name, added) }));
    }

    private static string Original(string name, HashSet<string> added)
    {
        string bare = name;
        while (bare.EndsWith(RenamedSuffix, StringComparison.Ordinal))
        {
            bare = bare[..^RenamedSuffix.Length];
            if (added.Contains(bare))
            {
                return bare;
            }
        }

        return name;
    }
}
