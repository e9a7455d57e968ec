using System.Net;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>
/// The Responses API with its image tool on a loopback port, as strict as openai-node 7.59.0 describes it. A response gets on with
/// every question about it; what is billed is in its books.
/// </summary>
public sealed class StrictResponsesApi : IAsyncDisposable
{
    private const string Responses = "/v1/responses";
    private const string Models = "/v1/models/";

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ResponseScript> _scripts = new();
    private readonly ConcurrentQueue<PollScript> _polls = new();
    private readonly ConcurrentQueue<StoredResponse> _stored = new();
    private readonly RequestLog _log = new();
    private readonly ChangeSignal _changed = new();

    private StrictResponsesApi(WebApplication app, string apiKey) => (_app, ApiKey) = (app, apiKey);

    /// <summary>The only key that is accepted.</summary>
    public string ApiKey { get; }

    /// <summary>What OPENAI_BASE_URL would hold.</summary>
    public Uri BaseUrl => new(_app.Urls.Single() + "/v1");

    /// <summary>Every request so far, accepted or not, in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _log.Requests;

    /// <summary>Every order so far that arrived whole.</summary>
    public IEnumerable<ReceivedRequest> Orders => Requests.Where(request => request is { Method: "POST", Path: Responses });

    /// <summary>The books: every response that was made, in order.</summary>
    public IReadOnlyList<StoredResponse> Books => [.. _stored];

    /// <summary>In millionths of a USD.</summary>
    public long BilledMicroUsd => _stored.Sum(response => response.BilledMicroUsd);

    /// <summary>What happens to an order when nothing else is planned.</summary>
    public ResponseScript DefaultScript { get; set; } = ResponseScript.Draws;

    /// <summary>A wish to cancel is answered when this ends.</summary>
    public Task CancelSignal { get; set; } = Task.CompletedTask;

    /// <summary>Awaited as the body of a request arrives, with its bytes so far; false hangs up.</summary>
    public Func<long, CancellationToken, Task<bool>> OnBodyBytes { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>Draws the image of a response, by its number among all from 0.</summary>
    public Func<ImageOrder, int, byte[]> DrawImage { get; set; } = (order, number) => PngEncoder.Gradient(order.Size, number + 1, order.Background == "transparent");

    /// <summary>Starts listening on a free port.</summary>
    public static async Task<StrictResponsesApi> StartAsync(string apiKey = "sk-test-0123456789abcdef")
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var server = new StrictResponsesApi(builder.Build(), apiKey);
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Plans what happens to the next orders. An illegal one is refused without using one up.</summary>
    public StrictResponsesApi Enqueue(params ReadOnlySpan<ResponseScript> scripts)
    {
        foreach (var script in scripts)
        {
            _scripts.Enqueue(script);
        }

        return this;
    }

    /// <summary>Plans what happens to the next questions about a response.</summary>
    public StrictResponsesApi EnqueuePolls(params ReadOnlySpan<PollScript> polls)
    {
        foreach (var poll in polls)
        {
            _polls.Enqueue(poll);
        }

        return this;
    }

    /// <summary>Ends as soon as so many requests have arrived.</summary>
    public Task WaitForRequestsAsync(int count) => _log.ReachedAsync(count);

    /// <summary>Ends as soon as some response has been asked about.</summary>
    public Task WaitForPollAsync(CancellationToken cancellationToken) => _changed.WaitUntilAsync(() => _stored.Any(response => response.Polls > 0), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync(_stopping.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        context.RequestAborted = over.Token;
        try
        {
            if (await ReadAsync(context) is not { } body)
            {
                context.Abort();
                return;
            }

            var number = _log.Add(context, body);
            context.Response.Headers["x-request-id"] = string.Create(CultureInfo.InvariantCulture, $"req_{number:x8}");
            await AnswerAsync(context, body);
        }
        catch (ApiErrorException refused)
        {
            await WriteAsync(context, refused.Error.Status, refused.Error.ToJson());
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    /// <returns>The body, or null when a test wants it no further.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var length)
        {
            body.Write(buffer, 0, length);
            if (!await OnBodyBytes(body.Length, context.RequestAborted))
            {
                return null;
            }
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private Task AnswerAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        if (context.Request.QueryString.HasValue)
        {
            throw new ApiErrorException(new(404, $"Invalid URL ({method} {path}{context.Request.QueryString})"));
        }

        if (context.Request.Headers.Authorization is not [var authorization] || authorization != $"Bearer {ApiKey}")
        {
            throw new ApiErrorException(new(401, "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.", Code: "invalid_api_key"));
        }

        return path.Split('/') switch
        {
            ["", "v1", "responses"] when method is "POST" => OrderAsync(context, body),
            ["", "v1", "responses", var id] when method is "GET" => TellAsync(context, Find(id)),
            ["", "v1", "responses", var id, "cancel"] when method is "POST" && body.IsEmpty => CancelAsync(context, Find(id)),
            ["", "v1", "models", _] when method is "GET" => WriteAsync(context, 200, DescribeModel(path[Models.Length..])),
            _ => throw new ApiErrorException(new(404, $"Invalid URL ({method} {path})")),
        };
    }

    private static string DescribeModel(string name) => ResponseOrderParser.TextModels.Contains(name)
        ? new JsonObject { ["id"] = name, ["object"] = "model" }.ToJsonString()
        : ModelList.CreateResponse(name);

    private async Task OrderAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (context.Request.ContentType is not "application/json")
        {
            throw new ApiErrorException(new(400, $"Unsupported content type: '{context.Request.ContentType}'. This API method only accepts 'application/json' requests."));
        }

        var order = ResponseOrderParser.Parse(body);
        var script = _scripts.TryDequeue(out var planned) ? planned : DefaultScript;
        if (script.Refusal is { } refusal)
        {
            await WriteAsync(context, refusal.Status, refusal.Body, refusal.RetryAfter);
            return;
        }

        if (script.LostBefore)
        {
            context.Abort();
            return;
        }

        var number = _stored.Count;
        var response = new StoredResponse(order, script, number, DrawImage(order.Image, number));
        _stored.Enqueue(response);
        _changed.Raise();
        await script.AnswerSignal.WaitAsync(context.RequestAborted);
        if (script.LostAfter)
        {
            context.Abort();
            return;
        }

        var answer = script.Answer?.Replace("{id}", response.Id, StringComparison.Ordinal) ?? response.ToJson().ToJsonString();
        await WriteAsync(context, 200, answer, cutAfter: script.CutAnswerAfter);
    }

    private async Task TellAsync(HttpContext context, StoredResponse response)
    {
        if (_polls.TryDequeue(out var script) && script.Status is { } status)
        {
            await WriteAsync(context, status, script.Body, script.RetryAfter);
            return;
        }

        response.Ask();
        _changed.Raise();
        if (script is { Disconnect: true })
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, 200, script?.Body is { Length: > 0 } body ? body : response.ToJson().ToJsonString(), cutAfter: script?.CutAfter);
    }

    private async Task CancelAsync(HttpContext context, StoredResponse response)
    {
        await CancelSignal.WaitAsync(context.RequestAborted);
        response.Cancel();
        await WriteAsync(context, 200, response.ToJson().ToJsonString());
    }

    private StoredResponse Find(string id) =>
        _stored.FirstOrDefault(response => response.Id == id) ?? throw new ApiErrorException(new(404, $"Response with id '{id}' not found."));

    private static async Task WriteAsync(HttpContext context, int status, string body, string? retryAfter = null, long? cutAfter = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        // Promising more than will come makes the server close the connection after all that was written has left.
        context.Response.ContentLength = cutAfter is { } end && end < bytes.Length ? 1L << 40 : bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, (int)Math.Min(cutAfter ?? bytes.Length, bytes.Length)), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
