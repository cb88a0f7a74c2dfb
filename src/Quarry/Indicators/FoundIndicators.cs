using System.Runtime.InteropServices;
using System.Text;
using Quarry.Tables;

namespace Quarry.Indicators;

/// <summary>What was found in one column of a batch, kept small: texts of cells are only copied when the result is built.</summary>
internal sealed class FoundIndicators(string column, TextColumn text) : IIndicatorSink
{
    private readonly List<Entry> _entries = [];
    private readonly List<byte> _bytes = [];
    private readonly HashSet<(string, string)> _inCell = [];
    private int _cell = -1;
    private int _layerRow = -1;
    private string? _reference;

    public string Column => column;

    public TextColumn Text => text;

    public int Count => _entries.Count;

    /// <summary>The bytes of the cells, each as often as it has indicators.</summary>
    public long CellBytes { get; private set; }

    public ref readonly Entry this[int index] => ref CollectionsMarshal.AsSpan(_entries)[index];

    public ReadOnlySpan<byte> Observable(in Entry entry) =>
        CollectionsMarshal.AsSpan(_bytes).Slice(entry.ObservableAt, entry.ObservableLength);

    public ReadOnlySpan<byte> Original(in Entry entry) =>
        CollectionsMarshal.AsSpan(_bytes).Slice(entry.ObservableAt + entry.ObservableLength, entry.OriginalLength);

    /// <summary>Scans the column, and the layers of its cells if they are decoded.</summary>
    public void Scan(IndicatorExtractor extractor, ICellLayers? layers)
    {
        if (layers is null)
        {
            extractor.Scan(text.Buffer, text.Offsets, this);
            return;
        }

        for (int row = 0; row < text.Length; row++)
        {
            int current = _layerRow = row;
            _reference = null;
            extractor.Scan(text.Buffer, text.Offsets.Slice(row, 2), this);
            layers.Visit(text[row], (reference, layer) =>
            {
                BeginLayers(current);
                _reference = reference;
                extractor.Scan(layer, [0, layer.Length], this);
            });
        }
    }

    public void Add(in IndicatorMatch match)
    {
        if (_reference is not null && !_inCell.Add((match.Type, Encoding.UTF8.GetString(match.Observable))))
        {
            return;
        }

        int row = _layerRow >= 0 ? _layerRow : match.Row;
        CellBytes += text[row].Length;
        _entries.Add(new Entry(
            row, match.Type, match.Offset, match.Length, _bytes.Count, match.Observable.Length, match.Original.Length, _reference));
        _bytes.AddRange(match.Observable);
        _bytes.AddRange(match.Original);
    }

    // What the cell itself holds is not reported again from its layers.
    private void BeginLayers(int row)
    {
        if (_cell == row)
        {
            return;
        }

        _cell = row;
        _inCell.Clear();
        for (int i = _entries.Count - 1; i >= 0 && _entries[i].Row == row; i--)
        {
            _inCell.Add((_entries[i].Type, Encoding.UTF8.GetString(Observable(in this[i]))));
        }
    }

    /// <summary>A match: its row in the batch, and where its observable lies, which its original follows.</summary>
    internal readonly record struct Entry(
        int Row, string Type, int Offset, int Length, int ObservableAt, int ObservableLength, int OriginalLength, string? Reference);
}
