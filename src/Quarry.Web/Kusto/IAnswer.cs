using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>An answer of one of the protocols, written as its rows are made.</summary>
internal interface IAnswer
{
    /// <summary>Begins the answer; the first rows are there.</summary>
    void Begin(KqlRender? render);

    /// <summary>Begins a table.</summary>
    void BeginTable(TableSchema schema);

    /// <summary>Writes rows of it.</summary>
    void Write(Table rows);

    /// <summary>Ends the table.</summary>
    void EndTable();

    /// <summary>Ends the answer.</summary>
    /// <param name="remarks">What there is to know beside the rows.</param>
    /// <param name="error">What went wrong after the first rows; null where all went well.</param>
    void End(IReadOnlyList<string> remarks, Exception? error);
}
