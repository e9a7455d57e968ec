using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Compatible;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Testing.Compatible;
using GptImage2.Testing.Images;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Backends.Tests.OpenAI.Compatible;

/// <summary>A server, the backend that has found it, the product's own rules and a sink.</summary>
internal sealed class CompatibleHost<TServer> : IAsyncDisposable
    where TServer : StrictServer
{
    private static readonly ServiceProvider Generation = new ServiceCollection().AddGeneration().BuildServiceProvider();
    private readonly SocketsHttpHandler _handler = ServiceHandler.Create();

    private CompatibleHost(TServer server, CompatibleOptions options)
    {
        Server = server;
        Backend = new CompatibleBackend(options, _handler, Internet, new HastyTimeProvider());
    }

    public TServer Server { get; }

    public CompatibleBackend Backend { get; }

    public InMemoryRenderSink Sink { get; } = new();

    public FakeRemoteImageFetcher Internet { get; } = new();

    public static async Task<CompatibleHost<TServer>> StartAsync(TServer server, string? model = null, string id = CompatibleOptions.Auto)
    {
        await StrictServer.StartAsync(server);
        var host = new CompatibleHost<TServer>(server, new CompatibleOptions { Url = server.Url, Server = id, Model = model });
        await host.Backend.FirstAsked;
        return host;
    }

    public static GenerateRequest Words(int count = 1, string prompt = "a fox") => new() { Prompt = prompt, Size = new Dimensions(1536, 1024), Count = count };

    public static RenderInputs Inputs(int count, bool alpha = false) => new([.. Enumerable.Range(1, count).Select(seed => EditSamples.FromBytes(PngEncoder.Gradient(EditSamples.Size, seed, alpha)))], null);

    public static RenderInputs Masked(int count) => Inputs(count) with { Mask = EditSamples.FromBytes(EditSamples.Mask) };

    public Task<RenderOutcome> RenderAsync(ImageRequest request, RenderInputs? inputs = null, CancellationToken? cancellationToken = null) =>
        Backend.RenderAsync(Generation.GetRequiredService<RequestValidator>().Validate(request, Backend.Profile), inputs ?? RenderInputs.None, Sink, cancellationToken ?? TestContext.Current.CancellationToken);

    public async Task<Failure> FailAsync(ImageRequest request, RenderInputs? inputs = null) => (await Should.ThrowAsync<ImageException>(() => RenderAsync(request, inputs))).Failure;

    public Task<string> CheckAsync() => Backend.CheckAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Backend.Dispose();
        _handler.Dispose();
        await Server.DisposeAsync();
    }
}
