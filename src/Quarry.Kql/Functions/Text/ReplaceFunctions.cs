using System.Buffers;
using System.Text;
using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Replacing of texts and of characters, without regular expressions.</summary>
internal static class ReplaceFunctions
{
    [ThreadStatic]
    private static ArgumentCache<Lookups>? _lookups;

    [ThreadStatic]
    private static ArgumentCache<List<string?>>? _rewrites;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("replace_string", [ColumnType.String, ColumnType.String, ColumnType.String], ColumnType.String, ReplaceString),
        new("replace_strings", [ColumnType.String, ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.String, ReplaceStrings),
        new("translate", [ColumnType.String, ColumnType.String, ColumnType.String], ColumnType.String, Translate),
    ];

    private static void ReplaceString(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        ReadOnlySpan<byte> lookup = arguments.Text(1);
        int at = lookup.IsEmpty ? -1 : text.IndexOf(lookup);
        if (at < 0)
        {
            result.Text(text);
            return;
        }

        ArrayBufferWriter<byte> buffer = Result.Scratch();
        for (; at >= 0; at = text.IndexOf(lookup))
        {
            buffer.Write(text[..at]);
            buffer.Write(arguments.Text(2));
            text = text[(at + lookup.Length)..];
        }

        buffer.Write(text);
        result.Text(buffer);
    }

    // Each lookup in turn takes what is left of the text by those before it; what a rewrite gave is not looked at again.
    // What is no string is not looked up; a rewrite that is none keeps what was found.
    private static void ReplaceStrings(in Arguments arguments, ref Result result)
    {
        string text = arguments.String(0);
        _lookups ??= new ArgumentCache<Lookups>(8, json => new Lookups(Strings(json)));
        _rewrites ??= new ArgumentCache<List<string?>>(8, json => Strings(json));
        Lookups lookups = _lookups.Of(arguments.Text(1), result.Row);
        List<string?> rewrites = _rewrites.Of(arguments.Text(2), result.Row);
        if (!lookups.AnyIn(text))
        {
            result.Text(text);
            return;
        }

        int[] taken = lookups.Taken(text);
        var replaced = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            if (taken[at] == 0)
            {
                replaced.Append(text[at++]);
                continue;
            }

            int index = taken[at] - 1;
            string lookup = lookups.Text(index);
            replaced.Append(index < rewrites.Count && rewrites[index] is { } rewrite ? rewrite : lookup);
            at += lookup.Length;
        }

        result.Text(replaced.ToString());
    }

    private static List<string?> Strings(ReadOnlySpan<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            return document.RootElement.ValueKind != JsonValueKind.Array ? []
                : [.. document.RootElement.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString() : null)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // A character of the first list becomes the one at its place in the second, whose last stands for all that follow; nothing, if the second is empty.
    private static void Translate(in Arguments arguments, ref Result result)
    {
        Rune[] search = [.. arguments.String(0).EnumerateRunes()];
        Rune[] replacement = [.. arguments.String(1).EnumerateRunes()];
        var translated = new StringBuilder();
        foreach (Rune rune in arguments.String(2).EnumerateRunes())
        {
            int at = Array.IndexOf(search, rune);
            if (at < 0)
            {
                translated.Append(rune.ToString());
            }
            else if (replacement.Length > 0)
            {
                translated.Append(replacement[Math.Min(at, replacement.Length - 1)].ToString());
            }
        }

        result.Text(translated.ToString());
    }

    private sealed class Lookups(List<string?> all)
    {
        private readonly SearchValues<string> _any = SearchValues.Create([.. all.Where(text => !string.IsNullOrEmpty(text)).OfType<string>()], StringComparison.Ordinal);

        public string Text(int index) => all[index]!;

        public bool AnyIn(string text) => text.AsSpan().ContainsAny(_any);

        // For each character the number of the lookup (from 1) that has it; 0 for none.
        public int[] Taken(string text)
        {
            int[] taken = new int[text.Length];
            for (int i = 0; i < all.Count; i++)
            {
                if (string.IsNullOrEmpty(all[i]))
                {
                    continue;
                }

                int length = all[i]!.Length;
                for (int at = text.IndexOf(all[i]!, StringComparison.Ordinal); at >= 0; at = text.IndexOf(all[i]!, at, StringComparison.Ordinal))
                {
                    if (taken.AsSpan(at, length).ContainsAnyExcept(0))
                    {
                        at++;
                        continue;
                    }

                    taken.AsSpan(at, length).Fill(i + 1);
                    at += length;
                }
            }

            return taken;
        }
    }
}
