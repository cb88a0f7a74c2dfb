using Quarry.Data.Queries;

namespace Quarry.Data.Tests.Queries;

/// <summary>Values for the parameters that have to be given.</summary>
internal static class SampleValues
{
    /// <summary>One for each.</summary>
    public static Dictionary<string, object?> Of(QueryDefinition definition) => definition.Parameters.Where(one => one.IsRequired).ToDictionary(one => one.Name, one => (object?)(one.Type switch
    {
        QueryParameterType.Name => "SigninLogs",
        QueryParameterType.LongList => "4624",
        _ => "x",
    }));
}
