using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Backends.OpenAI;

/// <summary>OpenAI's Images API, spoken directly.</summary>
/// <param name="random">Spreads attempts over time; null for any.</param>
/// <param name="handler">Must not follow redirects; see <see cref="ServiceHandler"/>. Stays the caller's.</param>
public sealed partial class OpenAIBackend(
    OpenAIOptions options,
    HttpMessageHandler handler,
    TimeProvider time,
    ILogger<OpenAIBackend>? logger = null,
    Random? random = null) : IImageBackend, IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;

    private readonly HttpClient _http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ILogger _logger = logger ?? NullLogger<OpenAIBackend>.Instance;
    private readonly Random _random = random ?? Random.Shared;
    private readonly OpenAIErrorTexts _texts = new(options);
    private readonly OpenAIErrorMapper _errors = new(new OpenAIErrorTexts(options));

    public string Name => "openai";

    public ModelProfile Profile { get; } = OpenAIModels.Resolve(options.Model) with { PartialImages = options.PartialImages };

    public string? Notice => null;

    public bool IsConfigured => options.ApiKey.IsSendable;

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (!options.ApiKey.IsSendable)
        {
            throw new ImageException(OpenAIErrorTexts.MalformedApiKey());
        }

        var call = OpenAICall.From(validated, inputs, stream: options.Stream is not false);
        using var attempt = new RequestAttempt(call, options, time, sink, cancellationToken);
        await using var images = new RenderSinkTarget(sink);
        try
        {
            sink.Report(RenderStage.Sending);
            // An attempt that was rejected unbilled counts as never sent: the call is waiting to be sent again.
            var retry = RetryPolicy.Create(time, _random, () => sink.Report(RenderStage.Sending));
            using var response = await retry.ExecuteAsync(async _ => await SendAsync(attempt), attempt.LinkedToken);
            return await ReceiveAsync(response, attempt, images, sink, validated.Request.Count);
        }
        catch (OperationCanceledException e) when (attempt.TimedOut)
        {
            throw new ImageException(_texts.TimedOut(attempt.HasStarted, attempt.IsSent, images.StoredCount, attempt.RequestId, attempt.ClientRequestId), e);
        }
        catch (UnreadableInputException e)
        {
            throw new ImageException(OpenAIErrorTexts.InputUnreadable(e.Argument), e);
        }
    }

    public Task<string> CheckAsync(CancellationToken cancellationToken) => new OpenAIHealthCheck(options, _http).RunAsync(cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(RequestAttempt attempt)
    {
        using var request = attempt.CreateRequest();
        var started = time.GetTimestamp();
        var response = await ConnectAsync(request, attempt);
        attempt.RequestId = response.Headers.NonValidated.TryGetValues("x-request-id", out var id) ? id.ToString() : null;
        var (status, elapsed, requestId) = ((int)response.StatusCode, time.GetElapsedTime(started), attempt.RequestId);
        LogResponse(status, elapsed, requestId);
        return response.IsSuccessStatusCode ? response : throw await ReadErrorAsync(response, attempt);
    }

    private async Task<ImageException> ReadErrorAsync(HttpResponseMessage response, RequestAttempt attempt)
    {
        using var failed = response;
        await using var body = await response.Content.ReadAsStreamAsync(attempt.LinkedToken);
        var error = ApiErrorBody.Read(await ResponseReader.ReadPrefixAsync(body, MaxErrorBytes, attempt.LinkedToken));
        attempt.Abandon();
        var retryAfter = RetryAfterHeader.Read(response.Headers, time);
        return new ImageException(_errors.Map((int)response.StatusCode, error, attempt.ArgumentNames, attempt.RequestId, retryAfter));
    }

    private async Task<HttpResponseMessage> ConnectAsync(HttpRequestMessage request, RequestAttempt attempt)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.LinkedToken);
        }
        catch (Exception) when (attempt.ReadError is { } unreadable)
        {
            throw unreadable;
        }
        catch (HttpRequestException e)
        {
            var failure = attempt.IsSent ? OpenAIErrorTexts.NoResponse(attempt.ClientRequestId) : ToConnectionFailure(attempt, e.HttpRequestError);
            throw new ImageException(failure, e);
        }
        catch (OperationCanceledException e) when (!attempt.LinkedToken.IsCancellationRequested && !attempt.IsSent)
        {
            // Not cancelled by the caller: the handler's own connect timeout ran out.
            throw new ImageException(ToConnectionFailure(attempt, HttpRequestError.ConnectionError), e);
        }
    }

    private Failure ToConnectionFailure(RequestAttempt attempt, HttpRequestError error)
    {
        var started = attempt.HasStarted;
        attempt.Abandon();
        return started ? _texts.Interrupted() : _texts.Unreachable(error);
    }

    private async Task<RenderOutcome> ReceiveAsync(HttpResponseMessage response, RequestAttempt attempt, RenderSinkTarget images, IRenderSink sink, int count)
    {
        try
        {
            var usage = OpenAIUsageReader.Read(await ReadResponseAsync(response, images, sink, attempt.LinkedToken));
            if (images is { StoredCount: 0, StorageError: null })
            {
                throw new ImageException(OpenAIErrorTexts.NoImageInResponse(hasUsage: usage is not null, attempt.RequestId, attempt.ClientRequestId));
            }

            return images.StorageError is { } error ? throw error : new RenderOutcome(usage, attempt.RequestId);
        }
        catch (MalformedResponseException) when (images.StoredCount == count)
        {
            // Every image has arrived; only the token usage is missing.
            return new RenderOutcome(Usage: null, attempt.RequestId);
        }
        catch (MalformedResponseException e)
        {
            throw new ImageException(OpenAIErrorTexts.MalformedResponse(e, images.StoredCount, attempt.RequestId, attempt.ClientRequestId), e);
        }
        catch (ApiErrorEventException e)
        {
            throw new ImageException(_errors.Map(0, e.Error, attempt.ArgumentNames, attempt.RequestId, retryAfter: null), e);
        }
        catch (ImageException e) when (e.Failure.Billed is Billing.No)
        {
            // The image could not be stored here, but it was drawn.
            throw new ImageException(e.Failure with { Billed = Billing.Yes, RequestId = attempt.RequestId }, e);
        }
    }

    /// <returns>What the response holds in addition to images.</returns>
    private static async Task<JsonElement> ReadResponseAsync(HttpResponseMessage response, RenderSinkTarget images, IRenderSink sink, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not "text/event-stream")
        {
            var json = new Base64JsonStream(images);
            await ResponseReader.CopyToAsync(body, json.WriteAsync, enough: static () => false, cancellationToken);
            return json.Complete();
        }

        var events = new OpenAIImageEvents(sink, images);
        var stream = new ServerSentEventReader(events);
        await ResponseReader.CopyToAsync(body, stream.WriteAsync, enough: () => events.Completed is not null, cancellationToken);
        if (events.Completed is null)
        {
            await stream.CompleteAsync(cancellationToken);
        }

        return events.Completed ?? throw new MalformedResponseException("ended before the image was complete");
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "OpenAI responded with {Status} after {Elapsed} (request {RequestId})")]
    private partial void LogResponse(int status, TimeSpan elapsed, string? requestId);
}
