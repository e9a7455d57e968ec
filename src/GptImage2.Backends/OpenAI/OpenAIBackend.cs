using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Backends.OpenAI;

/// <summary>OpenAI's Images API, spoken directly: OpenAI's own, or that of another service that speaks it the same way.</summary>
public sealed partial class OpenAIBackend : IImageBackend, IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>OpenAI's, and that of the gateway in front of Azure's.</summary>
    private static readonly string[] RequestIdHeaders = ["x-request-id", "apim-request-id"];

    private readonly ImagesService _service;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ILogger _logger;
    private readonly Random _random;
    private readonly OpenAIErrorTexts _texts;
    private readonly OpenAIErrorMapper _errors;

    /// <param name="random">Spreads attempts over time; null for any.</param>
    /// <param name="handler">Must not follow redirects; see <see cref="ServiceHandler"/>. Stays the caller's.</param>
    public OpenAIBackend(OpenAIOptions options, HttpMessageHandler handler, TimeProvider time, ILogger<OpenAIBackend>? logger = null, Random? random = null)
        : this(OpenAIService.Create(options), handler, time, logger, random)
    {
    }

    private OpenAIBackend(ImagesService service, HttpMessageHandler handler, TimeProvider time, ILogger<OpenAIBackend>? logger, Random? random)
    {
        (_service, _time, _logger, _random) = (service, time, logger ?? NullLogger<OpenAIBackend>.Instance, random ?? Random.Shared);
        _http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _texts = new OpenAIErrorTexts(service);
        _errors = new OpenAIErrorMapper(_texts);
    }

    public string Name => _service.Name;

    public ModelProfile Profile => _service.GetProfile();

    public string? Notice => null;

    public bool IsConfigured => _service.HasCredentials;

    public Task PrepareAsync(CancellationToken cancellationToken) => _service.PrepareAsync?.Invoke(cancellationToken) ?? Task.CompletedTask;

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (!_service.HasCredentials)
        {
            throw new ImageException(_texts.MalformedApiKey());
        }

        var calls = _service.CreateCalls?.Invoke(validated, inputs) ?? [OpenAICall.From(validated, inputs, _service.Streams, _service.ModelName)];
        var total = new RenderOutcome(Usage: null, RequestId: null);
        foreach (var (index, call) in calls.Index())
        {
            try
            {
                total = Add(total, await RenderOnceAsync(call, sink, cancellationToken));
            }
            catch (ImageException failed) when (index > 0)
            {
                throw new ImageException(_texts.FailedLater(failed.Failure, calls.Take(index).Sum(done => done.Count)), failed);
            }
        }

        return total;
    }

    public Task<string> CheckAsync(CancellationToken cancellationToken) => _service.CheckAsync(_service, _http, cancellationToken);

    /// <summary>For another service that speaks the same API.</summary>
    internal static OpenAIBackend Create(ImagesService service, HttpMessageHandler handler, TimeProvider time, ILogger<OpenAIBackend>? logger = null, Random? random = null) =>
        new(service, handler, time, logger, random);

    public void Dispose() => _http.Dispose();

    private async Task<RenderOutcome> RenderOnceAsync(OpenAICall call, IRenderSink sink, CancellationToken cancellationToken)
    {
        using var attempt = new RequestAttempt(call, _service, _time, sink, cancellationToken);
        await using var images = new RenderSinkTarget(sink);
        try
        {
            sink.Report(RenderStage.Sending);
            // An attempt that was rejected unbilled counts as never sent: the call is waiting to be sent again.
            var retry = RetryPolicy.Create(_time, _random, () => sink.Report(RenderStage.Sending));
            using var response = await retry.ExecuteAsync(async _ => await SendAsync(attempt), attempt.LinkedToken);
            return await ReceiveAsync(response, attempt, images, sink, call.Count);
        }
        catch (OperationCanceledException e) when (attempt.TimedOut)
        {
            throw new ImageException(_texts.TimedOut(attempt.HasStarted, attempt.IsSent, images.StoredCount, attempt.RequestId, attempt.ClientRequestId), e);
        }
        catch (UnreadableInputException e)
        {
            throw new ImageException(_texts.InputUnreadable(e.Argument), e);
        }
    }

    /// <summary>Several requests as one.</summary>
    private static RenderOutcome Add(RenderOutcome before, RenderOutcome next) => new(
        (before.Usage, next.Usage) switch
        {
            ({ } some, { } more) => new TokenUsage(some.TextIn + more.TextIn, some.ImageIn + more.ImageIn, some.Out + more.Out),
            _ => next.Usage,
        },
        next.RequestId)
    {
        Usd = before.Usd is null ? next.Usd : before.Usd + next.Usd,
    };

    private async Task<HttpResponseMessage> SendAsync(RequestAttempt attempt)
    {
        using var request = attempt.CreateRequest();
        await _service.AuthorizeAsync(request, attempt.LinkedToken);
        var started = _time.GetTimestamp();
        var response = await ConnectAsync(request, attempt);
        attempt.RequestId = RequestIdHeaders.Select(name => response.Headers.NonValidated.TryGetValues(name, out var id) ? id.ToString() : null).FirstOrDefault(id => id is not null);
        var (status, elapsed, requestId) = ((int)response.StatusCode, _time.GetElapsedTime(started), attempt.RequestId);
        LogResponse(_service.Words.Name, status, elapsed, requestId);
        return response.IsSuccessStatusCode ? response : throw await ReadErrorAsync(response, attempt);
    }

    private async Task<ImageException> ReadErrorAsync(HttpResponseMessage response, RequestAttempt attempt)
    {
        using var failed = response;
        await using var body = await response.Content.ReadAsStreamAsync(attempt.LinkedToken);
        var error = ApiErrorBody.Read(await ResponseReader.ReadPrefixAsync(body, MaxErrorBytes, attempt.LinkedToken));
        attempt.Abandon();
        var retryAfter = RetryAfterHeader.Read(response.Headers, _time);
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
            var failure = attempt.IsSent ? _texts.NoResponse(attempt.ClientRequestId) : ToConnectionFailure(attempt, e.HttpRequestError);
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
            var answer = await (_service.ReadAnswerAsync?.Invoke(response, images, attempt.LinkedToken) ?? ReadResponseAsync(response, images, sink, attempt.LinkedToken));
            var usage = OpenAIUsageReader.Read(answer);
            if (images is { StoredCount: 0, StorageError: null })
            {
                throw new ImageException(_texts.NoImageInResponse(hasUsage: usage is not null, attempt.RequestId, attempt.ClientRequestId));
            }

            return images.StorageError is { } error ? throw error : new RenderOutcome(usage, attempt.RequestId) { Usd = _service.ReportsCost ? OpenAIUsageReader.ReadCost(answer) : null };
        }
        catch (MalformedResponseException) when (images.StoredCount == count)
        {
            // Every image has arrived; only the token usage is missing.
            return new RenderOutcome(Usage: null, attempt.RequestId);
        }
        catch (MalformedResponseException e)
        {
            throw new ImageException(_texts.MalformedResponse(e, images.StoredCount, attempt.RequestId, attempt.ClientRequestId), e);
        }
        catch (ApiErrorEventException e)
        {
            throw new ImageException(_errors.Map(0, e.Error, attempt.ArgumentNames, attempt.RequestId, retryAfter: null), e);
        }
        catch (ImageException e) when (e.Failure.Billed is Billing.No)
        {
            // The image could not be stored here, but it was drawn.
            throw new ImageException(e.Failure with { Billed = _service.Words.IsFree ? Billing.No : Billing.Yes, RequestId = attempt.RequestId }, e);
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Service} responded with {Status} after {Elapsed} (request {RequestId})")]
    private partial void LogResponse(string service, int status, TimeSpan elapsed, string? requestId);
}
