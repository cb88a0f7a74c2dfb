using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Answers;

/// <summary>What an error inside an answer means.</summary>
internal static class AnswerErrors
{
    /// <summary>
    /// Whether the answer was cut at a limit of rows or bytes (Kusto's E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003), or is what Log
    /// Analytics calls partial.
    /// </summary>
    public static bool IsCutShort(ServiceError error) =>
        Says(error, "E_QUERY_RESULT_SET_TOO_LARGE") || Says(error, "80DA0003") || Says(error, "PartialError") || Says(error, "-2133196797");

    /// <summary>The error.</summary>
    public static SourceException Of(ServiceError error, ServiceFaults faults)
    {
        (SourceFault fault, string todo) =
            Says(error, "timed out") || Says(error, "timeout") ? (SourceFault.Timeout, "Ask for a shorter time range or less data, or give the query more time.")
            : Says(error, "SemanticError") || Says(error, "SyntaxError") || Says(error, "BadRequest") ? (SourceFault.BadQuery, "Correct it as the service says.")
            : Says(error, "Throttl") ? (SourceFault.Throttled, "Ask again later, or keep fewer queries in flight.")
            : (SourceFault.ServiceFailed, "Ask for less at once: a shorter time range, fewer columns, an earlier 'where'.");
        return faults.Inside(error, fault, todo);
    }

    private static bool Says(ServiceError error, string word) =>
        error.Message.Contains(word, StringComparison.OrdinalIgnoreCase) || error.Codes.Any(code => code.Contains(word, StringComparison.OrdinalIgnoreCase));
}
