using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>
/// The signatures of a table's rows: which columns are filled in which rows, and what that tells. It holds the table encoded (each
/// value of a column once, one to four bytes a cell), so that everything is answered exactly, and without the table.
/// </summary>
public sealed class DataSignatures
{
    private readonly SignatureOptions _options;
    private readonly IColumnValues[] _columns; // a column that was dropped as a duplicate has the earlier one's values
    private readonly Dictionary<string, int> _ordinals; // of the columns above, by name
    private readonly int[] _features; // positions among the columns above; the reference has one twice
    private readonly PatternTable _patterns;
    private readonly int[] _patternOf; // by signature
    private readonly SignatureRows? _rows; // null where the rows are elsewhere

    internal DataSignatures(TableEncoder table, IReadOnlyList<DroppedColumn> excluded, SignatureOptions options)
    {
        _options = options;
        RowCount = table.Rows;
        var dropped = new List<DroppedColumn>(excluded);
        _features = ChooseFeatures(table, dropped, out int[] originals);
        _ordinals = Enumerable.Range(0, table.Columns.Count).ToDictionary(i => table.Columns[i].Schema.Name, StringComparer.Ordinal);
        Features = [.. _features.Select(i => table.Columns[i].Schema.Name)];
        Dropped = dropped;

        (_patterns, int[] rowPatterns) = MergePatterns(table);
        (_patternOf, int[] numbers, long[] counts, int[] firstRows) = Rank(rowPatterns, _patterns.Count, options.Mode);
        SignatureRows rows = SortRows(rowPatterns, numbers, counts);
        _rows = rows;
        Signatures = [.. _patternOf.Select((pattern, i) => new RowSignature(this, i, counts[pattern], firstRows[pattern]))];

        var columns = new EncodedColumn?[table.Columns.Count];
        Parallel.For(0, columns.Length, table.Parallelism, i => columns[i] = originals[i] < 0 ? new EncodedColumn(table.Columns[i], rowPatterns, rows) : null);
        _columns = [.. columns.Select((column, i) => column ?? columns[originals[i]]!)];
    }

    /// <summary>The signatures of rows that are elsewhere, from what was counted there.</summary>
    /// <param name="options">Exact mode.</param>
    /// <param name="columns">The values of the columns that were not excluded.</param>
    /// <param name="features">The positions among these of those that make the signatures.</param>
    /// <param name="dropped">The other columns.</param>
    /// <param name="patterns">Patterns over <paramref name="columns"/>, that of the first signature first.</param>
    /// <param name="counts">The rows of each.</param>
    internal DataSignatures(
        SignatureOptions options, IColumnValues[] columns, int[] features, IReadOnlyList<DroppedColumn> dropped, PatternTable patterns, long[] counts)
    {
        _options = options;
        _columns = columns;
        _features = features;
        _patterns = patterns;
        _patternOf = [.. Enumerable.Range(0, patterns.Count)];
        _ordinals = Enumerable.Range(0, columns.Length).ToDictionary(i => columns[i].Schema.Name, StringComparer.Ordinal);
        RowCount = counts.Sum();
        Features = [.. features.Select(i => columns[i].Schema.Name)];
        Dropped = dropped;
        Signatures = [.. counts.Select((count, i) => new RowSignature(this, i, count, null))];
    }

    /// <summary>The number of rows.</summary>
    public long RowCount { get; }

    /// <summary>Whose rules were followed.</summary>
    public SignatureMode Mode => _options.Mode;

    /// <summary>The columns that make the signatures, in the table's order. In reference mode one may stand twice.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The other columns, and why: those excluded first, then in the table's order.</summary>
    public IReadOnlyList<DroppedColumn> Dropped { get; }

    /// <summary>
    /// The signatures: the most frequent first, of those with equally many rows the one that comes first in the table. In reference
    /// mode in the order in which they come in the table.
    /// </summary>
    public IReadOnlyList<RowSignature> Signatures { get; }

    /// <summary>The signature of a number, from 1.</summary>
    /// <exception cref="QuarryException">There is none.</exception>
    public RowSignature this[int number] => number >= 1 && number <= Signatures.Count
        ? Signatures[number - 1]
        : throw new QuarryException(Signatures.Count == 0
            ? $"There is no signature {number}: the table has no rows."
            : $"There is no signature {number}: there are {Signatures.Count:N0}, numbered from 1. Without --signature they are listed.");

    /// <summary>The positions in the table of a signature's rows, rising.</summary>
    public ReadOnlySpan<int> RowsOf(RowSignature signature) =>
        (_rows ?? throw new InvalidOperationException("The rows are elsewhere: only what was counted of them is here."))[signature.Index];

    /// <summary>All about a signature.</summary>
    public SignatureDetail Detail(RowSignature signature)
    {
        var distinct = new List<int>();
        var always = new List<FeatureValue>();
        for (int i = 0; i < _features.Length; i++)
        {
            if (!signature.IsPresent(i))
            {
                continue;
            }

            IColumnValues column = _columns[_features[i]];
            distinct.Add(column.Distinct(signature.Index));
            if (distinct[^1] == 1)
            {
                always.Add(ValueOf(i, column.Tally(signature.Index, 1)![0]));
            }
        }

        return new SignatureDetail(signature, distinct, always, [.. Unique(signature).Select(u => u.Value)]);
    }

    /// <summary>
    /// The values that identify each signature, in the order of the signatures and of the features: see <see cref="SignatureDetail.Unique"/>.
    /// </summary>
    public IEnumerable<(RowSignature Signature, FeatureValue Value)> Unique() =>
        Signatures.SelectMany(s => Unique(s).Select(u => (s, u.Value)));

    /// <summary>How many signatures each value of <see cref="Unique()"/> is listed for, in order of first appearance there.</summary>
    public IReadOnlyList<ListedValue> CountListed()
    {
        var counts = new OrderedDictionary<(int, int), int>();
        foreach ((int feature, int code, _) in Signatures.SelectMany(Unique))
        {
            counts[(feature, code)] = counts.GetValueOrDefault((feature, code)) + 1;
        }

        return [.. counts.Select(c => new ListedValue(Features[c.Key.Item1], _columns[_features[c.Key.Item1]].Show(c.Key.Item2), c.Value))];
    }

    /// <summary>The values of a column within a signature, in order of first appearance, each with its rows.</summary>
    /// <exception cref="QuarryException">The column was excluded.</exception>
    /// <exception cref="UnknownColumnException">There is no such column.</exception>
    public IReadOnlyList<ValueCount> Values(RowSignature signature, string feature)
    {
        IColumnValues column = Column(feature);
        (int Code, long Count)[] filling = [.. column.Tally(signature.Index, int.MaxValue)!.Where(t => t.Code != 0 && column.IsFilling(t.Code))];
        long filled = filling.Sum(t => t.Count);
        return [.. filling.Select(t => new ValueCount(column.Show(t.Code), t.Count, (double)t.Count / filled))];
    }

    /// <summary>How the values of a column are distributed.</summary>
    /// <param name="feature">The column; it may have been dropped as invariant or duplicate.</param>
    /// <param name="signature">Within which signature; null for the whole table.</param>
    /// <param name="top">How many values to list.</param>
    /// <exception cref="QuarryException">The column was excluded.</exception>
    /// <exception cref="UnknownColumnException">There is no such column.</exception>
    public FeatureDistribution Distribution(string feature, RowSignature? signature = null, int top = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        IColumnValues column = Column(feature);
        (long rows, int values, IReadOnlyList<(int Code, long Count)> most) = column.Distribution(signature?.Index, top);
        return new FeatureDistribution(
            feature, signature, rows, values, [.. most.Select(v => new ValueCount(column.Show(v.Code), v.Count, (double)v.Count / rows))]);
    }

    /// <summary>The signatures by how surprising they are: the rarest first, of equally rare ones that which deviates most.</summary>
    /// <param name="mostFeatures">How many unusual features to name of each.</param>
    public IReadOnlyList<RareSignature> Rare(int mostFeatures = 10)
    {
        double[] shares = [.. _features.Select(i => (double)_columns[i]!.Filled / RowCount)];
        return [.. Signatures.Select(s => Rareness(s, shares, mostFeatures)).OrderByDescending(r => r.Surprise).ThenByDescending(r => r.Deviation)];
    }

    /// <summary>The features by how well their being filled or not splits the rows, the best first.</summary>
    public IReadOnlyList<PivotColumn> Pivots()
    {
        return [.. Enumerable.Range(0, _features.Length).Select(Pivot).OrderByDescending(p => p.Gain)];

        PivotColumn Pivot(int feature)
        {
            long filled = _columns[_features[feature]].Filled;
            double share = RowCount == 0 ? 0 : (double)filled / RowCount;
            int signatures = Signatures.Count(s => s.IsPresent(feature));
            return new PivotColumn(Features[feature], filled, share, signatures, Signatures.Count - signatures, Entropy(share) + Entropy(1 - share));
        }

        static double Entropy(double share) => share is 0 or 1 ? 0 : -share * Math.Log2(share);
    }

    /// <summary>
    /// A KQL condition, for behind <c>where</c>, that holds for exactly the rows of a signature, in this table and in any other with
    /// the same columns.
    /// </summary>
    public string Kql(RowSignature signature) =>
        KqlClause.Of(Enumerable.Range(0, _features.Length).Select(i => (_columns[_features[i]].Schema with { Name = Features[i] }, signature.IsPresent(i))), Mode);

    /// <summary>What a user has to know beside the signatures, a sentence each.</summary>
    public IEnumerable<string> Remarks()
    {
        foreach (IGrouping<DropReason, DroppedColumn> group in Dropped.GroupBy(d => d.Reason))
        {
            const int Named = 8;
            string names = string.Join(", ", group.Take(Named).Select(d => d.Name)) + (group.Count() > Named ? ", …" : "");
            string what = group.Key switch
            {
                DropReason.Named or DropReason.Pattern => "left out as asked",
                DropReason.Invariant when Mode == SignatureMode.Reference => "dropped, one value at most (--keep-invariant keeps them)",
                DropReason.Invariant => "dropped, never filled or one value in every row (--keep-invariant keeps them)",
                _ => "dropped, equal to an earlier one (--keep-duplicates keeps them)",
            };
            string columns = Counted.Of(group.Count(), "column was", "columns were");
            yield return $"{columns} {what}: {names}.";
        }

        if (Dropped.Any(d => d.Reason is DropReason.Invariant or DropReason.Duplicate))
        {
            yield return "--view dropped says why each was.";
        }
    }

    internal bool IsPresent(int signature, int feature)
    {
        int column = _features[feature];
        return (_patterns[_patternOf[signature]][column >> 6] >> (column & 63) & 1) != 0;
    }

    private static RareSignature Rareness(RowSignature signature, double[] shares, int mostFeatures)
    {
        double deviation = 0;
        var unusual = new List<UnusualFeature>();
        for (int i = 0; i < shares.Length; i++)
        {
            bool isPresent = signature.IsPresent(i);
            double share = isPresent ? shares[i] : 1 - shares[i];
            deviation -= Math.Log2(share);
            if (share < 0.5)
            {
                unusual.Add(new UnusualFeature(signature.FeatureName(i), isPresent, share));
            }
        }

        return new RareSignature(signature, -Math.Log2(signature.Probability), deviation, [.. unusual.OrderBy(u => u.Share).Take(mostFeatures)]);
    }

    private IColumnValues Column(string name)
    {
        if (_ordinals.TryGetValue(name, out int ordinal))
        {
            return _columns[ordinal];
        }

        throw Dropped.Any(d => d.Name == name)
            ? new QuarryException($"Column '{name}' was excluded, so its values were not read.")
            : new UnknownColumnException(name, Features);
    }

    private FeatureValue ValueOf(int feature, (int Code, long Count) value)
    {
        IColumnValues column = _columns[_features[feature]];
        return new FeatureValue(Features[feature], column.Show(value.Code), value.Count, (double)value.Count / column.Total(value.Code));
    }

    private IEnumerable<(int Feature, int Code, FeatureValue Value)> Unique(RowSignature signature)
    {
        for (int i = 0; i < _features.Length; i++)
        {
            IColumnValues column = _columns[_features[i]];
            if (!signature.IsPresent(i) || column.Tally(signature.Index, _options.Threshold) is not { } tally)
            {
                continue;
            }

            IEnumerable<(int Code, long Count)> chosen = Mode == SignatureMode.Reference
                ? tally.Take(1)
                : tally.Where(t => column.IsOfOneSignature(t.Code));
            foreach ((int Code, long Count) value in chosen)
            {
                yield return (i, value.Code, ValueOf(i, value));
            }
        }
    }

    private int[] ChooseFeatures(TableEncoder table, List<DroppedColumn> dropped, out int[] originals)
    {
        var kept = new List<int>();
        var found = new SortedList<int, DroppedColumn>();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            string? invariance = _options.KeepInvariant ? null : ColumnRules.Invariance(table.Columns[i], table.Rows, Mode);
            if (invariance is null)
            {
                kept.Add(i);
            }
            else
            {
                found.Add(i, new DroppedColumn(table.Columns[i].Schema.Name, DropReason.Invariant, invariance));
            }
        }

        originals = [.. Enumerable.Repeat(-1, table.Columns.Count)];
        if (!_options.KeepDuplicates)
        {
            int[] equal = originals = ColumnRules.FindDuplicates(table.Columns, kept);
            int[] blank = Mode == SignatureMode.Reference ? [.. kept.Where(i => ColumnRules.IsWhollyEmptyText(table.Columns[i]))] : [];
            foreach (int i in kept.Where(i => equal[i] >= 0 && !blank.Contains(i)))
            {
                found.Add(i, new DroppedColumn(table.Columns[i].Schema.Name, DropReason.Duplicate, $"equals {table.Columns[equal[i]].Schema.Name}"));
            }

            // The reference puts the wholly empty ones at the end again; the first of them then stands twice.
            kept = [.. kept.Where(i => equal[i] < 0), .. blank];
        }

        dropped.AddRange(found.Values);
        return [.. kept];
    }

    // Rows that differ only in dropped columns have one signature. Numbered in order of first appearance, as the raw ones are.
    private (PatternTable Patterns, int[] RowPatterns) MergePatterns(TableEncoder table)
    {
        ulong[] mask = new ulong[table.Patterns.Words];
        foreach (int column in _features)
        {
            mask[column >> 6] |= 1ul << (column & 63);
        }

        var merged = new PatternTable(mask.Length);
        int[] numbers = new int[table.Patterns.Count];
        ulong[] masked = new ulong[mask.Length];
        for (int id = 0; id < numbers.Length; id++)
        {
            ReadOnlySpan<ulong> pattern = table.Patterns[id];
            for (int i = 0; i < masked.Length; i++)
            {
                masked[i] = pattern[i] & mask[i];
            }

            numbers[id] = merged.IdOf(masked);
        }

        int[] rows = new int[table.Rows];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = numbers[table.RowPatterns[row]];
        }

        return (merged, rows);
    }

    private static (int[] PatternOf, int[] Numbers, long[] Counts, int[] FirstRows) Rank(int[] rowPatterns, int patterns, SignatureMode mode)
    {
        long[] counts = new long[patterns];
        int[] firstRows = new int[patterns];
        for (int row = rowPatterns.Length - 1; row >= 0; row--)
        {
            counts[rowPatterns[row]]++;
            firstRows[rowPatterns[row]] = row;
        }

        IEnumerable<int> order = Enumerable.Range(0, patterns);
        int[] patternOf = [.. mode == SignatureMode.Exact ? order.OrderByDescending(p => counts[p]) : order];
        int[] numbers = new int[patterns];
        for (int i = 0; i < patterns; i++)
        {
            numbers[patternOf[i]] = i;
        }

        return (patternOf, numbers, counts, firstRows);
    }

    // Turns each row's pattern into its signature's number, in place, and sorts the rows by that.
    private static SignatureRows SortRows(int[] rowPatterns, int[] numbers, long[] counts)
    {
        int[] first = new int[numbers.Length + 1];
        for (int pattern = 0; pattern < numbers.Length; pattern++)
        {
            first[numbers[pattern] + 1] = (int)counts[pattern];
        }

        for (int i = 1; i < first.Length; i++)
        {
            first[i] += first[i - 1];
        }

        int[] next = first[..^1];
        int[] rows = new int[rowPatterns.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rowPatterns[row] = numbers[rowPatterns[row]];
            rows[next[rowPatterns[row]]++] = row;
        }

        return new SignatureRows(rows, first);
    }
}
