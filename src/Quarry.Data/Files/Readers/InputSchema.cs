using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>The columns of several files as one table.</summary>
internal static class InputSchema
{
    /// <summary>
    /// The columns of all plans by name, in the order in which they come first; behind them the overflow column, where
    /// something can still turn up that has no place.
    /// </summary>
    /// <param name="plans">The files.</param>
    /// <param name="options">Which columns, and whether they are typed.</param>
    /// <param name="overflow">The position of the overflow column, or -1.</param>
    /// <exception cref="UnknownColumnException">A column asked for is in no file.</exception>
    public static TableSchema Of(IReadOnlyList<FilePlan> plans, InputOptions options, out int overflow)
    {
        var names = new List<string>();
        var guesses = new Dictionary<string, ColumnGuess>(StringComparer.Ordinal);
        var given = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        foreach (FilePlan plan in plans)
        {
            for (int i = 0; i < plan.Columns.Count; i++)
            {
                if (!guesses.TryGetValue(plan.Columns[i], out ColumnGuess? guess))
                {
                    guesses.Add(plan.Columns[i], guess = new ColumnGuess());
                    names.Add(plan.Columns[i]);
                }

                if (plan.Types is null)
                {
                    guess.Add(plan.Guesses[i]);
                }
            }
        }

        foreach (string name in options.KnownColumns)
        {
            if (guesses.TryAdd(name, new ColumnGuess()))
            {
                names.Add(name);
                given.Add(name, options.KnownTypes.GetValueOrDefault(name, ColumnType.String));
            }
        }

        bool isTyped = options.Typing == ValueTyping.Inferred;
        foreach (FilePlan plan in plans)
        {
            for (int i = 0; i < plan.Columns.Count; i++)
            {
                string name = plan.Columns[i];
                ColumnType type = plan.Types?[i]
                    ?? (options.KnownTypes.TryGetValue(name, out ColumnType known) ? known : isTyped ? guesses[name].Type : ColumnType.String);
                given[name] = given.TryGetValue(name, out ColumnType other) ? Common(type, other) : type;
            }
        }

        List<ColumnSchema> columns = [.. names.Select(n => new ColumnSchema(n, given[n]))];
        string? overflowName = CanOverflow(plans, isTyped) ? OverflowName(guesses) : null;
        if (options.Columns.Count > 0)
        {
            CheckColumns(plans, options.Columns, overflowName is null ? names : [.. names, overflowName]);
            var wanted = new HashSet<string>(options.Columns, StringComparer.Ordinal);
            columns.RemoveAll(c => !wanted.Contains(c.Name));

            // Keys of no column were not asked for; values that do not fit a column asked for were.
            bool canMisfit = columns.Any(c => c.Type != ColumnType.String);
            overflowName = overflowName is not null && (wanted.Contains(overflowName) || canMisfit) ? overflowName : null;
        }

        overflow = -1;
        if (overflowName is not null)
        {
            overflow = columns.Count;
            columns.Add(new ColumnSchema(overflowName, ColumnType.Dynamic));
        }

        return new TableSchema(columns);
    }

    // A type in which nothing of either is lost.
    private static ColumnType Common(ColumnType a, ColumnType b) => a == b ? a
        : (a, b) is (ColumnType.Int, ColumnType.Long) or (ColumnType.Long, ColumnType.Int) ? ColumnType.Long
        : ColumnType.String;

    private static bool CanOverflow(IReadOnlyList<FilePlan> plans, bool isTyped) =>
        plans.Any(p => !p.IsWhole && (p.Format is FileFormat.Json or FileFormat.Jsonl || (isTyped && p.Format is FileFormat.Csv or FileFormat.Tsv)));

    private static string OverflowName(Dictionary<string, ColumnGuess> taken)
    {
        string name = InputOptions.OverflowColumn;
        for (int i = 2; taken.ContainsKey(name); i++)
        {
            name = $"{InputOptions.OverflowColumn}_{i}";
        }

        return name;
    }

    private static void CheckColumns(IReadOnlyList<FilePlan> plans, IReadOnlyList<string> wanted, List<string> there)
    {
        foreach (string name in wanted)
        {
            if (there.Contains(name, StringComparer.Ordinal))
            {
                continue;
            }

            if (there.Count == 0 && plans.Count > 0)
            {
                string nothing = plans.All(p => p.Source.IsEmpty) ? "empty" : "without any column that could be read (is the format right? --input-format forces it)";
                string which = plans.Count == 1 ? $"{plans[0].Source.Name} is {nothing}" : $"the files are {nothing}";
                throw new QuarryException($"There is no column '{name}': {which}.");
            }

            throw new UnknownColumnException(name, there);
        }
    }
}
