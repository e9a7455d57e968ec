using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Time;
using Microsoft.Extensions.Logging;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>The backend, its stand-in, a sink and a clock, joined by real HTTP.</summary>
internal sealed class BackendHost : IAsyncDisposable, ILogger<OpenAIBackend>
{
    private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
    private readonly ConcurrentQueue<string> _logs = new();

    private BackendHost(StrictOpenAI server) => Server = server;

    public StrictOpenAI Server { get; }

    public WatchedTimeProvider Time { get; } = new();

    public InMemoryRenderSink Sink { get; init; } = new();

    /// <summary>What every throw of the dice gives, 0 to 1.</summary>
    public double RandomValue { get; set; }

    public SocketsHttpHandler Handler => _handler;

    /// <summary>Everything logged so far, at any level.</summary>
    public IEnumerable<string> Logs => _logs;

    public static async Task<BackendHost> StartAsync(InMemoryRenderSink? sink = null) => new(await StrictOpenAI.StartAsync()) { Sink = sink ?? new() };

    public static GenerateRequest CreateRequest(string prompt = "a fox", int count = 1) =>
        new() { Prompt = prompt, Size = new Dimensions(1024, 1024), Count = count };

    public static string PromptAsSent(ImageRequest request) => new RequestValidator([]).Validate(request, OpenAIModels.Resolve(OpenAIModels.Default)).PromptAsSent;

    public OpenAIOptions Options => new() { ApiKey = new Secret(Server.ApiKey), BaseUrl = Server.BaseUrl };

    public async Task<RenderOutcome> RenderAsync(ImageRequest request, OpenAIOptions? options = null, CancellationToken? cancellationToken = null, RenderInputs? inputs = null)
    {
        using var backend = new OpenAIBackend(options ?? Options, _handler, Time, this, new FixedRandom(RandomValue));
        var validated = new RequestValidator([]).Validate(request, backend.Profile);
        return await backend.RenderAsync(validated, inputs ?? RenderInputs.None, Sink, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public async Task<ImageException> FailAsync(ImageRequest request, OpenAIOptions? options = null, RenderInputs? inputs = null) =>
        await Should.ThrowAsync<ImageException>(() => RenderAsync(request, options, inputs: inputs));

    /// <summary>Lets every wait between tries pass at once.</summary>
    /// <returns>How long each wait would have been.</returns>
    public async Task<IReadOnlyList<TimeSpan>> SkipWaitsAsync(Task until)
    {
        List<TimeSpan> waits = [];
        while (true)
        {
            var waiting = Time.TimerWithinAsync(RetryPolicy.MaxDelay * 1.15);
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

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logs.Enqueue($"{formatter(state, exception)} {exception}");
}
