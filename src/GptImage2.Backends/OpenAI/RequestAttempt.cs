using System.Reflection;
using System.Security.Cryptography;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI;

/// <summary>One call's way to OpenAI and back: its tries, its time limit, its ids.</summary>
internal sealed class RequestAttempt : IDisposable
{
    private static readonly string UserAgent = $"GptImage2.Mcp/{typeof(RequestAttempt).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    private readonly OpenAICall _call;
    private readonly OpenAIOptions _options;
    private readonly IRenderSink _sink;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _linked;
    private TrackedRequestBody? _body;

    public RequestAttempt(OpenAICall call, OpenAIOptions options, TimeProvider time, IRenderSink sink, CancellationToken caller)
    {
        (_call, _options, _sink, _caller) = (call, options, sink, caller);
        _timeout = new CancellationTokenSource(options.Timeout, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token);
    }

    /// <summary>What the caller knows the pictures as that go along.</summary>
    public ImageArgumentNames ArgumentNames => _call.ArgumentNames;

    /// <summary>Cancelled by the caller or by the timeout.</summary>
    public CancellationToken LinkedToken => _linked.Token;

    public bool TimedOut => _timeout.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Whether the latest try's request has begun to leave.</summary>
    public bool HasStarted => _body?.HasStarted is true;

    /// <summary>Whether the latest try's request has left whole, or may have, so that it may be billed.</summary>
    public bool IsSent => _body?.IsSent is true;

    /// <summary>Why the latest try's request could not be read to its end, if it could not.</summary>
    public UnreadableInputException? ReadError => _body?.ReadError;

    /// <summary>OpenAI's id of the latest try, once it has answered.</summary>
    public string? RequestId { get; set; }

    /// <summary>Our id of the latest try.</summary>
    public string ClientRequestId { get; private set; } = "";

    /// <summary>Begins a try: a new request with a new id and the whole time.</summary>
    /// <exception cref="UnreadableInputException">A file that belongs into it is gone.</exception>
    public HttpRequestMessage CreateRequest()
    {
        _timeout.CancelAfter(_options.Timeout);
        _body = _call.CreateBody(() => _sink.Report(RenderStage.Drawing));
        ClientRequestId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        RequestId = null;

        var request = new HttpRequestMessage(HttpMethod.Post, $"{_options.BaseUrl.AbsoluteUri.TrimEnd('/')}/{_call.Path}") { Content = _body };
        AddHeader(request, "Authorization", $"Bearer {_options.ApiKey.Reveal()}");
        AddHeader(request, "OpenAI-Organization", _options.Organization);
        AddHeader(request, "OpenAI-Project", _options.Project);
        AddHeader(request, "X-Client-Request-Id", ClientRequestId);
        AddHeader(request, "User-Agent", UserAgent);
        return request;
    }

    /// <summary>Ends a try that was refused. Waiting for the next one counts neither as sent nor as time.</summary>
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

    /// <summary>Without validation, whose exceptions quote values.</summary>
    private static void AddHeader(HttpRequestMessage request, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            request.Headers.TryAddWithoutValidation(name, value.Trim());
        }
    }
}
