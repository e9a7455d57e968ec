using System.Net;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.OpenAI;

/// <summary>
/// The Images API on a loopback port, as strict as its description and with no code in common with what it tests. It
/// draws plain images, keeps every request, and misbehaves when told to.
/// </summary>
public sealed class StrictOpenAI : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ScriptedResponse> _responses = new();
    private readonly ConcurrentQueue<ImageOrder> _orders = new();
    private readonly RequestLog _log = new();

    private readonly AccessCheck _check;

    private StrictOpenAI(WebApplication app, string apiKey, AccessCheck check) => (_app, ApiKey, _check) = (app, apiKey, check);

    /// <summary>Judges address, key and body: an order to draw, or the answer to a question that costs nothing.</summary>
    /// <exception cref="ApiErrorException">Neither.</exception>
    internal delegate (ImageOrder? Order, string? Answer) AccessCheck(HttpRequest request, ReceivedRequest received, string apiKey);

    /// <summary>The only key that is accepted.</summary>
    public string ApiKey { get; }

    /// <summary>What OPENAI_BASE_URL would hold: http://127.0.0.1:port/v1.</summary>
    public Uri BaseUrl => new(_app.Urls.Single() + "/v1");

    /// <summary>Every request so far, accepted or not, in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _log.Requests;

    /// <summary>Every order so far that was accepted.</summary>
    public IReadOnlyList<ImageOrder> Orders => [.. _orders];

    /// <summary>Awaited as the body of a request arrives, with its bytes so far; false hangs up.</summary>
    public Func<long, CancellationToken, Task<bool>> OnBodyBytes { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>How to answer when nothing else is planned.</summary>
    public ScriptedResponse DefaultResponse { get; set; } = ScriptedResponse.Images;

    /// <summary>How to answer this order; null for what is planned next, or otherwise.</summary>
    public Func<ImageOrder, ScriptedResponse?> SelectResponse { get; set; } = _ => null;

    /// <summary>What is billed, and what has arrived of it.</summary>
    public BillingLedger Billing { get; } = new();

    /// <summary>Draws an image of an order, by its index from 0; previews have the indexes after the images'.</summary>
    public Func<ImageOrder, int, byte[]> DrawImage { get; set; } =
        (order, index) => PngEncoder.Gradient(order.Size, index + 1, order.Background == "transparent");

    /// <summary>Starts listening on a free port.</summary>
    /// <param name="acceptsClientForms">Whether forms may be written as OpenAI's own .NET client does (2.15.0): names without quotes, files and their types by the names of the files.</param>
    public static Task<StrictOpenAI> StartAsync(string apiKey = "sk-test-0123456789abcdef", bool acceptsClientForms = false) =>
        StartAsync(apiKey, (request, received, key) => AuthCheck.Authorize(request, received, key, acceptsClientForms));

    /// <summary>Starts as a service that draws in the same way and is asked in another.</summary>
    internal static async Task<StrictOpenAI> StartAsync(string apiKey, AccessCheck check)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            // A test may read or write as slowly as it likes.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });

        var server = new StrictOpenAI(builder.Build(), apiKey, check);
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Plans the answers to the next requests, in order. An illegal request is refused without using one up.</summary>
    public StrictOpenAI Enqueue(params ReadOnlySpan<ScriptedResponse> replies)
    {
        foreach (var reply in replies)
        {
            _responses.Enqueue(reply);
        }

        return this;
    }

    /// <summary>Ends as soon as so many requests have arrived.</summary>
    public Task WaitForRequestsAsync(int count) => _log.ReachedAsync(count);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        // An already cancelled token breaks open connections instead of waiting for them.
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
            context.Response.Headers["openai-processing-ms"] = "1";
            context.Response.Headers["openai-version"] = "2020-10-01";
            await AuthorizeAsync(context, _log.Requests[number - 1], number);
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

    private async Task AuthorizeAsync(HttpContext context, ReceivedRequest received, int number)
    {
        try
        {
            var (order, answer) = _check(context.Request, received, ApiKey);
            if (order is null)
            {
                await WriteJsonAsync(context, 200, answer!);
                return;
            }

            _orders.Enqueue(order);
            var entry = Billing.Add(order, received, number);
            try
            {
                await RespondAsync(context, order, entry, SelectResponse(order) ?? (_responses.TryDequeue(out var next) ? next : DefaultResponse));
            }
            finally
            {
                entry.RecordEnd();
            }
        }
        catch (ApiErrorException refused)
        {
            await WriteJsonAsync(context, refused.Error.Status, refused.Error.ToJson());
        }
    }

    private static Task WriteJsonAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return new ThrottledResponseBody(context, new ScriptedResponse()).WriteAsync(json);
    }

    private async Task RespondAsync(HttpContext context, ImageOrder order, BillingEntry entry, ScriptedResponse reply)
    {
        var events = order.Stream && !reply.IgnoreStream;
        RecordCharge(entry, reply, events);
        await reply.StartSignal.WaitAsync(context.RequestAborted);
        await Task.Delay(reply.Delay, TimeProvider.System, context.RequestAborted);
        var body = new ThrottledResponseBody(context, reply, entry);
        if (reply.DropAfter is 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.Body is not null ? reply.BodyType : events ? "text/event-stream" : "application/json";
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (reply.DropAfter is not null)
        {
            // Promising more than will come makes the server close the connection early, after all that was written has
            // left; aborting would lose an unknown part of it.
            context.Response.ContentLength = 1L << 40;
        }

        await context.Response.StartAsync(context.RequestAborted);
        var images = new ImageResponseWriter(order, reply, DrawImage);
        await (reply.Body is { } text ? body.WriteAsync(text) : events ? images.WriteEventsAsync(body) : images.WriteJsonAsync(body));
        await body.CompleteAsync();
        await reply.EndSignal.WaitAsync(context.RequestAborted);
    }

    /// <summary>Images are billed as soon as they are ordered: who hangs up pays all the same.</summary>
    private static void RecordCharge(BillingEntry entry, ScriptedResponse reply, bool events)
    {
        var price = TokenPricing.CostMicroUsd(entry.Order, reply.Count ?? entry.Order.Count, events ? reply.Previews ?? entry.Order.PartialImages : 0);
        if (reply.Body is null)
        {
            entry.RecordImages(price);
        }
        else
        {
            entry.RecordError(reply.Status, reply.IsBilled ? price : 0);
        }
    }
}
