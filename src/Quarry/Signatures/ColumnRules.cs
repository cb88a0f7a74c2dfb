using System.Runtime.InteropServices;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>Which columns make the signatures, and why the others do not.</summary>
internal static class ColumnRules
{
    /// <summary>What <see cref="Invariance"/> says of a column without a filled cell.</summary>
    public const string NeverFilled = "never filled";

    /// <summary>The columns that the options leave, by position; the others go to <paramref name="dropped"/>.</summary>
    public static int[] Choose(TableSchema schema, IEnumerable<int> ordinals, SignatureOptions options, List<DroppedColumn> dropped)
    {
        var excluded = options.Exclude.ToHashSet(StringComparer.Ordinal);
        var patterns = options.CompilePatterns();
        var chosen = new List<int>();
        foreach (int ordinal in ordinals)
        {
            string name = schema[ordinal].Name;
            if (excluded.Contains(name))
            {
                dropped.Add(new DroppedColumn(name, DropReason.Named, "excluded by name"));
            }
            else if (SignatureOptions.FirstMatch(patterns, name) is { } pattern)
            {
                dropped.Add(new DroppedColumn(name, DropReason.Pattern, $"matches {pattern}"));
            }
            else
            {
                chosen.Add(ordinal);
            }
        }

        return [.. chosen];
    }

    /// <summary>What a column holds that makes it tell no row from another; null for one that does tell rows apart.</summary>
    /// <remarks>
    /// The reference drops whatever has one value at most. In exact mode a column that is constant where it is filled is kept if
    /// there are rows in which it is not filled.
    /// </remarks>
    public static string? Invariance(ColumnEncoder column, int rows, SignatureMode mode)
    {
        if (column.Values.Count > 1 || (mode == SignatureMode.Exact && column.Filled > 0 && column.Filled < rows))
        {
            return null;
        }

        string value = column.Values.Count == 0 ? "" : column.Show(1);
        return column.Filled == 0 ? NeverFilled
            : column.Filled < rows ? $"one value where filled: {Cut(value)}"
            : OneValue(value);
    }

    /// <summary>What <see cref="Invariance"/> says of a column with one value in every row.</summary>
    public static string OneValue(string value) => $"one value in every row: {Cut(value)}";

    /// <summary>Whether a column holds the empty text in every row.</summary>
    public static bool IsWhollyEmptyText(ColumnEncoder column) => column.Values.Count == 1 && column.WithoutValue == 0 && column.Values[1].IsEmpty;

    /// <summary>For each column the earlier one that it equals in every row, or -1.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="candidates">Which of them to compare, rising.</param>
    public static int[] FindDuplicates(IReadOnlyList<ColumnEncoder> columns, IReadOnlyList<int> candidates)
    {
        int[] originals = new int[columns.Count];
        Array.Fill(originals, -1);
        int[] room = new int[CodeColumn.ChunkRows];
        int[] otherRoom = new int[CodeColumn.ChunkRows];
        // Columns without any value are equal whatever their type.
        var alike = candidates.GroupBy(i => (columns[i].Values.Count == 0 ? ValueKind.Text : columns[i].Kind, columns[i].Values.Count, columns[i].Filled, columns[i].WithoutValue));
        foreach (IGrouping<(ValueKind, int, long, long), int> group in alike.Where(g => g.Skip(1).Any()))
        {
            // Codes are given in order of appearance: equal columns have equal codes, and equal values under them.
            var first = new Dictionary<(uint, uint), List<int>>();
            foreach (int column in group)
            {
                ref List<int>? ofHash = ref CollectionsMarshal.GetValueRefOrAddDefault(first, Hash(columns[column], room), out _);
                ofHash ??= [];
                int original = ofHash.FindIndex(o => Same(columns[o], columns[column], room, otherRoom));
                if (original < 0)
                {
                    ofHash.Add(column);
                }
                else
                {
                    originals[column] = ofHash[original];
                }
            }
        }

        return originals;
    }

    private static string Cut(string text)
    {
        const int Longest = 60;
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
    }

    private static (uint Codes, uint Values) Hash(ColumnEncoder column, Span<int> room)
    {
        uint codes = 0;
        for (int i = 0; i < column.Codes.ChunkCount; i++)
        {
            codes = (codes * 31) + (column.Codes.IsConstant(i, out int code)
                ? (uint)code
                : ValueDictionary.Hash(MemoryMarshal.AsBytes(column.Codes.ReadChunk(i, room))));
        }

        uint values = 0;
        for (int code = 1; code <= column.Values.Count; code++)
        {
            values = (values * 31) + ValueDictionary.Hash(column.Values[code]);
        }

        return (codes, values);
    }

    private static bool Same(ColumnEncoder column, ColumnEncoder other, Span<int> room, Span<int> otherRoom)
    {
        if (!column.Values.SameAs(other.Values))
        {
            return false;
        }

        for (int i = 0; i < column.Codes.ChunkCount; i++)
        {
            bool isConstant = column.Codes.IsConstant(i, out int code);
            bool isSame = other.Codes.IsConstant(i, out int otherCode) == isConstant && (isConstant
                ? code == otherCode
                : column.Codes.ReadChunk(i, room).SequenceEqual(other.Codes.ReadChunk(i, otherRoom)));
            if (!isSame)
            {
                return false;
            }
        }

        return true;
    }
}
