using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Testing.OpenAI.StrictResponses;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Time;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>The backend, its stand-in, a sink and a clock, joined by real HTTP. Another sink is another process.</summary>
internal sealed class ResponsesHost : IAsyncDisposable
{
    /// <summary>Longer than any wait between two questions, shorter than any time limit.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(90);

    private readonly SocketsHttpHandler _handler = ServiceHandler.Create();

    private ResponsesHost(StrictResponsesApi server) => Server = server;

    public StrictResponsesApi Server { get; }

    public WatchedTimeProvider Time { get; } = new();

    public InMemoryRenderSink Sink { get; init; } = new();

    public ResponsesOptions Responses { get; init; } = new();

    public SocketsHttpHandler Handler => _handler;

    public OpenAIOptions Options => new() { ApiKey = new Secret(Server.ApiKey), BaseUrl = Server.BaseUrl };

    /// <summary>What was recorded last.</summary>
    public string Checkpoint => Sink.Checkpoints.Last();

    public static async Task<ResponsesHost> StartAsync(InMemoryRenderSink? sink = null, ResponsesOptions? responses = null) =>
        new(await StrictResponsesApi.StartAsync()) { Sink = sink ?? new(), Responses = responses ?? new() };

    public ResponsesBackend CreateBackend(OpenAIOptions? options = null) => new(options ?? Options, Responses, _handler, Time, new FixedRandom(0));

    /// <summary>Begins to render, without moving the clock.</summary>
    public async Task<RenderOutcome> BeginAsync(ImageRequest request, RenderInputs? inputs = null, OpenAIOptions? options = null, CancellationToken? cancellationToken = null)
    {
        using var backend = CreateBackend(options);
        return await backend.RenderAsync(Validate(request, backend), inputs ?? RenderInputs.None, Sink, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Renders, and lets every wait pass at once.</summary>
    public async Task<RenderOutcome> RenderAsync(ImageRequest request, RenderInputs? inputs = null, OpenAIOptions? options = null)
    {
        var render = BeginAsync(request, inputs, options);
        await SkipWaitsAsync(render);
        return await render;
    }

    /// <inheritdoc cref="RenderAsync"/>
    public async Task<Failure> FailAsync(ImageRequest request, RenderInputs? inputs = null, OpenAIOptions? options = null) =>
        (await Should.ThrowAsync<ImageException>(() => RenderAsync(request, inputs, options))).Failure;

    /// <summary>Goes on as another process does, with a sink of its own.</summary>
    public async Task<RenderOutcome> ResumeAsync(string checkpoint, ImageRequest request, InMemoryRenderSink sink, int skip = 0)
    {
        using var backend = CreateBackend();
        var resume = backend.ResumeAsync(checkpoint, Validate(request, backend), skip, sink, TestContext.Current.CancellationToken);
        await SkipWaitsAsync(resume);
        return await resume;
    }

    /// <inheritdoc cref="ResumeAsync"/>
    public async Task<Failure> FailToResumeAsync(string checkpoint, ImageRequest request, InMemoryRenderSink sink, int skip = 0) =>
        (await Should.ThrowAsync<ImageException>(() => ResumeAsync(checkpoint, request, sink, skip))).Failure;

    /// <summary>Lets every wait pass at once.</summary>
    /// <returns>How long each would have been.</returns>
    public async Task<IReadOnlyList<TimeSpan>> SkipWaitsAsync(Task until)
    {
        List<TimeSpan> waits = [];
        while (true)
        {
            var waiting = Time.TimerWithinAsync(LongestWait);
            if (await Task.WhenAny(until, waiting) == until)
            {
                return waits;
            }

            waits.Add(await waiting);
            Time.Advance(await waiting);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        await Server.DisposeAsync();
    }

    private static Validated<ImageRequest> Validate(ImageRequest request, ResponsesBackend backend) => new RequestValidator([]).Validate(request, backend.Profile);
}
