using System.Net;
using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GptImage2.Testing.Compatible;

/// <summary>A server that imitates OpenAI's Images API, on a loopback port: what each does differently is in a class of its own.</summary>
public abstract class StrictServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly RequestLog _log = new();
    private readonly ConcurrentQueue<ReceivedOrder> _orders = new();
    private readonly ConcurrentQueue<byte[]> _drawn = new();
    private WebApplication? _app;

    /// <summary>Without a path.</summary>
    public Uri Url => new(_app!.Urls.Single());

    /// <summary>The only key that is accepted; null where none is asked for.</summary>
    public string? ApiKey { get; init; }

    public IReadOnlyList<ReceivedRequest> Requests => _log.Requests;

    /// <summary>Requests to draw that have arrived whole.</summary>
    public IReadOnlyList<ReceivedRequest> DrawRequests => [.. Requests.Where(IsDrawRequest)];

    /// <summary>Requests to draw that were accepted, as the server understood them.</summary>
    public IReadOnlyList<ReceivedOrder> Orders => [.. _orders];

    public IReadOnlyList<byte[]> Drawn => [.. _drawn];

    /// <summary>How to answer this request; null for the truth.</summary>
    public Func<ReceivedRequest, ServerReply?> SelectReply { get; set; } = _ => null;

    /// <summary>Asked as the body of a request arrives, with its bytes so far; false hangs up.</summary>
    public Func<long, bool> OnBodyBytes { get; set; } = _ => true;

    /// <summary>Draws at this size, whatever was asked for.</summary>
    public Dimensions? OtherSize { get; set; }

    /// <summary>How many images are drawn instead of those that were asked for.</summary>
    public Func<int, int> ChangeCount { get; set; } = count => count;

    /// <summary>Starts listening on a free port.</summary>
    public static async Task<TServer> StartAsync<TServer>(TServer server)
        where TServer : StrictServer
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        server._app = builder.Build();
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Ends as soon as so many requests to draw have arrived.</summary>
    public Task WaitForDrawRequestsAsync(int count, CancellationToken cancellationToken) => _log.WaitUntilAsync(() => DrawRequests.Count >= count, cancellationToken);

    /// <summary>Ends as soon as a request to that path has arrived.</summary>
    public Task WaitForAsync(string path, CancellationToken cancellationToken) => _log.WaitUntilAsync(() => Requests.Any(request => request.Path == path), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app!.StopAsync(_stopping.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    internal abstract bool IsDrawRequest(ReceivedRequest request);

    /// <exception cref="ServerRefusalException">The server would not.</exception>
    internal abstract ServerAnswer Answer(ReceivedRequest request);

    /// <summary>An error in this server's form.</summary>
    internal virtual JsonNode DescribeRefusal(int status, string text) => new JsonObject { ["error"] = new JsonObject { ["message"] = text, ["type"] = "invalid_request_error", ["code"] = status is 401 ? "invalid_api_key" : null } };

    private protected ServerRefusalException Refuse(int status, string text) => new(status, DescribeRefusal(status, text));

    /// <summary>Takes an order and draws it.</summary>
    private protected byte[][] Draw(ReceivedOrder order)
    {
        _orders.Enqueue(order);
        byte[][] images = [.. Enumerable.Range(0, ChangeCount(order.Count)).Select(_ => PngEncoder.Gradient(OtherSize ?? order.Size, _drawn.Count + 1).Also(_drawn.Enqueue))];
        return images;
    }

    private protected static JsonObject Data(IEnumerable<byte[]> images) =>
        new() { ["created"] = 1_790_000_000, ["data"] = new JsonArray([.. images.Select(image => (JsonNode)new JsonObject { ["b64_json"] = Convert.ToBase64String(image) })]) };

    private protected static IReadOnlyList<ReceivedFormPart> ReadForm(ReceivedRequest request) =>
        MultipartFormReader.Read(request.Bytes, MediaTypeHeaderValue.Parse(request.Headers["Content-Type"]).Boundary.Value!.Trim('"'));

    private protected static Dimensions? ParseSize(string? text) => text?.Split('x') is [var width, var height] && int.TryParse(width, out var w) && int.TryParse(height, out var h) ? new Dimensions(w, h) : null;

    /// <summary>A mask in which white may change.</summary>
    private protected static ReceivedMask ReadWhiteMask(ReadOnlySpan<byte> png) => ReceivedMask.FromWhitePixels(PngFile.Read(png).Decode());

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
            var received = _log.Requests[number - 1];
            await RespondAsync(context, received, SelectReply(received) ?? new ServerReply());
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task RespondAsync(HttpContext context, ReceivedRequest received, ServerReply reply)
    {
        await reply.Start.WaitAsync(context.RequestAborted);
        var answer = reply.Body is { } text
            ? new ServerAnswer(reply.Status, text.StartsWith('<') ? "text/html" : "application/json", Encoding.UTF8.GetBytes(text))
            : AnswerOrRefuse(received, reply);
        if (reply.DropAfter)
        {
            context.Abort();
            return;
        }

        var bytes = answer.Body.AsMemory(0, (int)(answer.Body.Length * (reply.CutAt ?? reply.TruncateAt ?? 1)));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Type;
        context.Response.ContentLength = reply.CutAt is null ? bytes.Length : answer.Body.Length;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        // Less than was promised makes the server close the connection, after all that was written has left.
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private ServerAnswer AnswerOrRefuse(ReceivedRequest received, ServerReply reply)
    {
        try
        {
            if (ApiKey is { } key && received.Headers.GetValueOrDefault("Authorization") != $"Bearer {key}")
            {
                throw Refuse(401, "No such key.");
            }

            var answer = Answer(received);
            return reply.Change is { } change ? answer with { Body = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(answer.Body))) } : answer;
        }
        catch (ServerRefusalException refused)
        {
            return refused.Answer;
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
            if (!OnBodyBytes(body.Length))
            {
                return null;
            }
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}

internal static class ServerExtensions
{
    public static T Also<T>(this T value, Action<T> use)
    {
        use(value);
        return value;
    }

    public static string? Text(this JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static int? Number(this JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt32() : null;
}
