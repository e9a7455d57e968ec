using System.Text.Json;
using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Backends.OpenAI;

/// <summary>OpenAI's Images API, spoken directly.</summary>
/// <param name="random">Spreads tries apart; null for any.</param>
/// <param name="handler">Must not follow redirects; see <see cref="CreateHandler"/>. Stays the caller's.</param>
public sealed partial class OpenAIBackend(
    OpenAIOptions options,
    HttpMessageHandler handler,
    TimeProvider time,
    ILogger<OpenAIBackend>? logger = null,
    Random? random = null) : IImageBackend, IDisposable
{
    /// <summary>Most bytes of an error that are read.</summary>
    private const int MaxErrorBytes = 64 * 1024;

    private readonly HttpClient _http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ILogger _logger = logger ?? NullLogger<OpenAIBackend>.Instance;
    private readonly Random _random = random ?? Random.Shared;
    private readonly OpenAIErrorMapper _errors = new(options);
    private readonly OpenAITransportErrors _transportErrors = new(options);

    public string Name => "openai";

    public ModelProfile Profile { get; } = KnownModels.Resolve(options.Model) with { PartialImages = options.PartialImages };

    public string? Notice => null;

    /// <summary>Connections as this backend wants them: no redirects, so that the key goes nowhere else; no cookies; DNS looked up anew now and then.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectCallback = KeepAliveConnection.OpenAsync,
    };

    /// <inheritdoc/>
    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (!options.ApiKey.IsSendable)
        {
            throw new ImageException(OpenAITransportErrors.MalformedApiKey());
        }

        var call = OpenAICall.From(validated.Request, inputs, options);
        using var exchange = new RequestAttempt(call, options, time, sink, cancellationToken);
        await using var pictures = new RenderSinkTarget(sink);
        try
        {
            sink.Report(RenderStage.Sending);
            // A try that was refused for nothing is as if it had never left: what waits for the next one waits to be sent.
            var retry = RetryPolicy.Create(time, _random, () => sink.Report(RenderStage.Sending));
            using var response = await retry.ExecuteAsync(async _ => await SendAsync(exchange), exchange.LinkedToken);
            return await ReceiveAsync(response, exchange, pictures, sink, validated.Request.Count);
        }
        catch (OperationCanceledException e) when (exchange.TimedOut)
        {
            throw new ImageException(_transportErrors.TimedOut(exchange.HasStarted, exchange.IsSent, pictures.StoredCount, exchange.RequestId, exchange.ClientRequestId), e);
        }
        catch (UnreadableInputException e)
        {
            throw new ImageException(OpenAITransportErrors.InputUnreadable(e.Argument), e);
        }
    }

    public Task<string> CheckAsync(CancellationToken cancellationToken) => new OpenAIHealthCheck(options, _http).RunAsync(cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(RequestAttempt exchange)
    {
        using var request = exchange.CreateRequest();
        var started = time.GetTimestamp();
        var response = await ConnectAsync(request, exchange);
        exchange.RequestId = response.Headers.NonValidated.TryGetValues("x-request-id", out var id) ? id.ToString() : null;
        var (status, elapsed, requestId) = ((int)response.StatusCode, time.GetElapsedTime(started), exchange.RequestId);
        Answered(status, elapsed, requestId);
        return response.IsSuccessStatusCode ? response : throw await ReadErrorAsync(response, exchange);
    }

    private async Task<ImageException> ReadErrorAsync(HttpResponseMessage response, RequestAttempt exchange)
    {
        using var answer = response;
        await using var body = await response.Content.ReadAsStreamAsync(exchange.LinkedToken);
        var error = ApiErrorBody.Read(await ResponseReader.ReadPrefixAsync(body, MaxErrorBytes, exchange.LinkedToken));
        exchange.Abandon();
        return new ImageException(_errors.Map((int)response.StatusCode, error, exchange.ArgumentNames, exchange.RequestId, RetryAfterHeader.Read(response.Headers, time)));
    }

    private async Task<HttpResponseMessage> ConnectAsync(HttpRequestMessage request, RequestAttempt exchange)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, exchange.LinkedToken);
        }
        catch (Exception) when (exchange.ReadError is { } unreadable)
        {
            throw unreadable;
        }
        catch (HttpRequestException e)
        {
            throw new ImageException(exchange.IsSent ? OpenAITransportErrors.NoResponse(exchange.ClientRequestId) : ToConnectionFailure(exchange, e.HttpRequestError), e);
        }
        catch (OperationCanceledException e) when (!exchange.LinkedToken.IsCancellationRequested && !exchange.IsSent)
        {
            // Nobody cancelled: the handler's own limit for connecting ran out.
            throw new ImageException(ToConnectionFailure(exchange, HttpRequestError.ConnectionError), e);
        }
    }

    private Failure ToConnectionFailure(RequestAttempt exchange, HttpRequestError error)
    {
        var begun = exchange.HasStarted;
        exchange.Abandon();
        return begun ? _transportErrors.Interrupted() : _transportErrors.Unreachable(error);
    }

    private async Task<RenderOutcome> ReceiveAsync(HttpResponseMessage response, RequestAttempt exchange, RenderSinkTarget pictures, IRenderSink sink, int count)
    {
        try
        {
            var usage = OpenAIUsageReader.Read(await ReadResponseAsync(response, pictures, sink, exchange.LinkedToken));
            if (pictures is { StoredCount: 0, StorageError: null })
            {
                throw new ImageException(OpenAITransportErrors.NoImageInResponse(counted: usage is not null, exchange.RequestId, exchange.ClientRequestId));
            }

            return pictures.StorageError is { } refused ? throw refused : new RenderOutcome(usage, exchange.RequestId, Billing.Yes);
        }
        catch (MalformedResponseException) when (pictures.StoredCount == count)
        {
            // Every picture is here; only the account of tokens is not.
            return new RenderOutcome(Usage: null, exchange.RequestId, Billing.Yes);
        }
        catch (MalformedResponseException e)
        {
            throw new ImageException(OpenAITransportErrors.MalformedResponse(e, pictures.StoredCount, exchange.RequestId, exchange.ClientRequestId), e);
        }
        catch (ApiErrorEventException e)
        {
            throw new ImageException(_errors.Map(0, e.Error, exchange.ArgumentNames, exchange.RequestId, retryAfter: null), e);
        }
        catch (ImageException e) when (e.Failure.Billed is Billing.No)
        {
            // The picture could not be kept here, but it was drawn.
            throw new ImageException(e.Failure with { Billed = Billing.Yes, RequestId = exchange.RequestId }, e);
        }
    }

    /// <returns>What the answer says besides pictures.</returns>
    private static async Task<JsonElement> ReadResponseAsync(HttpResponseMessage response, RenderSinkTarget pictures, IRenderSink sink, CancellationToken cancellationToken)
    {
        await using var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not "text/event-stream")
        {
            var json = new Base64JsonStream(pictures);
            await ResponseReader.CopyToAsync(answer, json.WriteAsync, enough: static () => false, cancellationToken);
            return json.Complete();
        }

        var events = new OpenAIImageEvents(sink, pictures);
        var stream = new ServerSentEventReader(events);
        await ResponseReader.CopyToAsync(answer, stream.WriteAsync, enough: () => events.Completed is not null, cancellationToken);
        if (events.Completed is null)
        {
            await stream.CompleteAsync(cancellationToken);
        }

        return events.Completed ?? throw new MalformedResponseException("ended before the picture was complete");
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "OpenAI answered {Status} after {Elapsed} (request {RequestId})")]
    private partial void Answered(int status, TimeSpan elapsed, string? requestId);
}
