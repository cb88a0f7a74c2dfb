using System.Text.Json.Serialization;

namespace Quarry.Kql.Lowering;

/// <summary>Texts of a query as JSON.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class LiteralJson : JsonSerializerContext;
