using System.Globalization;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Azure.Identity;

namespace Quarry.Data.Sources.Http;

/// <summary>Makes <see cref="SourceException"/>s of what goes wrong with a request: what happened, and what to do. No message holds a secret.</summary>
internal sealed partial class ServiceFaults
{
    private readonly ServiceIdentity _service;
    private readonly string _where;
    private readonly string _what;

    /// <summary>The faults of one request.</summary>
    public ServiceFaults(ServiceIdentity service, Uri address, string what)
    {
        _service = service;
        _where = $"{service.Name} ({SecretText.Address(address)})";
        _what = what;
    }

    /// <summary>The token that was sent, so that no message repeats it.</summary>
    public string? Secret { get; set; }

    /// <summary>The error of an answer whose status is not success.</summary>
    public SourceException Status(int status, ServiceError said, TimeSpan? retryAfter, string? redirectedTo = null)
    {
        (SourceFault fault, string happened, string todo) = status switch
        {
            >= 300 and < 400 => (SourceFault.BrokenAnswer, $"sends on to {redirectedTo ?? "another address"}, which is not followed, because the question and the token would go there", "Check the address."),
            401 => (SourceFault.Unauthenticated, "does not know who asks", _service.OnUnauthenticated),
            403 => (SourceFault.Forbidden, $"refused {_what}: this user or application may not", _service.OnForbidden),
            404 or 410 => (SourceFault.NotFound, $"does not have what {_what} is for", _service.OnNotFound),
            408 or 504 => (SourceFault.Timeout, $"did not finish {_what} in its time", "Ask for a shorter time range or less data, or give the query more time."),
            413 => (SourceFault.BadQuery, $"finds {_what} too large", "Shorten it, or send its long lists as a table of the service."),
            429 => (SourceFault.Throttled, $"has no room for {_what} now", Later(retryAfter)),
            >= 500 => (SourceFault.ServiceFailed, $"failed at {_what}", "Try again later; if it goes on, look at the service's health page."),
            _ when IsMissing(said) => (SourceFault.NotFound, $"does not have what {_what} is for", _service.OnNotFound),
            _ => (SourceFault.BadQuery, $"does not take {_what}", "Correct it as the service says."),
        };
        string code = said.Code is { } named ? $", {named}" : "";
        return Error(fault, $"{_where} {happened} (HTTP {status}{code}).", said.Message, todo, null, status, said.Code);
    }

    /// <summary>The error of an exception that came before there was an answer.</summary>
    public SourceException Before(Exception fault)
    {
        if (InChain<AuthenticationFailedException>(fault) is { } refused)
        {
            return NoToken(refused);
        }

        HttpRequestException? request = InChain<HttpRequestException>(fault);
        if (request?.HttpRequestError == HttpRequestError.SecureConnectionError || InChain<AuthenticationException>(fault) is not null)
        {
            return Error(
                SourceFault.Certificate,
                $"The certificate of {_where} is not accepted.",
                (InChain<AuthenticationException>(fault) ?? fault).Message,
                "Nothing was sent. Check the address; if a proxy of your organisation inspects connections, its root certificate has to be trusted by this machine.",
                fault);
        }

        if (InChain<InvalidDataException>(fault) is not null || request?.HttpRequestError is HttpRequestError.InvalidResponse)
        {
            return Error(SourceFault.BrokenAnswer, $"What answers at {_where} does not speak HTTP.", fault.Message, "Check the address and its port.", fault);
        }

        string todo = request?.HttpRequestError == HttpRequestError.NameResolutionError
            ? "Check its name, and whether this machine has a network."
            : "Check the address and its port, and whether this machine has a network and a proxy or firewall lets it through.";
        return Error(SourceFault.Unreachable, $"{_where} cannot be reached.", fault.Message, todo, fault);
    }

    /// <summary>The error of an answer that broke off.</summary>
    public SourceException BrokenOff(Exception fault, long bytes) => Error(
        SourceFault.BrokenAnswer,
        string.Create(CultureInfo.InvariantCulture, $"The answer of {_where} to {_what} broke off after {bytes:N0} bytes; what had arrived is not the whole."),
        fault.Message,
        "Ask again; ask for less at once if it goes on.",
        fault);

    /// <summary>The error of an answer that is none, or does not fit what it says of itself.</summary>
    /// <param name="how">What is wrong with it.</param>
    /// <param name="fault">The exception below.</param>
    public SourceException Broken(string how, Exception? fault = null) => Error(
        SourceFault.BrokenAnswer,
        $"The answer of {_where} to {_what} cannot be used.",
        how,
        "Check that the address is one of this service; if it is, this is a fault of the service or of Quarry.",
        fault);

    /// <summary>The error of an error that the service reports inside an answer that began well.</summary>
    public SourceException Inside(ServiceError said, SourceFault fault, string todo) =>
        Error(fault, $"{_where} did not finish {_what}{(said.Code is { } code ? $" ({code})" : "")}.", said.Message, todo, null, null, said.Code);

    /// <summary>The error of an answer that the service cut short.</summary>
    public PartialResultException CutShort(ServiceError said) => new(Text(
        $"{_where} cut the answer to {_what} short{(said.Code is { } code ? $" ({code})" : "")}; what was read is not the whole.",
        said.Message,
        "Ask for fewer rows or columns, split the time range, or allow a partial answer."))
    {
        Code = said.Code,
    };

    /// <summary>The error of a whole time that passed.</summary>
    public SourceException TimeIsOver(TimeSpan limit, Exception? fault = null) => Error(
        SourceFault.Timeout, $"{_where} was not done with {_what} in {Seconds(limit)}.", "", "Ask for a shorter time range or less data, or give the query more time.", fault);

    /// <summary>The error of a service that says nothing.</summary>
    public SourceException Silent(TimeSpan limit, Exception? fault = null) => Error(
        SourceFault.Timeout, $"{_where} sent nothing for {Seconds(limit)} while it was asked for {_what}.", "", "Try again, ask for less, or give the query more time.", fault);

    /// <summary>The error of an address that nothing is sent to.</summary>
    public SourceException Refused(string reason, string todo) => Error(SourceFault.Unsupported, $"Nothing is sent to {_where}: {reason}", "", todo, null);

    private static bool IsMissing(ServiceError said) =>
        said.Code is { } code && (code.Contains("EntityNotFound", StringComparison.OrdinalIgnoreCase) || code.Contains("NotExist", StringComparison.OrdinalIgnoreCase));

    private static string Later(TimeSpan? retryAfter) => retryAfter is { } wait
        ? $"It asks to wait {Seconds(wait)}: ask again then, or keep fewer queries in flight."
        : "Ask again later, or keep fewer queries in flight.";

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalSeconds, 1):0.#} s");

    private static T? InChain<T>(Exception? fault)
        where T : Exception
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is T found)
            {
                return found;
            }

            if (fault is AggregateException { InnerExceptions.Count: > 0 } many)
            {
                // Azure.Core gathers the tries of its own; the last is what it ended with.
                return InChain<T>(many.InnerExceptions[^1]);
            }
        }

        return null;
    }

    [GeneratedRegex(@"AADSTS\d{4,8}")]
    private static partial Regex DirectoryCode();

    private SourceException NoToken(AuthenticationFailedException refused)
    {
        string? code = DirectoryCode().Match(refused.Message) is { Success: true } found ? found.Value : null;
        string todo = code switch
        {
            "AADSTS90002" or "AADSTS50020" => "Check the tenant id: it is not the one this user or application belongs to.",
            "AADSTS700016" => "Check the application id and the tenant id: the application is not in this tenant.",
            "AADSTS7000215" or "AADSTS7000222" => "Check the application's secret: it is wrong or has expired.",
            "AADSTS50076" or "AADSTS50079" or "AADSTS700082" or "AADSTS50173" => "Sign in again with a person present (for example 'az login --tenant …').",
            _ => _service.OnUnauthenticated,
        };
        return Error(SourceFault.Unauthenticated, $"No token for {_where} could be had{(code is null ? "" : $" ({code})")}.", refused.Message, todo, refused, null, code);
    }

    private SourceException Error(SourceFault fault, string happened, string said, string todo, Exception? inner, int? status = null, string? code = null) =>
        new(fault, Text(happened, said, todo), inner) { Status = status, Code = code is null ? null : SecretText.Masked(code, Secret) };

    private string Text(string happened, string said, string todo)
    {
        // Libraries write pages with addresses of troubleshooting guides; the beginning says what there is to know.
        string heard = said.Length > ServiceError.LongestMessage ? said[..ServiceError.LongestMessage] + "…" : said;
        string sentence = ServiceError.Sentence(heard.ReplaceLineEndings(" "));
        return SecretText.Masked(sentence.Length == 0 ? $"{happened} {todo}" : $"{happened} It says: {sentence} {todo}", Secret);
    }
}
