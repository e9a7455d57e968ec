using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>Scenario's REST API (the SDK reference of its documentation, 2026-08): one request at a time, mapped errors, and the pace that a project allows.</summary>
/// <param name="handler">Must not follow redirects. Stays the caller's.</param>
internal sealed class ScenarioClient(ScenarioOptions options, HttpMessageHandler handler, TimeProvider time, Random random) : IDisposable
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>The status of a refusal, and in Scenario's documentation of a dry run's price, too.</summary>
    private const int OutOfMoney = 402;

    /// <summary>Of one request, from connecting to the last byte.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly RequestPacer _pacer = new(options.RequestsPerMinute, time);
    private readonly ServiceClock _clock = new(time);

    /// <summary>Scenario's own clock, as far as its answers have told it.</summary>
    public ServiceClock Clock => _clock;

    /// <summary>Asks something that changes nothing, or nothing but what the same request would change again; repeated where it certainly failed.</summary>
    /// <exception cref="ImageException">The service refused or failed. Nothing was billed.</exception>
    public Task<JsonElement> AskAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellationToken) =>
        AskAsync(method, path, json, RequestStage.Before, null, cancellationToken);

    /// <summary>What the service says of a model, its inputs among it.</summary>
    /// <exception cref="ImageException">The service refused or failed. Nothing was billed.</exception>
    public Task<JsonElement> AskModelAsync(string modelId, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, $"models/{Uri.EscapeDataString(modelId)}", null, RequestStage.Before, modelId, cancellationToken);

    /// <summary>Asks about what was started, repeated where that certainly failed.</summary>
    /// <exception cref="ImageException">The service refused or failed. Whether what was started is billed is unknown, and the text leaves it out.</exception>
    public Task<JsonElement> FollowAsync(string path, CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, path, null, RequestStage.After, null, cancellationToken);

    /// <summary>Starts a job. Sent once, whatever happens.</summary>
    /// <param name="onSent">Called when all of it has left, or may have.</param>
    /// <exception cref="ImageException">It was refused, unbilled; or its answer was lost, and then <see cref="Billing.Unknown"/>.</exception>
    public async Task<JsonElement> RunAsync(string modelId, byte[] input, Action onSent, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, RunPath(modelId), input, RequestStage.Run, modelId, onSent, cancellationToken)).Body;

    /// <summary>What a job would cost, in creative units, by a dry run.</summary>
    /// <exception cref="ImageException">The service refused the input, or could not be asked.</exception>
    public async Task<decimal> PriceAsync(string modelId, byte[] input, CancellationToken cancellationToken)
    {
        var (status, body) = await RetryPolicy.Create(time, random, static () => { })
            .ExecuteAsync(async token => await SendAsync(HttpMethod.Post, $"{RunPath(modelId)}?dryRun=true", input, RequestStage.Before, modelId, static () => { }, token), cancellationToken);
        var price = LenientJson.GetText(body, status is OutOfMoney ? "estimatedCost" : "creativeUnitsCost");
        return decimal.TryParse(price, NumberStyles.Float, CultureInfo.InvariantCulture, out var units) && units >= 0
            ? units
            : throw new ImageException(new ScenarioErrors(options, RequestStage.Before).Malformed(new MalformedResponseException("to a dry run names no price")));
    }

    /// <summary>Opens an address that the service has signed. Carries no credentials.</summary>
    public async Task<HttpResponseMessage> OpenSignedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Only the service of this machine's tests has no TLS.
        return request.RequestUri is { IsAbsoluteUri: true } url && (url.Scheme == Uri.UriSchemeHttps || (url.IsLoopback && options.BaseUrl.IsLoopback))
            ? await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : throw new MalformedResponseException("has an address without TLS");
    }

    public void Dispose()
    {
        _pacer.Dispose();
        _http.Dispose();
    }

    private static string RunPath(string modelId) => $"generate/custom/{Uri.EscapeDataString(modelId)}";

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, byte[]? json, RequestStage stage, string? modelId, CancellationToken cancellationToken) =>
        (await RetryPolicy.Create(time, random, static () => { }).ExecuteAsync(async token => await SendAsync(method, path, json, stage, modelId, static () => { }, token), cancellationToken)).Body;

    private async Task<(int Status, JsonElement Body)> SendAsync(
        HttpMethod method, string path, byte[]? json, RequestStage stage, string? modelId, Action onSent, CancellationToken cancellationToken)
    {
        var errors = new ScenarioErrors(options, stage, modelId);
        if (!options.IsSendable)
        {
            throw new ImageException(ScenarioErrors.MalformedCredentials());
        }

        await _pacer.WaitAsync(cancellationToken);
        using var timeout = new CancellationTokenSource(RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var body = json is null ? null : new JsonRequestBody(json, onSent);
        try
        {
            using var request = CreateRequest(method, path, body);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            return await ReadAsync(response, errors, isDryRun: path.Contains("dryRun=true"), linked.Token);
        }
        catch (HttpRequestException failed)
        {
            throw new ImageException(errors.Unreachable(failed.HttpRequestError, body?.IsSent is true), failed);
        }
        catch (MalformedResponseException broken)
        {
            throw new ImageException(errors.Malformed(broken), broken);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImageException(errors.Unreachable(HttpRequestError.ConnectionError, body?.IsSent is true), late);
        }
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string path, HttpContent? body)
    {
        var project = options.ProjectId is { } id ? $"{(path.Contains('?') ? '&' : '?')}projectId={Uri.EscapeDataString(id)}" : "";
        var request = new HttpRequestMessage(method, $"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}{project}") { Content = body };
        request.AddHeader("Authorization", options.AuthorizationHeader);
        request.AddUserAgent();
        return request;
    }

    private async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response, ScenarioErrors errors, bool isDryRun, CancellationToken cancellationToken)
    {
        _clock.Set(response.Headers.Date);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        await ResponseReader.CopyToAsync(stream, bytes.WriteAsync, enough: () => bytes.Length > MaxAnswerBytes, cancellationToken);
        var (status, answer) = ((int)response.StatusCode, TryParse(bytes));
        var isPrice = isDryRun && status is OutOfMoney && answer is { } price && LenientJson.GetMember(price, "estimatedCost") is not null;
        if (!response.IsSuccessStatusCode && !isPrice)
        {
            var gateway = response.Headers.NonValidated.TryGetValues("x-amzn-errortype", out var type) && type.ToString().StartsWith("AccessDenied", StringComparison.Ordinal);
            throw new ImageException(errors.Map(status, ScenarioErrorBody.Read(answer ?? default), gateway, RetryAfterHeader.Read(response.Headers, time)));
        }

        return (status, answer ?? throw new MalformedResponseException("is no JSON object, or was cut off"));
    }

    private static JsonElement? TryParse(MemoryStream bytes)
    {
        try
        {
            return JsonElement.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is { ValueKind: JsonValueKind.Object } root ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
