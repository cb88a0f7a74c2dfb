using System.Text;

namespace Quarry.Fuzz;

/// <summary>Queries put together from what queries are made of, then damaged.</summary>
internal static class KqlInputs
{
    private static readonly string[] Pieces =
    [
        "T", "a", "['b c']", "\"s\"", "'", "@'\\'", "```", "1", "1.5h", "0x1F", "datetime(2024-01-01)", "int(", "dynamic(", "{\"k\":", "[", "]", "(",
        ")", "{", "}", ",", ";", ".", "..", "=", "==", "!has", "has_any", "in~", "between", "and", "or", "not(", "-", "*", "|", "=>", ":", "\n",
        "// c\n", "#x\n", "where", "extend", "project", "project-away", "summarize", "by", "join", "kind=inner", "on", "$left", "union",
        "mv-expand", "to typeof(", "mv-apply", "parse", "with", "make-series", "step", "top-nested", "of", "scan", "declare", "partition", "fork",
        "let", "let f = (x:long) {", "set", "range", "from", "print", "search", "find", "evaluate", "render", "datatable(a:long)[",
        "externaldata(a:string)[", "toscalar(", "materialize(", "hint.strategy=shuffle", "default", "asc nulls first",
    ];

    /// <summary>Makes a query.</summary>
    public static byte[] Generate(Random random)
    {
        if (random.Next(2) == 0)
        {
            byte[] whole = Encoding.UTF8.GetBytes(KqlQueries.Generate(random));
            return random.Next(8) == 0 ? Mutation.Apply(random, whole) : whole;
        }

        var query = new StringBuilder();
        for (int left = random.Next(1, 60); left > 0; left--)
        {
            string piece = Pieces[random.Next(Pieces.Length)];
            query.Insert(query.Length, piece + (random.Next(5) > 0 ? " " : ""), random.Next(40) == 0 ? random.Next(1, 300) : 1);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(query.ToString());
        return random.Next(2) == 0 ? Mutation.Apply(random, bytes) : bytes;
    }
}
