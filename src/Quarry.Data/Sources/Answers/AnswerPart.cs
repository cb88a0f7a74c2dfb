using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>A step in reading an answer: a table begins, or rows of it have arrived.</summary>
/// <param name="Schema">The columns of the table that begins; null where rows have arrived.</param>
/// <param name="Rows">The rows; null where a table begins.</param>
internal readonly record struct AnswerPart(TableSchema? Schema, Table? Rows);
