using System.Buffers;
using System.Text;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>treepath(): the paths of all that a value contains; the elements of an array share one path, that of the first.</summary>
internal static class TreePath
{
    // Deeper paths are left out: no stack is deep enough for what an attacker can nest, and each path grows with its depth.
    private const int MostDepth = 200;

    /// <summary>Gives the paths as an array of strings; null of what contains nothing.</summary>
    public static void Give(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> value = arguments.Text(0);
        if (JsonText.KindOf(value) is not (JsonKind.Object or JsonKind.Array))
        {
            result.Null();
            return;
        }

        var paths = new Utf8Set();
        Gather(value, "", paths, 0);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (int i = 0; i < paths.Count; i++)
        {
            JsonOutput.Comma(to, 0);
            JsonOutput.String(to, paths[i]);
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private static void Gather(ReadOnlySpan<byte> value, string path, Utf8Set paths, int depth)
    {
        if (depth == MostDepth)
        {
            return;
        }

        var properties = new JsonProperties(value);
        while (properties.MoveNext())
        {
            ArrayBufferWriter<byte> said = JsonText.Spare();
            JsonText.Unescape(properties.Name, said);
            string inner = $"{path}['{Encoding.UTF8.GetString(said.WrittenSpan)}']";
            paths.Add(Encoding.UTF8.GetBytes(inner), out _);
            Gather(properties.Value, inner, paths, depth + 1);
        }

        var elements = new JsonElements(value);
        while (elements.MoveNext())
        {
            string inner = path + "[0]";
            paths.Add(Encoding.UTF8.GetBytes(inner), out _);
            Gather(elements.Current, inner, paths, depth + 1);
        }
    }
}
