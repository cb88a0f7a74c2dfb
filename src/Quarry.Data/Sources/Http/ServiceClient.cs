using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Quarry.Data.Sources.Http;

/// <summary>
/// Sends requests to one service and hands out the answers as they arrive. What passes (429, 500, 502, 503, 504, a connection that
/// failed) is tried again within bounds; what is left is a <see cref="SourceException"/>. A token goes to this service's address only.
/// Safe to use from several threads.
/// </summary>
internal sealed class ServiceClient
{
    /// <summary>The most bytes of an error's body that are read.</summary>
    private const int LongestError = 64 * 1024;

    private static readonly string UserAgent = $"Quarry/{typeof(ServiceClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0"}";

    private readonly ServiceIdentity _service;
    private readonly ServiceOptions _options;
    private readonly HttpPipeline _pipeline;

    /// <summary>A client of a service. Nothing is sent yet.</summary>
    /// <param name="service">The service, for messages.</param>
    /// <param name="address">Its address; requests name paths below it.</param>
    /// <param name="scope">What a token has to be for, for example <c>https://api.loganalytics.io/.default</c>.</param>
    /// <param name="options">How it is talked to.</param>
    /// <exception cref="SourceException">The address is none that anything is sent to; the message tells why.</exception>
    public ServiceClient(ServiceIdentity service, Uri address, string scope, ServiceOptions options)
    {
        _service = service;
        _options = options;
        Address = Checked(address);
        bool sendsToken = options.Credential is not null && Address.Scheme == Uri.UriSchemeHttps;
        _pipeline = new HttpPipeline(
            options.Transport ?? ServiceTransport.For(Address),
            sendsToken ? [new BearerTokenAuthenticationPolicy(options.Credential!, scope)] : []);
    }

    /// <summary>The service's address.</summary>
    public Uri Address { get; }

    /// <summary>The errors of a request, for what goes wrong after its answer began.</summary>
    public ServiceFaults FaultsOf(ServiceRequest request) => new(_service, Address, request.What);

    /// <summary>Sends a request. The answer's status is one of success; its body is read as it arrives.</summary>
    /// <exception cref="SourceException">There is no such answer, also after all tries; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ServiceAnswer> SendAsync(ServiceRequest request, CancellationToken cancellation = default)
    {
        ServiceFaults faults = FaultsOf(request);
        var limits = new TimeLimits(faults, request.Timeout ?? _options.Timeout, request.Silence ?? _options.Silence, _options.Clock, cancellation);
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                Attempt tried = await TryAsync(request, faults, limits).ConfigureAwait(false);
                if (tried.Answer is { } answer)
                {
                    return answer;
                }

                TimeSpan wait = tried.RetryAfter ?? Backoff(attempt);
                if (!tried.MayHelp || attempt >= _options.Retries || wait > _options.LongestWait || wait >= limits.Left)
                {
                    throw tried.Error!;
                }

                await Task.Delay(wait, _options.Clock, limits.Token).ConfigureAwait(false);
                limits.Spend(wait);
            }
        }
        catch (OperationCanceledException fault)
        {
            Exception? ended = limits.Ended(fault);
            limits.Dispose();
            if (ended is null)
            {
                throw;
            }

            throw ended;
        }
        catch
        {
            limits.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads its answer as one JSON document; for answers that are small by their nature.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mostBytes">The most that is read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="SourceException">There is no answer, it is too long, or it is no JSON.</exception>
    public async Task<JsonDocument> ReadJsonAsync(ServiceRequest request, int mostBytes = 256 << 20, CancellationToken cancellation = default)
    {
        using ServiceAnswer answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        byte[] body = await BeginningAsync(answer.Body, mostBytes + 1).ConfigureAwait(false);
        if (body.Length > mostBytes)
        {
            throw FaultsOf(request).Broken(string.Create(CultureInfo.InvariantCulture, $"It is longer than {mostBytes:N0} bytes."));
        }

        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException fault)
        {
            throw FaultsOf(request).Broken($"It is no JSON document, or half of one: {fault.Message}", fault);
        }
    }

    private static async Task<byte[]> BeginningAsync(Stream stream, int mostBytes)
    {
        var body = new ArrayBufferWriter<byte>();
        while (body.WrittenCount < mostBytes)
        {
            Memory<byte> room = body.GetMemory(16 * 1024);
            int read = await stream.ReadAsync(room[..Math.Min(room.Length, mostBytes - body.WrittenCount)]).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            body.Advance(read);
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>What the service asks to wait: seconds or a date (RFC 9110, section 10.2.3), or milliseconds by Azure's own headers.</summary>
    private TimeSpan? RetryAfter(Response response)
    {
        foreach (string name in (string[])["retry-after-ms", "x-ms-retry-after-ms"])
        {
            if (response.Headers.TryGetValue(name, out string? milliseconds) && double.TryParse(milliseconds, CultureInfo.InvariantCulture, out double count) && count is >= 0 and < 1e9)
            {
                return TimeSpan.FromMilliseconds(count);
            }
        }

        if (!response.Headers.TryGetValue("Retry-After", out string? text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? TimeSpan.FromTicks(Math.Max(0, (date - _options.Clock.GetUtcNow()).Ticks))
            : null;
    }

    // Half of the wait is left to chance, so that many parts of one query do not come back together.
    private TimeSpan Backoff(int attempt)
    {
        double longest = Math.Min(_options.FirstWait.TotalSeconds * Math.Pow(2, Math.Min(attempt, 20)), _options.LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    private async Task<Attempt> TryAsync(ServiceRequest request, ServiceFaults faults, TimeLimits limits)
    {
        HttpMessage message = Message(request);
        try
        {
            limits.Begin();
            await _pipeline.SendAsync(message, limits.Token).ConfigureAwait(false);
            limits.Pause();
            faults.Secret = Token(message);
            if (message.Response.Status is >= 200 and < 300)
            {
                Stream content = message.Response.ContentStream ?? Stream.Null;
                return new Attempt { Answer = new ServiceAnswer(message, new AnswerStream(content, faults, limits)) };
            }

            Attempt failed = await FailedAsync(message.Response, request, faults, limits).ConfigureAwait(false);
            message.Dispose();
            return failed;
        }
        catch (Exception fault) when (fault is not SourceException)
        {
            limits.Pause();
            faults.Secret = Token(message);
            message.Dispose();
            if (limits.Ended(fault) is { } ended)
            {
                throw ended;
            }

            SourceException error = faults.Before(fault);
            return new Attempt { Error = error, MayHelp = error.Fault == SourceFault.Unreachable && (request.MayRepeat || NotSent(fault)) };
        }
    }

    private async Task<Attempt> FailedAsync(Response response, ServiceRequest request, ServiceFaults faults, TimeLimits limits)
    {
        ServiceError said = await SaidAsync(response, limits).ConfigureAwait(false);
        TimeSpan? retryAfter = RetryAfter(response);
        string? redirectedTo = response.Headers.TryGetValue("Location", out string? location) && Uri.TryCreate(Address, location, out Uri? target) ? SecretText.Address(target) : null;
        return new Attempt
        {
            Error = faults.Status(response.Status, said, retryAfter, redirectedTo),
            RetryAfter = retryAfter,
            MayHelp = !limits.Token.IsCancellationRequested && (response.Status == 429 || (response.Status is 500 or 502 or 503 or 504 && request.MayRepeat && !said.IsPermanent)),
        };
    }

    // An error is an error even where its body does not arrive.
    private static async Task<ServiceError> SaidAsync(Response response, TimeLimits limits)
    {
        if (response.ContentStream is not { } content)
        {
            return ServiceError.None;
        }

        byte[] body = ArrayPool<byte>.Shared.Rent(LongestError);
        int length = 0;
        try
        {
            int read = -1;
            while (length < LongestError && read != 0)
            {
                limits.Begin();
                read = await content.ReadAsync(body.AsMemory(length, LongestError - length), limits.Token).ConfigureAwait(false);
                length += read;
            }

            return ServiceError.Read(body.AsSpan(0, length));
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or RequestFailedException or InvalidDataException
            || (fault is OperationCanceledException && !limits.IsStopped))
        {
            return ServiceError.Read(body.AsSpan(0, length));
        }
        finally
        {
            limits.Pause();
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static bool NotSent(Exception fault)
    {
        for (Exception? one = fault; one is not null; one = one.InnerException)
        {
            if (one is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError })
            {
                return true;
            }
        }

        return false;
    }

    private static string? Token(HttpMessage message) =>
        message.Request.Headers.TryGetValue("Authorization", out string? header) ? header[(header.IndexOf(' ') + 1)..] : null;

    private HttpMessage Message(ServiceRequest request)
    {
        HttpMessage message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        Request http = message.Request;
        http.Method = request.Method;
        http.Uri.Reset(Below(request.Path));
        http.ClientRequestId = request.Id ?? $"Quarry;{Guid.NewGuid()}";
        http.Headers.SetValue("User-Agent", UserAgent);
        http.Headers.SetValue("Accept", "application/json");
        http.Headers.SetValue("x-ms-client-request-id", http.ClientRequestId);
        foreach ((string name, string value) in request.Headers)
        {
            http.Headers.SetValue(name, value);
        }

        if (!request.Body.IsEmpty)
        {
            http.Headers.SetValue("Content-Type", "application/json; charset=utf-8");
            http.Content = RequestContent.Create(request.Body);
        }

        return message;
    }

    private Uri Below(string path)
    {
        var whole = new Uri($"{Address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path.TrimStart('/')}");
        return whole.Host == Address.Host && whole.Port == Address.Port && whole.Scheme == Address.Scheme
            ? whole
            : throw new ArgumentException($"The path '{path}' leaves the service's address.", nameof(path));
    }

    private Uri Checked(Uri address)
    {
        if (!address.IsAbsoluteUri)
        {
            throw new SourceException(SourceFault.Unsupported, $"'{SecretText.Masked(address.OriginalString)}' is no address of {_service.Name}. Write it whole, with https://.");
        }

        var faults = new ServiceFaults(_service, address, "the query");
        if (address.UserInfo.Length > 0)
        {
            throw faults.Refused("its address holds a user name or password.", "Leave it out, and sign in by a credential.");
        }

        return address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && ServiceTransport.IsLoopback(address))
            ? address
            : throw faults.Refused("it is not https, and everyone on the way could read and change what is asked and answered.", "Write https://; plain http is for addresses of this machine only.");
    }

    /// <summary>What a try came to: an answer, or an error.</summary>
    private readonly record struct Attempt
    {
        public ServiceAnswer? Answer { get; init; }

        public SourceException? Error { get; init; }

        public TimeSpan? RetryAfter { get; init; }

        public bool MayHelp { get; init; }
    }
}
