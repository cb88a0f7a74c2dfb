using System.Text;

namespace Quarry.Logs;

/// <summary>Small pieces of JSON from strings.</summary>
internal static class LogJson
{
    /// <summary>Writes an array of strings.</summary>
    public static void Array(JsonBuffer json, IEnumerable<string> texts)
    {
        bool isFirst = true;
        json.Raw((byte)'[');
        foreach (string text in texts)
        {
            if (!isFirst)
            {
                json.Raw((byte)',');
            }

            isFirst = false;
            json.Text(Encoding.UTF8.GetBytes(text));
        }

        json.Raw((byte)']');
    }
}
