using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>The texts of a column's cells as numbers; -1 where a cell is missing.</summary>
internal sealed class InternedColumn
{
    private InternedColumn(int[] ids, TextInterner texts)
    {
        Ids = ids;
        Texts = texts;
    }

    /// <summary>A number a row.</summary>
    public int[] Ids { get; }

    /// <summary>The texts, without white space around them.</summary>
    public TextInterner Texts { get; }

    /// <summary>Reads a column. Numbers become the texts of whole numbers where they are such.</summary>
    public static InternedColumn Of(Column column, CancellationToken cancellation)
    {
        int[] ids = new int[column.Length];
        var texts = new TextInterner();
        if (column is TextColumn text)
        {
            ReadText(text, ids, texts, cancellation);
        }
        else
        {
            ReadValues(column, ids, texts, cancellation);
        }

        return new InternedColumn(ids, texts);
    }

    private static void ReadText(TextColumn column, int[] ids, TextInterner texts, CancellationToken cancellation)
    {
        ReadOnlySpan<byte> buffer = column.Buffer;
        ReadOnlySpan<int> offsets = column.Offsets;
        int last = -1;
        ReadOnlySpan<byte> previous = default;
        for (int row = 0; row < ids.Length; row++)
        {
            ReadOnlySpan<byte> cell = buffer[offsets[row]..offsets[row + 1]];
            if (last < 0 || !cell.SequenceEqual(previous))
            {
                previous = cell;
                last = CellReading.IsBlank(cell) ? -1 : texts.Intern(cell.Trim(" \t\r\n"u8));
            }

            ids[row] = last;
            if ((row & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static void ReadValues(Column column, int[] ids, TextInterner texts, CancellationToken cancellation)
    {
        Span<byte> scratch = stackalloc byte[32];
        for (int row = 0; row < ids.Length; row++)
        {
            if ((row & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (column.IsNull(row))
            {
                ids[row] = -1;
                continue;
            }

            long? whole = column switch
            {
                ValueColumn<long> longs => longs.Values[row],
                ValueColumn<int> ints => ints.Values[row],
                ValueColumn<double> reals when IsWhole(reals.Values[row]) => (long)reals.Values[row],
                ValueColumn<decimal> decimals when IsWhole(decimals.Values[row]) => (long)decimals.Values[row],
                _ => null,
            };
            if (whole is { } number)
            {
                Utf8Formatter.TryFormat(number, scratch, out int written);
                ids[row] = texts.Intern(scratch[..written]);
            }
            else
            {
                ids[row] = texts.Intern(Encoding.UTF8.GetBytes(CellReading.ReadText(column, row) ?? ""));
            }
        }
    }

    private static bool IsWhole(double value) => Math.Abs(value) < 1L << 53 && value == Math.Truncate(value);

    private static bool IsWhole(decimal value) => Math.Abs(value) < long.MaxValue && value == decimal.Truncate(value);

    /// <summary>Numbers the texts anew by what they mean: texts of the same meaning get the same number.</summary>
    /// <param name="meanings">Where the meanings are kept; shared by columns that are to be compared.</param>
    /// <param name="meaning">Writes the meaning of a text and returns its length; below 0 if the text means nothing.</param>
    /// <returns>A number a row; -1 where a cell is missing or means nothing.</returns>
    public int[] Renumber(TextInterner meanings, Meaning meaning)
    {
        int[] map = new int[Texts.Count];
        byte[] scratch = [];
        for (int id = 0; id < map.Length; id++)
        {
            ReadOnlySpan<byte> text = Texts[id];
            if (scratch.Length < (text.Length * 3) + 16)
            {
                scratch = new byte[(text.Length * 3) + 16];
            }

            int length = meaning(text, scratch);
            map[id] = length < 0 ? -1 : meanings.Intern(scratch.AsSpan(0, length));
        }

        int[] numbers = new int[Ids.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = Ids[row] < 0 ? -1 : map[Ids[row]];
        }

        return numbers;
    }

    /// <summary>The lower case of a text.</summary>
    public static int LowerCase(ReadOnlySpan<byte> text, Span<byte> meaning) => Ascii.IsValid(text)
        ? Ascii.ToLower(text, meaning, out int written) == System.Buffers.OperationStatus.Done ? written : 0
        : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).ToLowerInvariant(), meaning);

    /// <summary>
    /// What a process id means: <c>0x1F4</c>, <c>500</c> and <c>500.0</c> are the same, other texts are themselves but for letter
    /// case. A number is written as its decimal digits.
    /// </summary>
    public static int ProcessId(ReadOnlySpan<byte> text, Span<byte> meaning) => TryNumber(text, out long number)
        ? Utf8Formatter.TryFormat(number, meaning, out int written) ? written : 0
        : LowerCase(text, meaning);

    /// <summary>What an identifier means: nothing if it is made of zeros only, else itself without braces, but for letter case.</summary>
    public static int Guid(ReadOnlySpan<byte> text, Span<byte> meaning)
    {
        ReadOnlySpan<byte> bare = text.Trim("{}"u8);
        return bare.IndexOfAnyExcept("0-.x"u8) < 0 ? -1 : LowerCase(bare, meaning);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.Length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x')
        {
            return text.Length <= 18 && Utf8Parser.TryParse(text[2..], out number, out int hex, 'x') && hex == text.Length - 2;
        }

        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point > 0 && text[(point + 1)..].IndexOfAnyExcept((byte)'0') < 0 ? text[..point] : text;
        return whole.Length <= 20 && long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}

/// <summary>Writes what a text means; returns its length, below 0 if it means nothing.</summary>
internal delegate int Meaning(ReadOnlySpan<byte> text, Span<byte> meaning);
