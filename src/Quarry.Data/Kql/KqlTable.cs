using Quarry.Data.Files;
using Quarry.Data.Files.Readers;
using Quarry.Kql.Symbols;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>A table that queries can read.</summary>
public sealed class KqlTable
{
    private readonly Lazy<RowSchema> _symbols;

    internal KqlTable(string name, TableSchema schema, long id)
    {
        Name = name;
        Schema = schema;
        Id = id;
        _symbols = new Lazy<RowSchema>(() => RowSchema.Of(Schema.Select(column => (column.Name, (ColumnType?)column.Type))));
    }

    /// <summary>The name; letter case counts.</summary>
    public string Name { get; }

    /// <summary>Names and types of the columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>The file or glob that every query reads it from; null where the rows are in the database.</summary>
    public string? Source { get; internal init; }

    /// <summary>The number of rows, where it is known.</summary>
    public long? RowCount { get; internal init; }

    /// <summary>The shipped schema that it was typed by, <c>Sentinel</c> or <c>Defender</c>; null where it was not.</summary>
    public string? KnownAs { get; internal init; }

    /// <summary>What there is to know of how it was read, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; internal init; } = [];

    /// <summary>Per column whether no value is null, where that is known.</summary>
    internal IReadOnlyList<bool> NeverNull { get; init; } = [];

    /// <summary>Its number in the database.</summary>
    internal long Id { get; }

    /// <summary>Its name in SQL; its columns there are c0, c1, … in the schema's order, since DuckDB does not tell letter case.</summary>
    internal string SqlName => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"t{Id}");

    /// <summary>The columns for the binder.</summary>
    internal RowSchema Symbols => _symbols.Value;

    /// <summary>How <see cref="Source"/> is read.</summary>
    internal InputOptions? Input { get; init; }

    /// <summary>The files and globs behind <see cref="Source"/>.</summary>
    internal IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>The name of the table in a file: the file's without its extensions, <c>Logs</c> for <c>data/Logs.json.gz</c>.</summary>
    public static string NameOf(string path)
    {
        string name = FileFormats.IsNamedCompressed(path) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);
        return Path.GetFileNameWithoutExtension(name);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Schema}";
}
