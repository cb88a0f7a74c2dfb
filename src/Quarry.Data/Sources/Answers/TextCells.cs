using System.Text;
using System.Text.Unicode;
using Quarry.Data.Files.Readers;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>Texts.</summary>
internal sealed class StringCells(TextColumnBuilder target) : CellReader
{
    /// <inheritdoc/>
    public override string? Read(JsonCursor json)
    {
        if (json.Next() != '"')
        {
            if (!json.TryTakeNull())
            {
                return Other(json);
            }

            target.AppendNull();
            return null;
        }

        ReadOnlySpan<byte> inside = json.TakeString(out bool hasEscapes);
        if (!hasEscapes)
        {
            if (Utf8.IsValid(inside))
            {
                target.Append(inside);
            }
            else
            {
                Replaced++;
                target.Append(Encoding.UTF8.GetString(inside));
            }

            return null;
        }

        Span<byte> room = target.GetSpan(inside.Length);
        int length = JsonText.Unescape(inside, room, out int replaced);
        if (Utf8.IsValid(room[..length]))
        {
            target.Commit(length);
        }
        else
        {
            replaced++;
            target.Append(Encoding.UTF8.GetString(room[..length]));
        }

        Replaced += replaced > 0 ? 1 : 0;
        return null;
    }
}

/// <summary>
/// Dynamic values: JSON in the answer's own, or, as version 2 writes them, a text that is JSON. A text that is none is a text; an
/// empty one is null, which is how services write it.
/// </summary>
internal sealed class DynamicCells(TextColumnBuilder target) : CellReader
{
    private readonly JsonScanner _scanner = new();
    private byte[] _text = [];

    /// <inheritdoc/>
    public override string? Read(JsonCursor json)
    {
        switch (json.Next())
        {
            case (byte)'"':
                ReadText(json);
                return null;
            case (byte)'n':
                json.TryTakeNull();
                target.AppendNull();
                return null;
            default:
                ReadOnlySpan<byte> value = json.TakeValue();
                if (!_scanner.IsValue(value) || !Utf8.IsValid(value))
                {
                    return $"no JSON ({_scanner.Fault ?? "not UTF-8"})";
                }

                target.Append(value);
                return null;
        }
    }

    private void ReadText(JsonCursor json)
    {
        ReadOnlySpan<byte> text = json.TakeString(out bool hasEscapes);
        ReadOnlySpan<byte> written = text;
        if (hasEscapes)
        {
            if (_text.Length < text.Length)
            {
                _text = new byte[Math.Max(text.Length, _text.Length * 2)];
            }

            text = _text.AsSpan(0, JsonText.Unescape(text, _text, out int replaced));
            Replaced += replaced > 0 ? 1 : 0;
        }

        if (text.IsEmpty || text.SequenceEqual("null"u8))
        {
            target.AppendNull();
        }
        else if (_scanner.IsValue(text) && Utf8.IsValid(text))
        {
            target.Append(text);
        }
        else
        {
            AppendQuoted(written);
        }
    }

    private void AppendQuoted(ReadOnlySpan<byte> written)
    {
        if (!Utf8.IsValid(written))
        {
            Replaced++;
            written = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(written));
        }

        Span<byte> room = target.GetSpan(written.Length + 2);
        room[0] = (byte)'"';
        written.CopyTo(room[1..]);
        room[^1] = (byte)'"';
        target.Commit(room.Length);
    }
}
