using System.Buffers;
using System.Text;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Functions.Aggregates;

/// <summary>
/// buildschema(): the least schema that admits all values: a type's name, an array of several, a bag of schemas for bags,
/// and <c>{"indexer": schema}</c> for arrays.
/// </summary>
internal sealed class SchemaOf : AggregateState
{
    // What lies deeper is not looked into: no stack is deep enough for what an attacker can nest.
    private const int MostDepth = 200;

    private readonly Node _root = new();

    /// <inheritdoc/>
    public override void Add(in Arguments arguments) => Look(_root, arguments.Text(0), 0);

    /// <inheritdoc/>
    public override void Merge(AggregateState other) => Take(_root, ((SchemaOf)other)._root);

    /// <inheritdoc/>
    public override void Finish(ref Result result)
    {
        ArrayBufferWriter<byte> to = Result.Scratch();
        Write(to, _root);
        result.Text(to);
    }

    private static void Look(Node node, ReadOnlySpan<byte> value, int depth)
    {
        JsonKind kind = JsonText.KindOf(value);
        if (kind is JsonKind.Object && depth < MostDepth)
        {
            node.Bag ??= [];
            var properties = new JsonProperties(value);
            while (properties.MoveNext())
            {
                Look(Node.In(node.Bag, Encoding.UTF8.GetString(properties.Name)), properties.Value, depth + 1);
            }
        }
        else if (kind is JsonKind.Array && depth < MostDepth)
        {
            node.Indexer ??= new Node();
            var elements = new JsonElements(value);
            while (elements.MoveNext())
            {
                Look(node.Indexer, elements.Current, depth + 1);
            }
        }
        else if (kind is not (JsonKind.None or JsonKind.Null or JsonKind.Object or JsonKind.Array))
        {
            node.Add(kind switch
            {
                JsonKind.Bool => "bool",
                JsonKind.String => "string",
                _ => JsonText.TryLong(value, out _) ? "long" : "double",
            });
        }
    }

    private static void Take(Node node, Node other)
    {
        other.Types.ForEach(node.Add);
        foreach ((string name, Node inner) in other.Bag ?? [])
        {
            Take(Node.In(node.Bag ??= [], name), inner);
        }

        if (other.Indexer is not null)
        {
            Take(node.Indexer ??= new Node(), other.Indexer);
        }
    }

    private static void Write(ArrayBufferWriter<byte> to, Node node)
    {
        int parts = node.Types.Count + (node.Bag is null ? 0 : 1) + (node.Indexer is null ? 0 : 1);
        if (parts == 0)
        {
            to.Write("\"null\""u8);
            return;
        }

        if (parts > 1)
        {
            to.Write("["u8);
        }

        int began = to.WrittenCount - 1;
        foreach (string type in node.Types)
        {
            JsonOutput.Comma(to, began);
            JsonOutput.String(to, Encoding.UTF8.GetBytes(type));
        }

        if (node.Bag is not null)
        {
            JsonOutput.Comma(to, began);
            WriteBag(to, node.Bag);
        }

        if (node.Indexer is not null)
        {
            JsonOutput.Comma(to, began);
            to.Write("{\"indexer\":"u8);
            Write(to, node.Indexer);
            to.Write("}"u8);
        }

        if (parts > 1)
        {
            to.Write("]"u8);
        }
    }

    private static void WriteBag(ArrayBufferWriter<byte> to, Dictionary<string, Node> bag)
    {
        int began = to.WrittenCount;
        to.Write("{"u8);
        foreach ((string name, Node inner) in bag)
        {
            JsonOutput.Comma(to, began);
            to.Write(Encoding.UTF8.GetBytes($"\"{name}\":"));
            Write(to, inner);
        }

        to.Write("}"u8);
    }

    private sealed class Node
    {
        public List<string> Types { get; } = [];

        public Dictionary<string, Node>? Bag { get; set; }

        public Node? Indexer { get; set; }

        public static Node In(Dictionary<string, Node> bag, string name) => bag.TryGetValue(name, out Node? node) ? node : bag[name] = new Node();

        public void Add(string type)
        {
            if (!Types.Contains(type))
            {
                Types.Add(type);
            }
        }
    }
}
