using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Quarry.Kql.Functions;
using Quarry.Tables;

namespace Quarry.Kql.Tests.Functions;

/// <summary>Calls functions that are computed in C# without an engine: one row, values of .NET.</summary>
internal static unsafe class Call
{
    // What the bodies wrote beyond 12 bytes.
    [ThreadStatic]
    private static byte[]? _assigned;

    /// <summary>
    /// The value of the first form of a function that takes arguments of these types: bool, int, long, double, decimal,
    /// DateTime, TimeSpan, string (string, dynamic, guid), or null, which any parameter takes.
    /// </summary>
    public static object? Of(string name, params object?[] arguments) =>
        Of(FunctionLibrary.Scalars[name].First(form => Fits(form, arguments)), arguments);

    /// <summary>The value of a form; left-out arguments are null.</summary>
    public static object? Of(ScalarFunction form, params object?[] arguments)
    {
        List<ColumnType> types = [.. form.Parameters];
        while (types.Count < arguments.Length)
        {
            types.Add(form.Further!.Value);
        }

        byte* memory = stackalloc byte[(types.Count + 1) * 16];
        ulong* masks = stackalloc ulong[types.Count + 1];
        VectorData[] vectors = new VectorData[types.Count];
        var pins = new List<GCHandle>();
        try
        {
            for (int i = 0; i < types.Count; i++)
            {
                object? value = i < arguments.Length ? arguments[i] : null;
                masks[i] = value is null ? 0ul : 1ul;
                Write(memory + (16 * i), value, types[i], pins);
                vectors[i] = new VectorData(memory + (16 * i), masks + i);
            }

            if (form.List is not null)
            {
                return List(form, new Arguments(vectors, 0));
            }

            byte* values = memory + (16 * types.Count);
            masks[types.Count] = 1;
            _assigned = null;
            var result = new Quarry.Kql.Functions.Result(values, masks + types.Count, 0, &Assign);
            form.Body!(new Arguments(vectors, 0), ref result);
            return masks[types.Count] == 0 ? null : Read(values, form.Returns);
        }
        finally
        {
            pins.ForEach(pin => pin.Free());
        }
    }

    private static bool Fits(ScalarFunction form, object?[] arguments) =>
        arguments.Length >= form.Required && (arguments.Length <= form.Parameters.Count || form.Further is not null)
        && arguments.Select((value, i) => (value, type: i < form.Parameters.Count ? form.Parameters[i] : form.Further!.Value)).All(one => one.value switch
        {
            null => true,
            bool => one.type == ColumnType.Bool,
            int => one.type == ColumnType.Int,
            long => one.type == ColumnType.Long,
            double => one.type == ColumnType.Real,
            decimal => one.type == ColumnType.Decimal,
            DateTime => one.type == ColumnType.DateTime,
            TimeSpan => one.type == ColumnType.TimeSpan,
            _ => one.type is ColumnType.String or ColumnType.Dynamic or ColumnType.Guid,
        });

    private static string?[]? List(ScalarFunction form, Arguments arguments)
    {
        var texts = new ArrayBufferWriter<byte>();
        var lengths = new List<int>();
        var result = new ListResult(texts, lengths);
        form.List!(arguments, ref result);
        var list = new List<string?>();
        int at = 0;
        foreach (int length in lengths)
        {
            list.Add(length < 0 ? null : Encoding.UTF8.GetString(texts.WrittenSpan.Slice(at, length)));
            at += Math.Max(length, 0);
        }

        return result.IsNull ? null : [.. list];
    }

    private static void Write(byte* to, object? value, ColumnType type, List<GCHandle> pins)
    {
        switch (value)
        {
            case null:
                break;
            case bool truth:
                *to = truth ? (byte)1 : (byte)0;
                break;
            case int number:
                *(int*)to = number;
                break;
            case long number:
                *(long*)to = number;
                break;
            case double number:
                *(double*)to = number;
                break;
            case decimal number:
                *(Int128*)to = DecimalStorage.Of(number)!.Value;
                break;
            case DateTime time:
                *(long*)to = time.Ticks;
                break;
            case TimeSpan span:
                *(long*)to = span.Ticks;
                break;
            case string text:
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                *(uint*)to = (uint)utf8.Length;
                if (utf8.Length <= 12)
                {
                    utf8.CopyTo(new Span<byte>(to + 4, 12));
                }
                else
                {
                    pins.Add(GCHandle.Alloc(utf8, GCHandleType.Pinned));
                    *(nint*)(to + 8) = pins[^1].AddrOfPinnedObject();
                }

                break;
            default:
                throw new ArgumentException($"A {value.GetType()} is no {type}.", nameof(value));
        }
    }

    private static object Read(byte* from, ColumnType type) => type switch
    {
        ColumnType.Bool => *from != 0,
        ColumnType.Int => *(int*)from,
        ColumnType.Long => *(long*)from,
        ColumnType.Real => *(double*)from,
        ColumnType.Decimal => DecimalStorage.ToDecimal(*(Int128*)from)!.Value,
        ColumnType.DateTime => new DateTime(*(long*)from, DateTimeKind.Utc),
        ColumnType.TimeSpan => new TimeSpan(*(long*)from),
        _ => Encoding.UTF8.GetString(_assigned ?? new ReadOnlySpan<byte>(from + 4, *(int*)from)),
    };

    private static void Assign(nint vector, int row, byte* text, int length) => _assigned = new ReadOnlySpan<byte>(text, length).ToArray();
}
