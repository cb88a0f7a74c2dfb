using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>
/// A table on its way through, in one pass: its columns as codes, its rows as patterns of filled columns. What it holds is
/// smaller than the table: each value once, a code a cell, a number a row.
/// </summary>
internal sealed class TableEncoder
{
    private const int MostPieceWords = 1 << 20; // bits of a piece: 8 MiB

    private readonly int[] _ordinals;
    private readonly ColumnEncoder[] _columns;
    private readonly ParallelOptions _parallel;
    private readonly int _words;
    private readonly int _pieceRows;
    private readonly ulong[] _presence; // of a piece: the words of the first column, of the second, …
    private int[] _rowPatterns = new int[1024];

    /// <summary>An encoder of some columns.</summary>
    /// <param name="schema">The table's columns.</param>
    /// <param name="ordinals">Which of them to encode, in order.</param>
    /// <param name="mode">By whose rules.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public TableEncoder(TableSchema schema, int[] ordinals, SignatureMode mode, int threads, CancellationToken cancellation)
    {
        _ordinals = ordinals;
        _columns = [.. ordinals.Select(o => ColumnEncoder.Create(schema[o], mode))];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        _words = Math.Max(1, (_columns.Length + 63) / 64);
        _pieceRows = Math.Clamp(MostPieceWords / _words / 64 * 64, 64, CodeColumn.ChunkRows);
        _presence = new ulong[_words * 64 * (_pieceRows / 64)];
        Patterns = new PatternTable(_words);
    }

    /// <summary>The columns, encoded.</summary>
    public IReadOnlyList<ColumnEncoder> Columns => _columns;

    /// <summary>The patterns of filled columns: bit i speaks of column i of <see cref="Columns"/>.</summary>
    public PatternTable Patterns { get; }

    /// <summary>The number of rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>The pattern of each row.</summary>
    public Span<int> RowPatterns => _rowPatterns.AsSpan(0, Rows);

    /// <summary>How the work on columns runs.</summary>
    public ParallelOptions Parallelism => _parallel;

    /// <summary>Takes a batch.</summary>
    /// <exception cref="QuarryException">There are more rows than can be numbered.</exception>
    public void Add(Table batch)
    {
        if ((long)Rows + batch.RowCount > Array.MaxLength)
        {
            throw new QuarryException(
                $"Signatures hold at most {Array.MaxLength:N0} rows. Work on fewer, a day or a table at a time.");
        }

        for (int first = 0; first < batch.RowCount; first += _pieceRows)
        {
            _parallel.CancellationToken.ThrowIfCancellationRequested();
            AddPiece(batch, first, Math.Min(_pieceRows, batch.RowCount - first));
        }
    }

    /// <summary>Gives back what only <see cref="Add"/> needs.</summary>
    public void Close()
    {
        foreach (ColumnEncoder column in _columns)
        {
            column.Values.Close();
        }
    }

    private void AddPiece(Table batch, int first, int count)
    {
        int rowWords = (count + 63) / 64;
        Array.Clear(_presence, 0, _words * 64 * rowWords);
        if (_parallel.MaxDegreeOfParallelism == 1)
        {
            int[] codes = new int[count];
            for (int i = 0; i < _columns.Length; i++)
            {
                Encode(i, codes);
            }
        }
        else
        {
            Parallel.For(0, _columns.Length, _parallel, () => new int[count], (i, _, codes) => Encode(i, codes), _ => { });
        }

        AddPatterns(count, rowWords);

        int[] Encode(int i, int[] codes)
        {
            _columns[i].Encode(batch[_ordinals[i]], first, codes, _presence.AsSpan(i * rowWords, rowWords));
            return codes;
        }
    }

    // 64 rows at a time: the columns' words become the rows' words.
    private void AddPatterns(int count, int rowWords)
    {
        if (_rowPatterns.Length < Rows + count)
        {
            Array.Resize(ref _rowPatterns, (int)Math.Min(Array.MaxLength, Math.Max(Rows + count, _rowPatterns.Length * 2L)));
        }

        Span<ulong> block = stackalloc ulong[64];
        ulong[] rows = new ulong[64 * _words];
        int previous = -1;
        for (int rowWord = 0; rowWord < rowWords; rowWord++)
        {
            for (int group = 0; group < _words; group++)
            {
                for (int i = 0; i < 64; i++)
                {
                    block[i] = _presence[(((group * 64) + i) * rowWords) + rowWord];
                }

                BitMatrix.Transpose(block);
                for (int i = 0; i < 64; i++)
                {
                    rows[(i * _words) + group] = block[i];
                }
            }

            int inWord = Math.Min(64, count - (rowWord * 64));
            for (int i = 0; i < inWord; i++)
            {
                ReadOnlySpan<ulong> pattern = rows.AsSpan(i * _words, _words);
                previous = previous >= 0 && pattern.SequenceEqual(Patterns[previous]) ? previous : Patterns.IdOf(pattern);
                _rowPatterns[Rows++] = previous;
            }
        }
    }
}
