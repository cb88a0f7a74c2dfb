using System.Dynamic;
using Quarry.Data.Queries.Filling;

namespace Quarry.Data.Queries;

/// <summary>A family of queries whose members are found while a notebook runs: families below it, and queries as methods.</summary>
/// <param name="library">The queries.</param>
/// <param name="path">The family's name; empty for all of them.</param>
/// <param name="call">What a call of a query gives.</param>
internal sealed class QueryFamily(QueryLibrary library, string path, Func<QueryDefinition, IReadOnlyDictionary<string, object?>, object> call) : DynamicObject
{
    /// <inheritdoc/>
    public override IEnumerable<string> GetDynamicMemberNames() =>
        Names().Where(name => path.Length == 0 || name.StartsWith(path + ".", StringComparison.OrdinalIgnoreCase))
            .Select(name => name[(path.Length == 0 ? 0 : path.Length + 1)..].Split('.')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        string name = Below(binder.Name);
        result = library.Find(name) is { } definition && definition.Families.Any(family => name.Equals($"{family}.{definition.Name}", StringComparison.OrdinalIgnoreCase)) ? definition
            : Names().Any(one => one.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase)) ? new QueryFamily(library, name, call)
            : throw library.Unknown(name);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        QueryDefinition definition = library[Below(binder.Name)];
        object?[] values = args ?? [];
        int unnamed = values.Length - binder.CallInfo.ArgumentNames.Count;
        if (unnamed > definition.Parameters.Count)
        {
            throw new QuarryException($"{definition.FullName} has {definition.Parameters.Count} parameters, and {unnamed} values were given without names.");
        }

        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            string name = i < unnamed ? definition.Parameters[i].Name : binder.CallInfo.ArgumentNames[i - unnamed];
            if (!parameters.TryAdd(name, values[i]))
            {
                throw new QuarryException($"{definition.FullName} was given '{Shortened.Of(name)}' twice.");
            }
        }

        result = call(definition, parameters);
        return true;
    }

    private IEnumerable<string> Names() => library.Definitions.SelectMany(one => one.Aliases.Prepend(one.FullName));

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
