using System.Numerics;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>
/// A column on its way through: each cell becomes the code of its value, and a bit that says whether it is filled. The
/// batches themselves are not held. Code 0 is a cell without a value.
/// </summary>
/// <param name="schema">The column.</param>
/// <param name="kind">What the values are.</param>
internal abstract class ColumnEncoder(ColumnSchema schema, ValueKind kind)
{
    /// <summary>The column.</summary>
    public ColumnSchema Schema { get; } = schema;

    /// <summary>What the values are.</summary>
    public ValueKind Kind { get; } = kind;

    /// <summary>The values.</summary>
    public ValueDictionary Values { get; } = new();

    /// <summary>The code of each row.</summary>
    public CodeColumn Codes { get; } = new();

    /// <summary>The number of rows that are filled.</summary>
    public long Filled { get; private set; }

    /// <summary>The number of rows without a value: in reference mode a blank is one.</summary>
    public long WithoutValue { get; private set; }

    /// <summary>Takes rows.</summary>
    /// <param name="column">The column of a batch.</param>
    /// <param name="first">The first row to take.</param>
    /// <param name="codes">Room for the codes of all rows to take.</param>
    /// <param name="presence">The bits of all rows to take, one for each that is filled; cleared before.</param>
    public void Encode(Column column, int first, Span<int> codes, Span<ulong> presence)
    {
        if (EncodeAtOnce(column, first, codes.Length, presence) is { } code)
        {
            Codes.AppendConstant(code, codes.Length);
            WithoutValue += code == 0 ? codes.Length : 0;
        }
        else
        {
            EncodeRows(column, first, codes, presence);
            Codes.Append(codes, Values.Count);
            WithoutValue += codes.Count(0);
        }

        foreach (ulong word in presence)
        {
            Filled += BitOperations.PopCount(word);
        }
    }

    /// <summary>The text of a code's value.</summary>
    public string Show(int code) => ValueKeys.Show(Values[code], Kind);

    /// <summary>Encodes rows.</summary>
    protected abstract void EncodeRows(Column column, int first, Span<int> codes, Span<ulong> presence);

    /// <summary>The code of all of the rows where that is plain without looking at each, else null.</summary>
    protected virtual int? EncodeAtOnce(Column column, int first, int count, Span<ulong> presence) => null;

    /// <summary>An encoder for a column of any type.</summary>
    public static ColumnEncoder Create(ColumnSchema schema, SignatureMode mode)
    {
        bool isReference = mode == SignatureMode.Reference;
        return schema.Type switch
        {
            ColumnType.String => new TextEncoder(schema, isReference),
            ColumnType.Dynamic => new DynamicEncoder(schema, isReference),
            ColumnType.Bool => new ValueEncoder<bool>(schema, isReference ? ValueKind.Number : ValueKind.Flag, ValueKeys.OfBool),
            ColumnType.Int => new ValueEncoder<int>(schema, ValueKind.Number, ValueKeys.OfInt),
            ColumnType.Long => new ValueEncoder<long>(schema, ValueKind.Number, ValueKeys.OfLong),
            ColumnType.Real => new ValueEncoder<double>(schema, ValueKind.Number, isReference ? ValueKeys.OfRealOrMissing : ValueKeys.OfReal),
            ColumnType.Decimal => new ValueEncoder<decimal>(schema, ValueKind.Number, ValueKeys.OfDecimal),
            ColumnType.Guid => new ValueEncoder<Guid>(schema, ValueKind.Text, ValueKeys.OfGuid),
            // A missing time is the text NaT to the reference, and so a value.
            ColumnType.DateTime => isReference
                ? new ValueEncoder<DateTime>(schema, ValueKind.Text, ValueKeys.OfPythonTime, "NaT")
                : new ValueEncoder<DateTime>(schema, ValueKind.Time, ValueKeys.OfTime),
            ColumnType.TimeSpan => isReference
                ? new ValueEncoder<TimeSpan>(schema, ValueKind.Text, ValueKeys.OfSpanText, "NaT")
                : new ValueEncoder<TimeSpan>(schema, ValueKind.Span, ValueKeys.OfSpan),
            _ => throw new ArgumentOutOfRangeException(nameof(schema), schema.Type, null),
        };
    }
}
