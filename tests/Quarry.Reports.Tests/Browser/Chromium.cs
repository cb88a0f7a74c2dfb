using System.Diagnostics;
using System.Net.WebSockets;

namespace Quarry.Reports.Tests.Browser;

/// <summary>
/// Headless Chromium, spoken to by its own protocol (DevTools) over a socket. Tests that need it are skipped, and reported so, where it
/// is not installed.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly string _profile = Directory.CreateTempSubdirectory("quarry-chromium-").FullName;
    private Process? _process;
    private string? _address;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } place)
        {
            return;
        }

        var start = new ProcessStartInfo(place)
        {
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--window-size=1280,900", $"--user-data-dir={_profile}", "about:blank",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        string port = Path.Combine(_profile, "DevToolsActivePort");
        for (int i = 0; i < 600 && _address is null; i++)
        {
            await Task.Delay(100);
            if (File.Exists(port) && (await File.ReadAllLinesAsync(port)) is [var number, var path, ..])
            {
                _address = $"ws://127.0.0.1:{number}{path}";
            }
        }

        _process.ErrorDataReceived += (_, _) => { };
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child that dies later may still write; the folder is a temporary one.
        }
    }

    /// <summary>Opens a page of its own on a file.</summary>
    public async Task<BrowserPage> OpenAsync(string html)
    {
        Assert.SkipWhen(Places.All(place => !File.Exists(place)), "Chromium is not installed (apt-get install chromium).");
        _address.ShouldNotBeNull("Chromium did not start.");
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(_address), CancellationToken.None);
        var page = new BrowserPage(socket);
        await page.StartAsync(html);
        return page;
    }
}
