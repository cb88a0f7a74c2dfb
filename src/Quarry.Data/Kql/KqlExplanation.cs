using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>How a query was understood, without anything being run.</summary>
/// <param name="SyntaxTree">The syntax tree: a line a node or token, indented, with its place in the text (line and column, from 1).</param>
/// <param name="Results">The columns of each table that the query gives.</param>
/// <param name="Sql">The statement of SQL for each; empty where only the data tells the columns. Values of parameters do not stand in it.</param>
/// <param name="Remarks">What is not told, and why.</param>
public sealed record KqlExplanation(string SyntaxTree, IReadOnlyList<TableSchema> Results, IReadOnlyList<string> Sql, IReadOnlyList<string> Remarks);
