using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>A column of a table whose rows have signatures: what is asked of its values, within a signature and over all.</summary>
internal sealed class EncodedColumn : IColumnValues
{
    private const int OfSeveral = -1;

    private readonly ColumnEncoder _encoder;
    private readonly SignatureRows _rows;
    private readonly int[] _owners; // by code: the signature that alone holds the value, plus one
    private readonly int[] _totals; // by code: in how many rows it stands

    /// <summary>The column of an encoder, with every value's rows counted.</summary>
    /// <param name="encoder">The column.</param>
    /// <param name="rowSignatures">The signature of each row, from 0.</param>
    /// <param name="rows">The rows of each signature.</param>
    public EncodedColumn(ColumnEncoder encoder, ReadOnlySpan<int> rowSignatures, SignatureRows rows)
    {
        _encoder = encoder;
        _rows = rows;
        _owners = new int[encoder.Values.Count + 1];
        _totals = new int[encoder.Values.Count + 1];
        int[] room = new int[CodeColumn.ChunkRows];
        for (int chunk = 0; chunk < encoder.Codes.ChunkCount; chunk++)
        {
            ReadOnlySpan<int> signatures = rowSignatures[(chunk * CodeColumn.ChunkRows)..];
            if (!encoder.Codes.IsConstant(chunk, out int constant))
            {
                Count(encoder.Codes.ReadChunk(chunk, room), signatures);
            }
            else if (constant != 0)
            {
                CountConstant(constant, signatures[..Math.Min(CodeColumn.ChunkRows, signatures.Length)]);
            }
        }
    }

    /// <inheritdoc/>
    public long Filled => _encoder.Filled;

    /// <inheritdoc/>
    public ColumnSchema Schema => _encoder.Schema;

    /// <inheritdoc/>
    public string Show(int code) => _encoder.Show(code);

    /// <inheritdoc/>
    public long Total(int code) => _totals[code];

    /// <inheritdoc/>
    public bool IsOfOneSignature(int code) => _owners[code] != OfSeveral;

    /// <summary>Whether a value fills its cell: not so for the blanks that are values to the reference.</summary>
    public bool IsFilling(int code) => _encoder.Kind != ValueKind.Text || !CellReading.IsBlank(_encoder.Values[code]);

    /// <inheritdoc/>
    public int Distinct(int signature) => Tally(signature, int.MaxValue)!.Count;

    /// <inheritdoc/>
    public (long Rows, int Values, IReadOnlyList<(int Code, long Count)> Most) Distribution(int? signature, int top)
    {
        IEnumerable<(int Code, long Count)> values = signature is { } number
            ? Tally(number, int.MaxValue)!
            : Enumerable.Range(1, _encoder.Values.Count).Select(code => (code, Total(code)));
        (int Code, long Count)[] filling = [.. values.Where(v => v.Code != 0 && IsFilling(v.Code))];
        return (filling.Sum(v => v.Count), filling.Length, [.. filling.OrderByDescending(v => v.Count).Take(top)]);
    }

    IReadOnlyList<(int Code, long Count)>? IColumnValues.Tally(int signature, int most) => Tally(signature, most);

    /// <summary>The values of a signature's rows, in order of appearance, each with the number of rows; null if there are more than wanted.</summary>
    public List<(int Code, long Count)>? Tally(int signature, int most)
    {
        const int FewEnoughToSearch = 8;
        var tally = new List<(int Code, long Count)>();
        Dictionary<int, int>? places = null;
        foreach (int row in _rows[signature])
        {
            int code = _encoder.Codes[row];
            int place = places is null ? Find(tally, code) : places.GetValueOrDefault(code, -1);
            if (place >= 0)
            {
                tally[place] = (code, tally[place].Count + 1);
                continue;
            }

            if (tally.Count == most)
            {
                return null;
            }

            tally.Add((code, 1));
            places?.Add(code, tally.Count - 1);
            if (places is null && tally.Count > FewEnoughToSearch)
            {
                places = [];
                for (int i = 0; i < tally.Count; i++)
                {
                    places.Add(tally[i].Code, i);
                }
            }
        }

        return tally;
    }

    private void CountConstant(int code, ReadOnlySpan<int> signatures)
    {
        _totals[code] += signatures.Length;
        int owner = _owners[code] == 0 ? signatures[0] + 1 : _owners[code];
        _owners[code] = owner != OfSeveral && signatures.ContainsAnyExcept(owner - 1) ? OfSeveral : owner;
    }

    private static int Find(List<(int Code, long Count)> tally, int code)
    {
        for (int i = 0; i < tally.Count; i++)
        {
            if (tally[i].Code == code)
            {
                return i;
            }
        }

        return -1;
    }

    private void Count(ReadOnlySpan<int> codes, ReadOnlySpan<int> signatures)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            int code = codes[i];
            int owner = signatures[i] + 1;
            _totals[code]++;
            if (_owners[code] != owner)
            {
                _owners[code] = _owners[code] == 0 ? owner : OfSeveral;
            }
        }
    }
}
