using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Which column of a table holds which field.</summary>
internal sealed class ProcessColumns
{
    private const string Advice = "Or name the columns: --process-name, --process-id, --parent-id, --time, and what else there is.";

    private static readonly int Fields = Enum.GetValues<ProcessField>().Length;

    private readonly int[] _ordinals = new int[Fields];

    private ProcessColumns(ProcessSchema schema) => Schema = schema;

    /// <summary>The schema; of no name where every column was named by hand.</summary>
    public ProcessSchema Schema { get; }

    /// <summary>The position of the column of the id in rows that end a process, or -1.</summary>
    public int EndId { get; private init; } = -1;

    /// <summary>The position of a field's column, or -1.</summary>
    public int this[ProcessField field] => _ordinals[(int)field];

    /// <summary>Whether a field has a column.</summary>
    public bool Has(ProcessField field) => _ordinals[(int)field] >= 0;

    /// <summary>Finds the columns of a table: by the schema that is asked for or recognised, and as they are named.</summary>
    /// <exception cref="UnknownColumnException">A column that was named is not there.</exception>
    /// <exception cref="QuarryException">No schema fits, or a field that is needed has no column.</exception>
    public static ProcessColumns Of(TableSchema table, ProcessTreeOptions options)
    {
        (ProcessField Field, string Column)[] named = [.. options.Named()];
        ProcessSchema schema = options.Schema is { } kind ? ProcessSchemas.Of(kind) : Recognise(table, [.. named.Select(n => n.Field)]);
        bool namesTime = named.Any(n => n.Field == ProcessField.Time);
        var columns = new ProcessColumns(schema)
        {
            EndId = schema.EndIdColumn is { } endId ? ProcessSchemas.Find(table, [endId]) : -1,
        };
        for (int i = 0; i < Fields; i++)
        {
            bool isReplaced = namesTime && i == (int)ProcessField.StartTime;
            columns._ordinals[i] = !isReplaced && schema.Columns.TryGetValue((ProcessField)i, out string[]? names) ? ProcessSchemas.Find(table, names) : -1;
        }

        foreach ((ProcessField field, string column) in named)
        {
            columns._ordinals[(int)field] = ProcessSchemas.Find(table, [column]) is >= 0 and int found ? found : table.Require(column);
        }

        Check(columns, table);
        return columns;
    }

    private static void Check(ProcessColumns columns, TableSchema table)
    {
        if (ProcessSchema.Required.Any(field => !columns.Has(field)))
        {
            throw new QuarryException(Missing(columns.Schema, table) + " " + Advice);
        }

        if (columns[ProcessField.ProcessId] == columns[ProcessField.ParentId])
        {
            throw new QuarryException(
                $"Column '{table[columns[ProcessField.ProcessId]].Name}' cannot hold both the process id and the parent's. Name two columns with --process-id and --parent-id.");
        }
    }

    // Where all that is needed was named, a schema would only add columns that mean something else there.
    private static ProcessSchema Recognise(TableSchema table, ProcessField[] named)
    {
        if (ProcessSchema.Required.All(named.Contains))
        {
            return new ProcessSchema { Name = "", Columns = new Dictionary<ProcessField, string[]>() };
        }

        if (ProcessSchemas.Recognise(table, named) is { } schema)
        {
            return schema;
        }

        string needs = string.Join(" ", ProcessSchemas.All.Select(schema => Missing(schema, table)));
        throw new QuarryException($"No schema of process events fits the columns. {needs} {Advice}");
    }

    private static string Missing(ProcessSchema schema, TableSchema table)
    {
        IEnumerable<string> missing = ProcessSchema.Required
            .Select(field => schema.Columns.GetValueOrDefault(field, [$"({field})"]))
            .Where(names => ProcessSchemas.Find(table, names) < 0)
            .Select(names => string.Join(" or ", names));
        return $"{schema.Name} misses {string.Join(", ", missing)}.";
    }
}
