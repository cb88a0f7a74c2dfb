namespace Quarry.Decoding;

/// <summary>The unpacking of one text: writes the annotated text from left to right and collects the layers on the way.</summary>
/// <remarks>Texts nest in archives and archives in texts; the depth limit, at most 128, bounds the recursion.</remarks>
internal sealed class Unpacking(DecodeOptions options, Budget budget) : IDisposable
{
    private readonly AnnotationWriter _output = new();
    private readonly List<DecodedLayer> _layers = [];

    /// <summary>The annotated text and the layers.</summary>
    public UnpackResult Unpack(ReadOnlyMemory<byte> text)
    {
        WriteText(text, owner: null, depth: 1, level: 1);
        DecodedLayer[] ordered = [.. _layers];
        if (Array.Exists(ordered, l => l.Level > 1))
        {
            ordered = [.. ordered.OrderBy(l => l.Level)];
        }

        return new UnpackResult(ordered.Length == 0 ? text : _output.Written.ToArray(), ordered, budget.StoppedBy);
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    /// <summary>Writes a text in which what decodes is replaced by elements.</summary>
    private void WriteText(ReadOnlyMemory<byte> text, DecodedLayer? owner, int depth, int level)
    {
        List<Finding> findings = new CandidateFinder(options, budget).Find(text.Span);
        int written = 0, number = 0;
        Dictionary<string, Element>? seen = findings.Count > 1 ? new(StringComparer.Ordinal) : null;
        foreach (Finding finding in findings)
        {
            ReadOnlyMemory<byte> original = text.Slice(finding.Offset, finding.Length);
            string? key = seen is null ? null : System.Text.Encoding.Latin1.GetString(original.Span);
            Element element = default;
            bool isRepeated = key is not null && seen!.TryGetValue(key, out element);
            if (finding.Codec.Length == 0)
            {
                number += isRepeated || key is null ? 0 : 1;
                seen?.TryAdd(key!, default);
                continue;
            }

            _output.Write(text.Span[written..finding.Offset]);
            written = finding.Offset;
            if (isRepeated)
            {
                if (!Repeat(element))
                {
                    continue;
                }
            }
            else
            {
                if (!MayGoOn(owner, depth))
                {
                    continue;
                }

                int start = _output.Length;
                number++;
                var place = new Place(Child(owner, number), owner, depth, level, original, finding.Offset, finding.Length);
                WriteFinding(finding, place);
                seen?.TryAdd(key!, new Element(start, _output.Length - start));
            }

            written = finding.End;
        }

        _output.Write(text.Span[written..]);
    }

    /// <summary>Writes an element a second time, for an equal run. It costs as many bytes as it has.</summary>
    private bool Repeat(Element element)
    {
        if (element.Length == 0 || element.Length > budget.Room)
        {
            budget.Stop(budget.RoomName);
            return false;
        }

        budget.Spend(element.Length);
        _output.Repeat(element.Start, element.Length);
        return true;
    }

    private bool MayGoOn(DecodedLayer? owner, int depth)
    {
        string? limit = depth > options.MaxDepth ? budget.DepthName
            : budget.LayersLeft == 0 ? budget.LayersName
            : budget.StoppedByTime ? budget.TimeName
            : budget.IsExhausted ? budget.RoomName
            : null;
        if (limit is null)
        {
            return true;
        }

        budget.Stop(limit);
        Mark(owner ?? (_layers.Count > 0 ? _layers[^1] : null), limit);
        return false;
    }

    private static void Mark(DecodedLayer? layer, string limit)
    {
        if (layer is not null)
        {
            layer.StoppedBy ??= limit;
        }
    }

    private void WriteFinding(Finding finding, Place place)
    {
        budget.Spend(finding.Data.Length);
        Archive? archive = finding.Reading.Inflated
            ?? (Archives.CanOpen(finding.Reading.FileType) ? Archives.Open(finding.Reading.FileType!, finding.Data, budget) : null);
        if (archive is null)
        {
            WriteLayer(finding.Data, finding.Reading, place with { Codec = finding.Codec, StoppedBy = finding.StoppedBy });
            return;
        }

        string codec = finding.Codec + "+" + archive.Codec;
        switch (archive.Entries.Count)
        {
            case 0:
                WriteLayer(finding.Data, new Reading(TextEncodingKind.None, archive.Type), place with { Codec = finding.Codec, StoppedBy = archive.StoppedBy ?? finding.StoppedBy });
                break;
            case 1:
                WriteEntry(archive, archive.Entries[0], place with { Codec = codec, StoppedBy = archive.StoppedBy ?? finding.StoppedBy });
                break;
            default:
                WriteSeveral(archive, place with { Codec = codec, StoppedBy = archive.StoppedBy ?? finding.StoppedBy });
                break;
        }
    }

    private void WriteSeveral(Archive archive, Place place)
    {
        _output.Write("<decoded value='multiple binary' type='multiple' index='"u8);
        WriteIndexAndDepth(place);
        int number = 0;
        foreach (ArchiveEntry entry in archive.Entries)
        {
            number++;
            if (!MayGoOn(place.Owner, place.Depth + 1))
            {
                break;
            }

            bool isLast = number == archive.Entries.Count;
            WriteEntry(archive, entry, place with
            {
                Reference = place.Reference + "." + number,
                ParentReference = place.Reference,
                Depth = place.Depth + 1,
                StoppedBy = isLast ? place.StoppedBy : null,
            });
        }

        _output.Write("</decoded>"u8);
    }

    private void WriteEntry(Archive archive, ArchiveEntry entry, Place place)
    {
        string? type = FileTypes.Detect(entry.Bytes.Span);
        bool isCut = entry.StoppedBy is not null;
        TextEncodingKind encoding = Archives.CanOpen(type) || (isCut && entry.Bytes.IsEmpty) ? TextEncodingKind.None : TextReading.Decide(entry.Bytes.Span, isCut);
        string? shown = entry.StoppedBy == "password" ? FileTypes.ProtectedZip : type;
        WriteLayer(entry.Bytes, new Reading(encoding, shown), place with
        {
            FileName = entry.Name,
            ArchiveType = archive.Type,
            StoppedBy = entry.StoppedBy ?? place.StoppedBy,
        });
    }

    /// <summary>Reports a layer and writes its element, in which what is in the layer is unpacked in turn.</summary>
    private void WriteLayer(ReadOnlyMemory<byte> bytes, Reading reading, Place place)
    {
        if (!budget.TakeLayer())
        {
            return;
        }

        bool isText = reading.Encoding != TextEncodingKind.None;
        ReadOnlyMemory<byte> text = TextReading.ToUtf8(bytes, reading.Encoding);
        string? textType = isText ? reading.FileType ?? FileTypes.DetectText(text.Span) : reading.FileType;
        var layer = new DecodedLayer(place.Reference, place.ParentReference, place.Depth, place.Level, place.Original, bytes, text, reading.Encoding)
        {
            Offset = place.Offset,
            Length = place.Length,
            FileName = place.FileName ?? "unknown",
            FileType = textType ?? place.ArchiveType,
            Codec = place.Codec,
            StoppedBy = place.StoppedBy,
        };
        _layers.Add(layer);
        if (isText)
        {
            _output.Write("<decoded type='string' name='"u8);
            WriteName(place, FileTypes.ShownForText(textType));
            _output.Write("' index='"u8);
            WriteIndexAndDepth(place);
            WriteText(text, layer, place.Depth + 1, place.Level + 1);
        }
        else
        {
            _output.Write("<decoded value='binary'  name='"u8);
            WriteName(place, reading.FileType);
            _output.Write("' type='"u8);
            _output.Write(reading.FileType ?? place.ArchiveType ?? "None");
            _output.Write("' index='"u8);
            WriteIndexAndDepth(place);
            WriteBinary(bytes, reading.FileType, layer);
        }

        _output.Write("</decoded>"u8);
    }

    /// <summary>Writes the inside of a binary layer: the files of an archive, or else the bytes.</summary>
    private void WriteBinary(ReadOnlyMemory<byte> bytes, string? type, DecodedLayer layer)
    {
        // An archive that could not be opened where it was found is not tried again.
        if (!Archives.CanOpen(type) || layer.StoppedBy is not null || !MayGoOn(layer, layer.Depth + 1))
        {
            _output.WriteSpacedHex(bytes.Span);
            return;
        }

        Archive archive = Archives.Open(type!, bytes, budget);
        layer.StoppedBy = archive.StoppedBy;
        if (archive.Entries.Count == 0)
        {
            _output.WriteSpacedHex(bytes.Span);
            return;
        }

        int number = 0;
        foreach (ArchiveEntry entry in archive.Entries)
        {
            if (!MayGoOn(layer, layer.Depth + 1))
            {
                break;
            }

            var place = new Place(Child(layer, ++number), layer, layer.Depth + 1, layer.Level + 1, default, 0, 0) { Codec = archive.Codec };
            WriteEntry(archive, entry, place);
        }
    }

    private void WriteName(Place place, string? type)
    {
        _output.Write("["u8);
        _output.Write(place.ArchiveType ?? type ?? "None");
        _output.Write("]"u8);
        if (place.ArchiveType is not null)
        {
            _output.Write(" Filename: "u8);
            _output.Write(place.FileName!);
        }
    }

    private void WriteIndexAndDepth(Place place)
    {
        _output.Write(place.Reference);
        _output.Write("' depth='"u8);
        _output.Write(place.Depth);
        _output.Write("'>"u8);
    }

    private static string Child(DecodedLayer? owner, int number) =>
        owner is null ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{owner.Reference}.{number}";

    /// <summary>Where an element stands in the output.</summary>
    private readonly record struct Element(int Start, int Length);

    /// <summary>Where a layer comes from and what it is called.</summary>
    private readonly record struct Place(
        string Reference, DecodedLayer? Owner, int Depth, int Level, ReadOnlyMemory<byte> Original, int Offset, int Length)
    {
        public string? ParentReference { get; init; } = Owner?.Reference;

        public string Codec { get; init; } = "";

        public string? FileName { get; init; }

        public string? ArchiveType { get; init; }

        public string? StoppedBy { get; init; }
    }
}
