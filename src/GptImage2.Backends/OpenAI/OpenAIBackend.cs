using System.Text.Json;
using GptImage2.Backends.Wire;
using GptImage2.Generation.Constraints;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
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
    private const int LongestError = 64 * 1024;

    private readonly HttpClient _http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ILogger _logger = logger ?? NullLogger<OpenAIBackend>.Instance;
    private readonly Random _random = random ?? Random.Shared;
    private readonly OpenAIRefusals _refusals = new(options);
    private readonly OpenAILosses _losses = new(options);

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
        ConnectCallback = LastingConnection.OpenAsync,
    };

    /// <inheritdoc/>
    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        if (!options.ApiKey.IsSendable)
        {
            throw new ImageException(OpenAILosses.UnusableKey());
        }

        var call = OpenAICall.From(validated.Request, inputs, options);
        using var exchange = new Exchange(call, options, time, sink, cancellationToken);
        await using var pictures = new PictureTarget(sink);
        try
        {
            sink.Report(RenderStage.Sending);
            // A try that was refused for nothing is as if it had never left: what waits for the next one waits to be sent.
            var retry = RetryPolicy.Create(time, _random, () => sink.Report(RenderStage.Sending));
            using var response = await retry.ExecuteAsync(async _ => await SendAsync(exchange), exchange.Token);
            return await ReceiveAsync(response, exchange, pictures, sink, validated.Request.Count);
        }
        catch (OperationCanceledException e) when (exchange.TimedOut)
        {
            throw new ImageException(_losses.TimedOut(exchange.Begun, exchange.Sent, pictures.Kept, exchange.RequestId, exchange.ClientRequestId), e);
        }
        catch (UnreadableInputException e)
        {
            throw new ImageException(OpenAILosses.Unreadable(e.Argument), e);
        }
    }

    public Task<string> CheckAsync(CancellationToken cancellationToken) => new OpenAICheck(options, _http).RunAsync(cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Exchange exchange)
    {
        using var request = exchange.Begin();
        var started = time.GetTimestamp();
        var response = await ConnectAsync(request, exchange);
        exchange.RequestId = response.Headers.NonValidated.TryGetValues("x-request-id", out var id) ? id.ToString() : null;
        var (status, elapsed, requestId) = ((int)response.StatusCode, time.GetElapsedTime(started), exchange.RequestId);
        Answered(status, elapsed, requestId);
        return response.IsSuccessStatusCode ? response : throw await RefusedAsync(response, exchange);
    }

    private async Task<ImageException> RefusedAsync(HttpResponseMessage response, Exchange exchange)
    {
        using var answer = response;
        await using var body = await response.Content.ReadAsStreamAsync(exchange.Token);
        var error = ErrorBody.Read(await ArrivingBytes.ReadBeginningAsync(body, LongestError, exchange.Token));
        exchange.GiveUp();
        return new ImageException(_refusals.Explain((int)response.StatusCode, error, exchange.Arguments, exchange.RequestId, RetryAfter.Read(response.Headers, time)));
    }

    private async Task<HttpResponseMessage> ConnectAsync(HttpRequestMessage request, Exchange exchange)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, exchange.Token);
        }
        catch (Exception) when (exchange.Unreadable is { } unreadable)
        {
            throw unreadable;
        }
        catch (HttpRequestException e)
        {
            throw new ImageException(exchange.Sent ? OpenAILosses.NoAnswer(exchange.ClientRequestId) : Unreachable(exchange, e.HttpRequestError), e);
        }
        catch (OperationCanceledException e) when (!exchange.Token.IsCancellationRequested && !exchange.Sent)
        {
            // Nobody cancelled: the handler's own limit for connecting ran out.
            throw new ImageException(Unreachable(exchange, HttpRequestError.ConnectionError), e);
        }
    }

    private Failure Unreachable(Exchange exchange, HttpRequestError error)
    {
        var begun = exchange.Begun;
        exchange.GiveUp();
        return begun ? _losses.Interrupted() : _losses.Unreachable(error);
    }

    private async Task<RenderOutcome> ReceiveAsync(HttpResponseMessage response, Exchange exchange, PictureTarget pictures, IRenderSink sink, int count)
    {
        try
        {
            var usage = UsageReader.Read(await ReadAsync(response, pictures, sink, exchange.Token));
            if (pictures is { Kept: 0, Refused: null })
            {
                throw new ImageException(OpenAILosses.NoPicture(counted: usage is not null, exchange.RequestId, exchange.ClientRequestId));
            }

            return pictures.Refused is { } refused ? throw refused : new RenderOutcome(usage, exchange.RequestId, Billing.Yes);
        }
        catch (BrokenAnswerException) when (pictures.Kept == count)
        {
            // Every picture is here; only the account of tokens is not.
            return new RenderOutcome(Usage: null, exchange.RequestId, Billing.Yes);
        }
        catch (BrokenAnswerException e)
        {
            throw new ImageException(OpenAILosses.BrokenAnswer(e, pictures.Kept, exchange.RequestId, exchange.ClientRequestId), e);
        }
        catch (ErrorEventException e)
        {
            throw new ImageException(_refusals.Explain(0, e.Error, exchange.Arguments, exchange.RequestId, retryAfter: null), e);
        }
        catch (ImageException e) when (e.Failure.Billed is Billing.No)
        {
            // The picture could not be kept here, but it was drawn.
            throw new ImageException(e.Failure with { Billed = Billing.Yes, RequestId = exchange.RequestId }, e);
        }
    }

    /// <returns>What the answer says besides pictures.</returns>
    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, PictureTarget pictures, IRenderSink sink, CancellationToken cancellationToken)
    {
        await using var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not "text/event-stream")
        {
            var json = new Base64JsonStream(pictures);
            await ArrivingBytes.CarryAsync(answer, json.WriteAsync, enough: static () => false, cancellationToken);
            return json.Complete();
        }

        var events = new PictureEvents(sink, pictures);
        var stream = new EventStream(events);
        await ArrivingBytes.CarryAsync(answer, stream.WriteAsync, enough: () => events.Completed is not null, cancellationToken);
        if (events.Completed is null)
        {
            await stream.CompleteAsync(cancellationToken);
        }

        return events.Completed ?? throw new BrokenAnswerException("ended before the picture was complete");
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "OpenAI answered {Status} after {Elapsed} (request {RequestId})")]
    private partial void Answered(int status, TimeSpan elapsed, string? requestId);
}
