using System.Net;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Scenario.Assets;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.Scenario;

/// <summary>
/// Scenario's REST API on a loopback port, as strict as its documentation and with no code in common with what it tests:
/// prices, jobs, uploads, and the content network that its links lead to. It keeps every request, and misbehaves when told to.
/// </summary>
public sealed class StrictScenario : IAsyncDisposable
{
    /// <summary>The body that the gateway takes at most (Scenario's Blender plugin, 2026-08).</summary>
    private const int MaxBodyBytes = 10 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ScenarioRoute, ConcurrentQueue<ScenarioReply>> _replies = new();
    private readonly ConcurrentQueue<Exception> _bugs = new();
    private readonly ConcurrentQueue<string> _refusals = new();
    private readonly RequestLog _log = new();
    private readonly RequestBudget _budget = new();
    private readonly ScenarioAssets _assets;
    private readonly ScenarioJobs _jobs;
    private readonly ScenarioEndpoints _endpoints;

    private StrictScenario(WebApplication app)
    {
        _app = app;
        _assets = new ScenarioAssets(() => $"{app.Urls.Single()}/");
        _jobs = new ScenarioJobs(Account, _assets, (order, index) => DrawImage(order, index));
        _endpoints = new ScenarioEndpoints(_jobs, _assets, new ScenarioUploads(() => $"{app.Urls.Single()}/", _assets));
    }

    public ScenarioAccount Account { get; } = new();

    /// <summary>What SCENARIO_BASE_URL would hold: http://127.0.0.1:port/v1.</summary>
    public Uri BaseUrl => new(_app.Urls.Single() + "/v1");

    /// <summary>Every request so far, accepted or not, in order of arrival; those to signed addresses, too.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _log.Requests;

    /// <summary>Every job so far, in order.</summary>
    public IReadOnlyList<ScenarioRun> Runs => _jobs.Runs;

    /// <summary>Every file so far, in order.</summary>
    public IReadOnlyList<StoredAsset> Assets => _assets.All;

    /// <summary>Creative units that were taken for jobs, whatever became of them.</summary>
    public decimal Charged => _jobs.Charged;

    /// <summary>Creative units that were given back.</summary>
    public decimal Refunded => _jobs.Refunded;

    /// <summary>What was refused by its own rules, in its words; not what a test has planned.</summary>
    public IReadOnlyList<string> Refusals => [.. _refusals];

    /// <summary>How many requests came too fast.</summary>
    public int RefusedAsTooFast => _budget.Refused;

    /// <summary>The status of a dry run's answer: 269, any other 2xx, or 402, which names its price by another word.</summary>
    public int DryRunStatus { get; set; } = 269;

    /// <summary>How to answer this request; null for what is planned next, or the truth.</summary>
    public Func<ScenarioRoute, ReceivedRequest, ScenarioReply?> SelectReply { get; set; } = (_, _) => null;

    /// <summary>Awaited as the body of a request arrives, with its bytes so far; false hangs up.</summary>
    public Func<long, bool> OnBodyBytes { get; set; } = _ => true;

    /// <summary>Draws an image of an order, by its index from 0.</summary>
    public Func<ScenarioOrder, int, byte[]> DrawImage { get; set; } = (order, index) => PngEncoder.Gradient(order.Size, index + 1, order.Background == "transparent");

    /// <summary>Starts listening on a free port.</summary>
    public static async Task<StrictScenario> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });

        var server = new StrictScenario(builder.Build());
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Plans the answers to the next requests of a kind, in order. One that is refused for its credentials or its pace uses none up.</summary>
    public StrictScenario Enqueue(ScenarioRoute route, params ReadOnlySpan<ScenarioReply> replies)
    {
        foreach (var reply in replies)
        {
            _replies.GetOrAdd(route, _ => new()).Enqueue(reply);
        }

        return this;
    }

    /// <summary>Plans what becomes of the next job that has no plan yet.</summary>
    public StrictScenario Plan(JobScript script)
    {
        _jobs.Plan(script);
        return this;
    }

    /// <summary>The requests of one kind that have arrived so far.</summary>
    public IReadOnlyList<ReceivedRequest> Of(ScenarioRoute route) => [.. Requests.Where(request => RoutedRequest.Find(request)?.Route == route)];

    /// <summary>Ends as soon as so many requests of a kind have arrived.</summary>
    public Task WaitForAsync(ScenarioRoute route, int count, CancellationToken cancellationToken) => _log.WaitUntilAsync(() => Of(route).Count >= count, cancellationToken);

    /// <summary>Somebody else of the team runs a job.</summary>
    public void StartJob(string model, string input) => _jobs.Start(model, JsonElement.Parse(input));

    /// <summary>No link that was given out so far leads anywhere any more.</summary>
    public void ExpireLinks() => _assets.ExpireLinks();

    /// <summary>A file is gone.</summary>
    public void RemoveAsset(string id) => _assets.Remove(id);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        // An already cancelled token breaks open connections instead of waiting for them.
        await _app.StopAsync(_stopping.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
        if (_bugs.TryDequeue(out var bug))
        {
            throw new InvalidOperationException("The stand-in has a bug.", bug);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        context.RequestAborted = over.Token;
        context.Response.Headers.Date = Account.Now.ToString("r", CultureInfo.InvariantCulture);
        var writer = new ScenarioReplyWriter(context);
        try
        {
            if (await ReadAsync(context) is not { } body)
            {
                context.Abort();
                return;
            }

            var number = _log.Add(context, body);
            var received = _log.Requests[number - 1];
            var routed = RoutedRequest.Parse(received);
            new ScenarioAccess(Account).Check(context.Request, routed);
            if (!routed.IsSigned)
            {
                _budget.Take(Account.RequestsPerMinute, Account.Now);
            }

            await RespondAsync(writer, routed, received, SelectReply(routed.Route, received) ?? (_replies.TryGetValue(routed.Route, out var planned) && planned.TryDequeue(out var next) ? next : new ScenarioReply()));
        }
        catch (ScenarioRefusalException refused)
        {
            _refusals.Enqueue(refused.Message);
            await writer.WriteAsync(refused.Status, refused.Headers, "application/json", Encoding.UTF8.GetBytes(refused.Body.ToJsonString()), new ScenarioReply());
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception bug)
        {
            _bugs.Enqueue(bug);
            context.Abort();
        }
    }

    private async Task RespondAsync(ScenarioReplyWriter writer, RoutedRequest routed, ReceivedRequest received, ScenarioReply reply)
    {
        await reply.Start.WaitAsync(writer.Aborted);
        if (reply.DropBefore)
        {
            writer.Abort();
            return;
        }

        var (status, type, truth) = reply is { Body: not null, IsDone: false } ? default : _endpoints.Answer(routed, received, DryRunStatus, reply.Change);
        if (reply.DropAfter)
        {
            writer.Abort();
            return;
        }

        await (reply.Body is { } text
            ? writer.WriteAsync(reply.Status, reply.Headers, text.StartsWith('<') ? "text/html" : "application/json", Encoding.UTF8.GetBytes(text), reply)
            : writer.WriteAsync(status, reply.Headers, type, truth, reply));
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

        return body.Length > MaxBodyBytes && !context.Request.Path.StartsWithSegments("/parts")
            ? throw new ScenarioRefusalException(413, new JsonObject { ["message"] = "Request Too Long" })
            : body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
