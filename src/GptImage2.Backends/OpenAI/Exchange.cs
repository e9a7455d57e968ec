using System.Reflection;
using System.Security.Cryptography;
using GptImage2.Backends.Wire;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI;

/// <summary>One call's way to OpenAI and back: its tries, its time limit, its ids.</summary>
internal sealed class Exchange : IDisposable
{
    private static readonly string UserAgent = $"GptImage2.Mcp/{typeof(Exchange).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    private readonly OpenAIOptions _options;
    private readonly IRenderSink _sink;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private RequestBody? _body;

    public Exchange(OpenAIOptions options, TimeProvider time, IRenderSink sink, CancellationToken caller)
    {
        (_options, _sink, _caller) = (options, sink, caller);
        _timeout = new CancellationTokenSource(options.Timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token);
    }

    /// <summary>Cancelled by the caller or by the timeout.</summary>
    public CancellationToken Token => _either.Token;

    public bool TimedOut => _timeout.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Whether the latest try's request has begun to leave, so that it may be billed.</summary>
    public bool Sent => _body?.Begun is true;

    /// <summary>OpenAI's id of the latest try, once it has answered.</summary>
    public string? RequestId { get; set; }

    /// <summary>Our id of the latest try.</summary>
    public string ClientRequestId { get; private set; } = "";

    /// <summary>Begins a try: a new request with a new id and the whole time.</summary>
    public HttpRequestMessage Begin(byte[] json)
    {
        _sink.Report(RenderStage.Sending);
        _timeout.CancelAfter(_options.Timeout);
        _body = new RequestBody(json, () => _sink.Report(RenderStage.Drawing));
        ClientRequestId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        RequestId = null;

        var request = new HttpRequestMessage(HttpMethod.Post, $"{_options.BaseUrl.AbsoluteUri.TrimEnd('/')}/images/generations") { Content = _body };
        Add(request, "Authorization", $"Bearer {_options.ApiKey.Reveal()}");
        Add(request, "OpenAI-Organization", _options.Organization);
        Add(request, "OpenAI-Project", _options.Project);
        Add(request, "X-Client-Request-Id", ClientRequestId);
        Add(request, "User-Agent", UserAgent);
        return request;
    }

    /// <summary>Ends a try that was refused. Waiting for the next one counts neither as sent nor as time.</summary>
    public void GiveUp()
    {
        _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        _body = null;
    }

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }

    /// <summary>Without validation, whose exceptions quote values.</summary>
    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            request.Headers.TryAddWithoutValidation(name, value.Trim());
        }
    }
}
