using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Backends.Tests.Contract;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario;
using GptImage2.Testing.Time;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>The backend, its stand-in, a sink and a clock on which short waits pass at once, joined by real HTTP.</summary>
internal sealed class ScenarioHost : IAsyncDisposable
{
    private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
    private readonly List<ScenarioBackend> _backends = [];

    private ScenarioHost(StrictScenario server, TimeProvider time, Func<ScenarioOptions, ScenarioOptions>? change)
    {
        (Server, Time) = (server, time);
        var options = new ScenarioOptions
        {
            Key = new Secret(server.Account.Key),
            KeySecret = new Secret(server.Account.KeySecret),
            BaseUrl = server.BaseUrl,
            PollInterval = TimeSpan.FromSeconds(1),
            LookupTime = TimeSpan.FromSeconds(3),
        };
        Options = change?.Invoke(options) ?? options;
        Backend = CreateBackend();
    }

    public StrictScenario Server { get; }

    public TimeProvider Time { get; }

    public ScenarioOptions Options { get; }

    public ScenarioBackend Backend { get; }

    public InMemoryUploadedAssets Uploaded { get; } = new();

    public InMemoryRenderSink Sink { get; init; } = new();

    public ModelProfile Profile => Backend.Profile;

    public static async Task<ScenarioHost> StartAsync(Func<ScenarioOptions, ScenarioOptions>? change = null, InMemoryRenderSink? sink = null, TimeProvider? time = null) =>
        new(await StrictScenario.StartAsync(), time ?? new HastyTimeProvider(), change) { Sink = sink ?? new InMemoryRenderSink() };

    /// <summary>Another process with the same catalog.</summary>
    public ScenarioBackend CreateBackend(ScenarioOptions? options = null)
    {
        var backend = new ScenarioBackend(options ?? Options, _handler, Uploaded, Time, new Random(0));
        _backends.Add(backend);
        return backend;
    }

    public static RenderInputImage Input(byte[] bytes, ImageFormat format = ImageFormat.Png) =>
        new(EncodedImage.FromMemory(bytes), format, new Dimensions(64, 48), "object", Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public ContractRequest Generate(int count = 1, string prompt = "a red fox in the snow") => ContractRequest.Generate(Profile, count, prompt);

    public ContractRequest Edit(int references) => ContractRequest.Edit(Profile, references);

    public ContractRequest Edit(params RenderInputImage[] images) => Edit(images.Length) with { Inputs = new RenderInputs(images, null) };

    public Task<RenderOutcome> RenderAsync(ContractRequest asked, InMemoryRenderSink? sink = null, ScenarioBackend? backend = null, CancellationToken? cancellationToken = null) =>
        (backend ?? Backend).RenderAsync(ContractHost.Rules.Validate(asked.Request, Profile), asked.Inputs, sink ?? Sink, cancellationToken ?? TestContext.Current.CancellationToken);

    public async Task<Failure> FailAsync(ContractRequest? asked = null) => (await Should.ThrowAsync<ImageException>(() => RenderAsync(asked ?? Generate()))).Failure;

    public Task<RenderOutcome> ResumeAsync(string checkpoint, ContractRequest asked, int skip, InMemoryRenderSink sink, ScenarioBackend? backend = null) =>
        (backend ?? CreateBackend()).ResumeAsync(checkpoint, ContractHost.Rules.Validate(asked.Request, Profile), skip, sink, TestContext.Current.CancellationToken);

    public Task<decimal> QuoteAsync(ContractRequest? asked = null) =>
        Backend.QuoteAsync(ContractHost.Rules.Validate((asked ?? Generate()).Request, Profile), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _backends.ForEach(backend => backend.Dispose());
        _handler.Dispose();
        await Server.DisposeAsync();
    }
}
