using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Generation.Rendering;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI;

/// <summary>OpenAI's Images API and its account for the contract suite, whichever client speaks to it.</summary>
public sealed class OpenAIStandIn : IVendorStandIn
{
    private const string WrongKey = "sk-wrong-0123456789abcdef";
    private static readonly Uri Nobody = new("http://127.0.0.1:1/v1");

    private readonly StrictOpenAI _server;
    private readonly OpenAIMishaps _mishaps;
    private readonly OpenAIOptions _options;
    private readonly Func<OpenAIOptions, HttpMessageHandler, IImageBackend> _create;
    private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
    private readonly List<IImageBackend> _backends = [];

    private OpenAIStandIn(StrictOpenAI server, Mishap? mishap, Func<OpenAIOptions, HttpMessageHandler, IImageBackend> create)
    {
        (_server, _create, _mishaps) = (server, create, new OpenAIMishaps(server, mishap));
        _options = new OpenAIOptions
        {
            ApiKey = new Secret(mishap is Mishap.CredentialsRefused ? WrongKey : server.ApiKey),
            BaseUrl = mishap is Mishap.Unreachable ? Nobody : server.BaseUrl,
        };
    }

    public int Arrivals => _server.Requests.Count(request => request.Method is "POST");

    public IReadOnlyList<ReceivedOrder> Orders => [.. _server.Billing.Entries.Where(entry => entry.BilledMicroUsd > 0).Select(entry => Normalise(entry.Order))];

    public decimal Billed => _server.Billing.BilledMicroUsd;

    public IReadOnlyList<byte[]> Drawn => _mishaps.Drawn;

    public IReadOnlyList<string> Secrets => [_server.ApiKey, WrongKey];

    /// <param name="create">Makes a backend that speaks to the stand-in by that address and key, through that handler.</param>
    /// <param name="acceptsClientForms">Whether forms may be written as OpenAI's own .NET client does.</param>
    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, Func<OpenAIOptions, HttpMessageHandler, IImageBackend> create, bool acceptsClientForms = false) =>
        new OpenAIStandIn(await StrictOpenAI.StartAsync(acceptsClientForms: acceptsClientForms), mishap, create);

    public IImageBackend CreateBackend()
    {
        var backend = _create(_options, _handler);
        _backends.Add(backend);
        return backend;
    }

    public Task ArrivedAsync(CancellationToken cancellationToken) => _server.WaitForRequestsAsync(1).WaitAsync(cancellationToken);

    public void Release() => _mishaps.Release();

    public async ValueTask DisposeAsync()
    {
        foreach (var backend in _backends.OfType<IDisposable>())
        {
            backend.Dispose();
        }

        _handler.Dispose();
        await _server.DisposeAsync();
    }

    private static ReceivedOrder Normalise(ImageOrder order) => new(
        order.Prompt,
        order.Size,
        order.Count,
        order.Quality,
        order.Background,
        [.. order.Images.Select(image => image.Bytes.ToArray())],
        order.Mask is { } mask ? ReceivedMask.FromClearPixels(PngFile.Read(mask.Bytes.Span).Decode()) : null);
}
