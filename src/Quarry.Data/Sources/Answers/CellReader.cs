using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>Reads the cells of one column of an answer into its builder, and only what is of the column's type.</summary>
internal abstract class CellReader
{
    /// <summary>The texts in which something stood for no character and was replaced.</summary>
    public long Replaced { get; protected set; }

    /// <summary>The decimals that had more digits than fit.</summary>
    public long Rounded { get; protected set; }

    /// <summary>A reader of a type.</summary>
    public static CellReader Of(ColumnType type, ColumnBuilder builder) => type switch
    {
        ColumnType.Bool => new BoolCells((ValueColumnBuilder<bool>)builder),
        ColumnType.Int => new IntCells((ValueColumnBuilder<int>)builder),
        ColumnType.Long => new LongCells((ValueColumnBuilder<long>)builder),
        ColumnType.Real => new RealCells((ValueColumnBuilder<double>)builder),
        ColumnType.Decimal => new DecimalCells((ValueColumnBuilder<decimal>)builder),
        ColumnType.DateTime => new DateTimeCells((ValueColumnBuilder<DateTime>)builder),
        ColumnType.TimeSpan => new TimeSpanCells((ValueColumnBuilder<TimeSpan>)builder),
        ColumnType.Guid => new GuidCells((ValueColumnBuilder<Guid>)builder),
        ColumnType.Dynamic => new DynamicCells((TextColumnBuilder)builder),
        _ => new StringCells((TextColumnBuilder)builder),
    };

    /// <summary>Takes the next value as a cell.</summary>
    /// <returns>Null; or, where the value is not of the column's type, what it is, as a message says it.</returns>
    public abstract string? Read(JsonCursor json);

    /// <summary>What a value is that should have been something else.</summary>
    protected static string Other(JsonCursor json)
    {
        const int Shown = 40;
        ReadOnlySpan<byte> value = json.TakeValue();
        string kind = value[0] switch
        {
            (byte)'"' => "the text ",
            (byte)'{' => "the object ",
            (byte)'[' => "the array ",
            _ => "",
        };
        return kind + System.Text.Encoding.UTF8.GetString(value[..Math.Min(Shown, value.Length)]) + (value.Length > Shown ? "…" : "");
    }
}
