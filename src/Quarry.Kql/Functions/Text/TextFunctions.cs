using System.Buffers;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Lengths, parts, case and joining of strings. Characters are code points and counted from 0.</summary>
internal static class TextFunctions
{
    // What strrep() gives at most, so that a hostile count does not fill the memory.
    private const int MostRepeated = 1 << 20;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("strlen", [ColumnType.String], ColumnType.Long, (in Arguments arguments, ref Result result) =>
            result.Long(CodePoints.Count(arguments.Text(0)))),
        new("string_size", [ColumnType.String], ColumnType.Long, (in Arguments arguments, ref Result result) =>
            result.Long(arguments.Text(0).Length)),
        new("isascii", [ColumnType.String], ColumnType.Bool, (in Arguments arguments, ref Result result) =>
            result.Bool(Ascii.IsValid(arguments.Text(0)))),
        new("isempty", [ColumnType.String], ColumnType.Bool, (in Arguments arguments, ref Result result) =>
            result.Bool(arguments.Text(0).IsEmpty)),
        new("isnotempty", [ColumnType.String], ColumnType.Bool, (in Arguments arguments, ref Result result) =>
            result.Bool(!arguments.Text(0).IsEmpty)),
        new("tolower", [ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Cased(arguments.Text(0), upper: false, ref result)),
        new("toupper", [ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Cased(arguments.Text(0), upper: true, ref result)),
        new("reverse", [ColumnType.String], ColumnType.String, Reverse),
        new("strcmp", [ColumnType.String, ColumnType.String], ColumnType.Long, (in Arguments arguments, ref Result result) =>
            result.Long(Math.Sign(arguments.Text(0).SequenceCompareTo(arguments.Text(1))))),
        new("substring", [ColumnType.String, ColumnType.Long, ColumnType.Long], ColumnType.String, Substring) { Required = 2 },
        new("strcat", [], ColumnType.String, (in Arguments arguments, ref Result result) => Join(arguments, default, from: 0, ref result))
            { Further = ColumnType.String },
        new("strcat_delim", [ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Join(arguments, arguments.Text(0), from: 1, ref result)) { Further = ColumnType.String },
        new("strcat_array", [ColumnType.Dynamic, ColumnType.String], ColumnType.String, JoinArray),
        new("array_strcat", [ColumnType.Dynamic, ColumnType.String], ColumnType.String, JoinArray),
        new("strrep", [ColumnType.String, ColumnType.Long, ColumnType.String], ColumnType.String, Repeat) { Required = 2 },
        new("split", [ColumnType.String, ColumnType.String, ColumnType.Long], ColumnType.Dynamic, Split) { Required = 2 },
    ];

    private static void Cased(ReadOnlySpan<byte> text, bool upper, ref Result result)
    {
        if (!Ascii.IsValid(text))
        {
            string decoded = Encoding.UTF8.GetString(text);
            result.Text(upper ? decoded.ToUpperInvariant() : decoded.ToLowerInvariant());
            return;
        }

        ArrayBufferWriter<byte> buffer = Result.Scratch();
        Span<byte> to = buffer.GetSpan(text.Length + 1);
        _ = upper ? Ascii.ToUpper(text, to, out _) : Ascii.ToLower(text, to, out _);
        buffer.Advance(text.Length);
        result.Text(buffer);
    }

    private static void Reverse(in Arguments arguments, ref Result result)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        for (ReadOnlySpan<byte> left = arguments.Text(0); left.Length > 0;)
        {
            int start = left.Length - 1;
            while (start > 0 && (left[start] & 0xC0) == 0x80)
            {
                start--;
            }

            buffer.Write(left[start..]);
            left = left[..start];
        }

        result.Text(buffer);
    }

    // A negative start counts from the end; what is beyond either end is left out.
    private static void Substring(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        long start = arguments.IsNull(1) ? 0 : arguments.Long(1);
        long length = arguments.IsNull(2) ? long.MaxValue : arguments.Long(2);
        if (start < 0)
        {
            start = Math.Max(0, CodePoints.Count(text) + start);
        }

        ReadOnlySpan<byte> rest = text[CodePoints.Offset(text, start)..];
        result.Text(length <= 0 ? default : rest[..CodePoints.Offset(rest, length)]);
    }

    private static void Join(in Arguments arguments, ReadOnlySpan<byte> delimiter, int from, ref Result result)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        for (int i = from; i < arguments.Count; i++)
        {
            if (i > from)
            {
                buffer.Write(delimiter);
            }

            buffer.Write(arguments.Text(i));
        }

        result.Text(buffer);
    }

    private static void JoinArray(in Arguments arguments, ref Result result) =>
        result.Text(string.Join(arguments.String(1), JsonTexts.Elements(arguments.Text(0)) ?? []));

    private static void Repeat(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        ReadOnlySpan<byte> delimiter = arguments.Text(2);
        long most = MostRepeated / Math.Max(1, text.Length + delimiter.Length);
        long count = arguments.IsNull(1) ? 0 : Math.Clamp(arguments.Long(1), 0, Math.Max(1024, most));
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        for (long i = 0; i < count; i++)
        {
            if (i > 0)
            {
                buffer.Write(delimiter);
            }

            buffer.Write(text);
        }

        result.Text(buffer);
    }

    private static void Split(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        ReadOnlySpan<byte> delimiter = arguments.Text(1);
        var parts = new JsonTextArray(Result.Scratch());
        long wanted = arguments.IsNull(2) ? -1 : arguments.Long(2);
        if (!arguments.IsNull(2) && wanted < 0)
        {
            result.Null();
            return;
        }

        bool found = wanted < 0;
        for (long index = 0; ; index++)
        {
            int end = delimiter.IsEmpty ? -1 : text.IndexOf(delimiter);
            if (wanted < 0 || index == wanted)
            {
                parts.Add(end < 0 ? text : text[..end]);
                found = true;
            }

            if (end < 0 || index == wanted)
            {
                break;
            }

            text = text[(end + delimiter.Length)..];
        }

        if (found)
        {
            result.Text(parts.End());
        }
        else
        {
            result.Null();
        }
    }
}
