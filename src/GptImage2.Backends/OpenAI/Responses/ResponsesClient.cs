using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Protocol;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>OpenAI's Responses API, one request at a time.</summary>
/// <param name="handler">Must not follow redirects. Stays the caller's.</param>
internal sealed partial class ResponsesClient(OpenAIOptions options, ResponsesErrors errors, HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>A response repeats the tool, and with it the mask.</summary>
    private const int MaxText = 64 * 1024;

    /// <summary>How long the answer to an order that has left is waited for when the job ends: it is what the image is found by.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly OpenAIErrorTexts _texts = new(OpenAIService.Create(options));
    private readonly HttpClient _http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Orders an image. Sent once, whatever happens.</summary>
    /// <param name="body">Makes the body; it is given what to call when all of it has left.</param>
    /// <param name="onSent">Called when all of it has left, or may have.</param>
    /// <returns>The response's id.</returns>
    /// <exception cref="ImageException">It was refused, unbilled; or its answer was lost, and then <see cref="Billing.Unknown"/>.</exception>
    public async Task<string> OrderAsync(Func<Action, TrackedRequestBody> body, ImageArgumentNames arguments, Action onSent, CancellationToken cancellationToken)
    {
        var clientRequestId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        TrackedRequestBody? content = null;
        try
        {
            content = body(onSent);
            using var leaving = cancellationToken.Register(() =>
            {
                if (content.IsSent)
                {
                    timeout.CancelAfter(Grace);
                }
                else
                {
                    timeout.Cancel();
                }
            });
            using var request = CreateRequest(HttpMethod.Post, "responses", clientRequestId, content);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return response.IsSuccessStatusCode
                ? await ReadIdAsync(response, timeout.Token)
                : throw new ImageException(errors.MapOrder((int)response.StatusCode, await ReadErrorAsync(response, timeout.Token), arguments, ReadRequestId(response), RetryAfterHeader.Read(response.Headers, time)));
        }
        catch (UnreadableInputException gone)
        {
            throw new ImageException(_texts.InputUnreadable(gone.Argument), gone);
        }
        catch (Exception failed) when (content?.ReadError is { } unreadable)
        {
            throw new ImageException(_texts.InputUnreadable(unreadable.Argument), failed);
        }
        catch (HttpRequestException failed)
        {
            throw new ImageException(
                content!.IsSent ? ResponsesErrors.OrderLost("The connection to OpenAI was interrupted before it answered the order.", clientRequestId)
                    : content.HasStarted ? _texts.Interrupted() : _texts.Unreachable(failed.HttpRequestError),
                failed);
        }
        catch (MalformedResponseException broken)
        {
            throw new ImageException(ResponsesErrors.OrderLost($"OpenAI's answer to the order {broken.Message}, and names no response.", clientRequestId), broken);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImageException(
                content?.IsSent is true ? ResponsesErrors.OrderLost($"OpenAI did not answer the order within {options.Timeout.TotalSeconds:0.#} s.", clientRequestId)
                    : content?.HasStarted is true ? _texts.Interrupted() : _texts.Unreachable(HttpRequestError.ConnectionError),
                late);
        }
    }

    /// <summary>Asks what became of a response, and takes its image where it has one.</summary>
    /// <exception cref="PassingFailureException">It may be asked again.</exception>
    /// <exception cref="MalformedResponseException">The answer was cut off, or makes no sense.</exception>
    /// <exception cref="ImageException">The service does not tell.</exception>
    public async Task<ResponseState> ReadAsync(string id, IBase64Target images, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(HttpMethod.Get, PathOf(id), clientRequestId: null, content: null);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            if (response.IsSuccessStatusCode)
            {
                return ResponseState.Read(await ReadJsonAsync(response, images, linked.Token));
            }

            var (status, error) = ((int)response.StatusCode, await ReadErrorAsync(response, linked.Token));
            throw status is 408 or 409 or 425 or 429 or >= 500
                ? new PassingFailureException(status, RetryAfterHeader.Read(response.Headers, time))
                : new ImageException(errors.MapQuestion(status, error, id));
        }
        catch (HttpRequestException unreachable)
        {
            throw new PassingFailureException(0, null, unreachable);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PassingFailureException(0, null, late);
        }
    }

    /// <summary>Asks the service to stop. Nothing is made of its answer: what it has billed it has billed.</summary>
    public async Task CancelAsync(string id)
    {
        using var timeout = new CancellationTokenSource(Grace, time);
        try
        {
            using var request = CreateRequest(HttpMethod.Post, $"{PathOf(id)}/cancel", clientRequestId: null, content: null);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            // It goes on drawing; the job has ended all the same.
            _ = failed;
        }
    }

    /// <summary>Whether the service knows the language model, which costs nothing to ask.</summary>
    /// <returns>The status of its answer.</returns>
    public async Task<int> FindModelAsync(string model, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(HttpMethod.Get, $"models/{Uri.EscapeDataString(model)}", clientRequestId: null, content: null);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private static string PathOf(string id) => $"responses/{Uri.EscapeDataString(id)}";

    private HttpRequestMessage CreateRequest(HttpMethod method, string path, string? clientRequestId, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, options.GetUrl(path)) { Content = content };
        request.AddBearer(options.ApiKey);
        request.AddHeader("OpenAI-Organization", options.Organization);
        request.AddHeader("OpenAI-Project", options.Project);
        request.AddHeader("X-Client-Request-Id", clientRequestId);
        request.AddUserAgent();
        return request;
    }

    private static string? ReadRequestId(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("x-request-id", out var id) ? id.ToString() : null;

    private static async Task<ApiErrorBody?> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return ApiErrorBody.Read(await ResponseReader.ReadPrefixAsync(body, MaxErrorBytes, cancellationToken));
    }

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response, IBase64Target images, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var json = new Base64JsonStream(images, "result", MaxText);
        await ResponseReader.CopyToAsync(body, json.WriteAsync, enough: static () => false, cancellationToken);
        return json.Complete();
    }

    /// <summary>The id comes first, so that an answer which is cut off has usually named it.</summary>
    private static async Task<string> ReadIdAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var none = new FirstImageTarget(sink: null);
        var json = new Base64JsonStream(none, "result", MaxText);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await ResponseReader.CopyToAsync(body, json.WriteAsync, enough: static () => false, cancellationToken);
            return LenientJson.GetText(json.Complete(), "id") is { Length: > 0 } id ? id : throw new MalformedResponseException("is no response");
        }
        catch (Exception cut) when (cut is MalformedResponseException or OperationCanceledException && LeadingId.Match(Encoding.UTF8.GetString(json.Document)) is { Success: true } named)
        {
            return named.Groups[1].Value;
        }
    }

    [GeneratedRegex(@"^\s*\{\s*""id""\s*:\s*""(resp_[A-Za-z0-9_-]{1,200})""", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingId { get; }
}

/// <summary>A question could not be answered now; the response goes on all the same.</summary>
/// <param name="status">Of HTTP; 0 without an answer.</param>
/// <param name="retryAfter">How long to wait, where the service says so.</param>
internal sealed class PassingFailureException(int status, TimeSpan? retryAfter, Exception? inner = null) : Exception($"HTTP {status}", inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
