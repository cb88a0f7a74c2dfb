using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>How the kernel writes what a user may have chosen: names, paths, arguments.</summary>
internal static class AuditText
{
    // kernel/auditsc.c: the most of a record that arguments fill, and of a title that is kept.
    private const int ArgumentsLimit = 7500;
    private const int TitleLimit = 128;

    // What the kernel sets aside for " a12_len=3456 a12[0]=" before it tells whether an argument fits.
    private const int LabelRoom = 96;

    /// <summary>In quotes, or as hexadecimal digits where a byte is a quote, a blank, a control or no ASCII.</summary>
    public static string Untrusted(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return NeedsHex(bytes) ? Convert.ToHexString(bytes) : $"\"{text}\"";
    }

    /// <summary>The title of a process: its arguments with NUL between them, at most 128 bytes.</summary>
    public static string Title(IReadOnlyList<string> arguments)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(string.Join('\0', arguments));
        bytes = bytes[..Math.Min(bytes.Length, TitleLimit)].TrimEnd((byte)0);
        return NeedsHex(bytes) ? Convert.ToHexString(bytes) : $"\"{Encoding.ASCII.GetString(bytes)}\"";
    }

    /// <summary>
    /// The bodies of the EXECVE records: one as a rule; more where the arguments fill more than a record. An argument
    /// that does not fit into the rest of a record is named with its length and cut into numbered pieces.
    /// </summary>
    public static IReadOnlyList<string> Arguments(IReadOnlyList<string> arguments)
    {
        var bodies = new List<string>();
        var body = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"argc={arguments.Count}"));
        int room = ArgumentsLimit;
        for (int i = 0; i < arguments.Count; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(arguments[i]);
            bool hex = NeedsHex(bytes);
            bool whole = true;
            int at = 0;
            for (int piece = 0; piece == 0 || at < bytes.Length; piece++)
            {
                if (room < LabelRoom + 8)
                {
                    bodies.Add(body.ToString());
                    body.Clear();
                    room = ArgumentsLimit;
                }

                int left = bytes.Length - at;
                whole = whole && (hex ? 2 * left : left + 2) + LabelRoom <= room;
                string label = Label(i, piece, whole, bytes.Length);
                room -= label.Length;
                int taken = Math.Min(left, hex ? room / 2 : room - 2);
                string text = hex ? Convert.ToHexString(bytes, at, taken) : $"\"{Encoding.ASCII.GetString(bytes, at, taken)}\"";
                body.Append(body.Length == 0 ? label[1..] : label).Append(text);
                room -= text.Length;
                at += taken;
            }
        }

        bodies.Add(body.ToString());
        return bodies;
    }

    private static string Label(int argument, int piece, bool whole, int length)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string number = whole ? "" : string.Create(plain, $"[{piece}]");
        string told = whole || piece > 0 ? "" : string.Create(plain, $" a{argument}_len={length}");
        return string.Create(plain, $"{told} a{argument}{number}=");
    }

    private static bool NeedsHex(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is (byte)'"' or < 0x21 or > 0x7e)
            {
                return true;
            }
        }

        return false;
    }
}
