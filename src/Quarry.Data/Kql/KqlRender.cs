using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;

namespace Quarry.Data.Kql;

/// <summary>How a query wants its result drawn: <c>render timechart with (title="Logons")</c>.</summary>
/// <param name="Kind">The chart, for example <c>timechart</c>.</param>
/// <param name="Properties">What is said of it, by name: <c>title</c>, <c>xcolumn</c>, <c>ycolumns</c>, <c>series</c>, <c>kind</c>, …; several values with commas between them.</param>
public sealed record KqlRender(string Kind, IReadOnlyDictionary<string, string> Properties)
{
    internal static KqlRender Of(RenderOperator render) => new(
        render.Chart.Text.ToString(),
        render.Properties.GroupBy(property => property.Name.ToLowerInvariant()).ToDictionary(
            same => same.Key,
            same => string.Join(",", same.Last().Values.Select(value => value is StringLiteral text ? text.Value : value.ToString().Trim()))));
}
