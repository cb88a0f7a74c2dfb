using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quarry.Reports.Tests.Browser;

/// <summary>A page of Chromium, and all that it said and asked for.</summary>
public sealed class BrowserPage(ClientWebSocket socket) : IAsyncDisposable
{
    private int _id;
    private string? _session;
    private string? _target;
    private bool _isLoaded;

    /// <summary>What the console said: messages, errors, violations of the policy.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Every address that was asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file and waits until it has loaded.</summary>
    public async Task StartAsync(string path)
    {
        JsonNode created = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        _target = (string)created["targetId"]!;
        JsonNode attached = await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = _target, ["flatten"] = true });
        _session = (string)attached["sessionId"]!;
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            await SendAsync($"{domain}.enable");
        }

        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        while (!_isLoaded)
        {
            Note(await ReceiveAsync());
        }
    }

    /// <summary>The value of an expression, as JSON has it.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        JsonNode result = await SendAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["returnByValue"] = true,
            ["awaitPromise"] = true,
            ["userGesture"] = true,
        });
        (result["exceptionDetails"]?.ToJsonString()).ShouldBeNull(expression);
        return result["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits until an expression is true, at most half a minute.</summary>
    public async Task UntilAsync(string expression)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(30);
        while (!await EvaluateAsync<bool>($"!!({expression})"))
        {
            (DateTime.UtcNow < end).ShouldBeTrue($"{expression} did not come true. The page said: {string.Join('\n', Said)}");
            await Task.Delay(50);
        }
    }

    /// <summary>Brings every section into sight, so that all of it is drawn.</summary>
    public async Task DrawAllAsync()
    {
        await EvaluateAsync<object>("(async () => { for (const s of document.querySelectorAll('[data-chart],[data-table]')) { s.scrollIntoView(); await new Promise(r => setTimeout(r, 60)); } })()");
        await UntilAsync("[...document.querySelectorAll('[data-chart],[data-table]')].every(e => e.dataset.ready === 'yes')");
        await EvaluateAsync<object>("window.scrollTo(0, 0)");
    }

    /// <summary>Presses a key, with or without Control.</summary>
    public async Task PressAsync(string key, bool control = false)
    {
        foreach (string type in (string[])["keyDown", "keyUp"])
        {
            var parameters = new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["modifiers"] = control ? 2 : 0 };
            if (control && key == "c" && type == "keyDown")
            {
                parameters["commands"] = new JsonArray("copy");
            }

            await SendAsync("Input.dispatchKeyEvent", parameters);
        }
    }

    /// <summary>Moves the pointer to a place of the window.</summary>
    public Task MoveAsync(double x, double y) =>
        SendAsync("Input.dispatchMouseEvent", new JsonObject { ["type"] = "mouseMoved", ["x"] = x, ["y"] = y });

    /// <summary>Asks for a command of the protocol.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_id;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        while (true)
        {
            JsonNode answer = await ReceiveAsync();
            if ((int?)answer["id"] == id)
            {
                (answer["error"]?.ToJsonString()).ShouldBeNull(method);
                return answer["result"]!;
            }

            Note(answer);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _session = null;
        await SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target });
        socket.Dispose();
    }

    private void Note(JsonNode message)
    {
        JsonNode? parameters = message["params"];
        switch ((string?)message["method"])
        {
            case "Page.loadEventFired": _isLoaded = true; break;
            case "Network.requestWillBeSent": Requests.Add((string)parameters!["request"]!["url"]!); break;
            case "Runtime.consoleAPICalled": Said.Add(parameters!["args"]!.ToJsonString()); break;
            case "Runtime.exceptionThrown": Said.Add(parameters!["exceptionDetails"]!.ToJsonString()); break;
            case "Log.entryAdded": Said.Add(parameters!["entry"]!.ToJsonString()); break;
            default: break;
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var message = new MemoryStream();
        byte[] part = new byte[1 << 16];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(part.AsMemory(), time.Token);
            message.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
