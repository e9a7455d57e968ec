using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI;

/// <summary>One call to a service: its current attempt, its time limit and its ids.</summary>
internal sealed class RequestAttempt : IDisposable
{
    private readonly OpenAICall _call;
    private readonly ImagesService _service;
    private readonly IRenderSink _sink;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _linked;
    private TrackedRequestBody? _body;

    public RequestAttempt(OpenAICall call, ImagesService service, TimeProvider time, IRenderSink sink, CancellationToken caller)
    {
        (_call, _service, _sink, _caller) = (call, service, sink, caller);
        _timeout = new CancellationTokenSource(service.Timeout, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token);
    }

    public ImageArgumentNames ArgumentNames => _call.ArgumentNames;

    /// <summary>Cancelled by the caller or by the timeout.</summary>
    public CancellationToken LinkedToken => _linked.Token;

    public bool TimedOut => _timeout.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Whether the request has begun to leave.</summary>
    public bool HasStarted => _body?.HasStarted is true;

    /// <summary>Whether all of the request has left, or may have, so that it may be billed.</summary>
    public bool IsSent => _body?.IsSent is true;

    /// <summary>Why the request could not be read to its end, if it could not.</summary>
    public UnreadableInputException? ReadError => _body?.ReadError;

    /// <summary>The service's id of the request, once it has responded.</summary>
    public string? RequestId { get; set; }

    /// <summary>Our own id of the request.</summary>
    public string ClientRequestId { get; private set; } = "";

    /// <summary>Begins an attempt: a new request with a new id and the full timeout, without the headers that say who asks.</summary>
    /// <exception cref="UnreadableInputException">A file of the request is gone.</exception>
    public HttpRequestMessage CreateRequest()
    {
        _timeout.CancelAfter(_service.Timeout);
        _body = _call.CreateBody(() => _sink.Report(RenderStage.Drawing));
        ClientRequestId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        RequestId = null;

        var request = new HttpRequestMessage(HttpMethod.Post, _service.GetUrl(_call.Path)) { Content = _body };
        request.AddHeader("X-Client-Request-Id", ClientRequestId);
        request.AddUserAgent();
        return request;
    }

    /// <summary>Ends an attempt that was rejected. Waiting for the next one counts neither as sent nor towards the timeout.</summary>
    public void Abandon()
    {
        _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        _body = null;
    }

    public void Dispose()
    {
        _linked.Dispose();
        _timeout.Dispose();
    }
}
