using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using Quarry.Tables;

namespace Quarry.Logs.Auditd;

/// <summary>
/// The arguments of a program, put together from the EXECVE records of an event: <c>a0="sh" a1=2D63</c>, long ones in parts
/// <c>a2_len=9000 a2[0]=… a2[1]=…</c> over several records.
/// </summary>
internal sealed class ExecveArguments
{
    /// <summary>What stands where an argument, or a part of one, is missing.</summary>
    public const string Missing = "[…]";

    private static readonly byte[] MissingUtf8 = System.Text.Encoding.UTF8.GetBytes(Missing);

    private readonly List<Piece> _pieces = [];
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<int, long> _lengths = [];
    private readonly List<byte> _argument = [];
    private readonly List<byte> _commandLine = [];

    private readonly record struct Piece(int Index, int Part, int Order, int Start, int Length, int Written);

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _pieces.Clear();
        _bytes.Clear();
        _lengths.Clear();
    }

    /// <summary>Takes a field if it is an argument, a part or the length of one.</summary>
    public bool Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, AuditFieldKind kind)
    {
        if (key.Length < 2 || key[0] != 'a' || !Utf8Parser.TryParse(key[1..], out int index, out int digits) || index < 0 || key[1] == '+')
        {
            return false;
        }

        ReadOnlySpan<byte> rest = key[(1 + digits)..];
        if (rest.SequenceEqual("_len"u8))
        {
            bool isLength = Utf8Parser.TryParse(value, out long length, out int taken) && taken == value.Length;
            if (isLength)
            {
                _lengths[index] = length;
            }

            return isLength;
        }

        int part = 0;
        if (!rest.IsEmpty && (rest[0] != '[' || !Utf8Parser.TryParse(rest[1..], out part, out int partDigits) || part < 0 || partDigits + 2 != rest.Length || rest[^1] != ']'))
        {
            return false;
        }

        int start = _bytes.Count;
        if (kind == AuditFieldKind.Bare && AuditHex.IsHex(value))
        {
            AuditHex.Decode(value, _bytes);
        }
        else
        {
            _bytes.AddRange(value);
        }

        _pieces.Add(new Piece(index, rest.IsEmpty ? -1 : part, _pieces.Count, start, _bytes.Count - start, value.Length));
        return true;
    }

    /// <summary>
    /// Writes the arguments: each as an element of a JSON array, the first three into their columns, all of them joined by
    /// blanks as the command line. A gap is null in the array.
    /// </summary>
    /// <param name="json">Takes the array.</param>
    /// <param name="firstThree">The columns of a0, a1 and a2.</param>
    /// <param name="count">What the record says their number is; -1 where it does not say.</param>
    /// <param name="faults">Takes what is missing, in words.</param>
    /// <returns>The command line.</returns>
    public ReadOnlySpan<byte> Write(JsonBuffer json, ReadOnlySpan<TextColumnBuilder> firstThree, long count, List<string> faults)
    {
        Sort();
        _commandLine.Clear();
        json.Raw((byte)'[');
        int expected = 0, written = 0;
        for (int i = 0; i < _pieces.Count;)
        {
            int index = _pieces[i].Index;
            if (index > expected)
            {
                Gap(json, expected, index - 1, faults, ref written);
            }

            bool isWhole = Join(ref i, faults);
            ReadOnlySpan<byte> argument = AuditHex.Readable(CollectionsMarshal.AsSpan(_argument));
            Separate(json, ref written);
            json.Text(argument);
            _commandLine.AddRange(argument);
            if (index < 3)
            {
                firstThree[index].Append(argument);
            }

            expected = index + 1;
            CheckLength(index, isWhole, faults);
        }

        if (count > expected)
        {
            Gap(json, expected, count - 1, faults, ref written);
        }

        json.Raw((byte)']');
        return CollectionsMarshal.AsSpan(_commandLine);
    }

    private void Sort()
    {
        for (int i = 1; i < _pieces.Count; i++)
        {
            if ((_pieces[i].Index, _pieces[i].Part).CompareTo((_pieces[i - 1].Index, _pieces[i - 1].Part)) < 0)
            {
                _pieces.Sort(static (a, b) => (a.Index, a.Part, a.Order).CompareTo((b.Index, b.Part, b.Order)));
                return;
            }
        }
    }

    // Puts the parts of one argument together; false if one is missing.
    private bool Join(ref int i, List<string> faults)
    {
        _argument.Clear();
        int index = _pieces[i].Index, next = 0;
        bool isWhole = true, isRepeated = false;
        for (Piece? previous = null; i < _pieces.Count && _pieces[i].Index == index; previous = _pieces[i++])
        {
            Piece piece = _pieces[i];
            ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(_bytes).Slice(piece.Start, piece.Length);
            if (previous is { } before && before.Part == piece.Part)
            {
                isRepeated |= !bytes.SequenceEqual(CollectionsMarshal.AsSpan(_bytes).Slice(before.Start, before.Length));
                if (isRepeated)
                {
                    _argument.AddRange(bytes);
                }

                continue;
            }

            if (piece.Part > next)
            {
                isWhole = false;
                _argument.AddRange(MissingUtf8);
                faults.Add(Text($"part {next} of argument a{index} is missing"));
            }

            _argument.AddRange(bytes);
            next = piece.Part + 1;
        }

        if (isRepeated)
        {
            faults.Add(Text($"argument a{index} stands there several times with different values, which are joined"));
        }

        return isWhole;
    }

    // The length is of the argument or of its hexadecimal digits.
    private void CheckLength(int index, bool isWhole, List<string> faults)
    {
        if (isWhole && _lengths.TryGetValue(index, out long length) && _argument.Count < length && _argument.Count * 2L < length)
        {
            faults.Add(Text($"argument a{index} is cut: {_argument.Count:N0} bytes of {length:N0} or half as many"));
        }
    }

    private void Gap(JsonBuffer json, long first, long last, List<string> faults, ref int written)
    {
        Separate(json, ref written);
        json.Raw("null"u8);
        _commandLine.AddRange(MissingUtf8);
        faults.Add(first == last ? Text($"argument a{first} is missing") : Text($"arguments a{first} to a{last} are missing"));
    }

    private void Separate(JsonBuffer json, ref int written)
    {
        if (written++ > 0)
        {
            json.Raw((byte)',');
            _commandLine.Add((byte)' ');
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
