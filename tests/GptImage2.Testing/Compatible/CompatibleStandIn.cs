using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Compatible;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Rendering;
using GptImage2.Testing.Compatible.Vendors;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Rendering;

namespace GptImage2.Testing.Compatible;

/// <summary>Any compatible server for the contract suite.</summary>
internal sealed class CompatibleStandIn(StrictServer server, CompatibleVendor vendor, Mishap? mishap, CompatibleMishaps mishaps, TimeProvider time) : IVendorStandIn
{
    public const string ApiKey = "local-test-0123456789abcdef";
    private const string WrongKey = "local-wrong-0123456789abcdef";

    private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
    private readonly List<CompatibleBackend> _backends = [];

    public int Arrivals => server.DrawRequests.Count;

    public IReadOnlyList<ReceivedOrder> Orders => server.Orders;

    public decimal Billed => vendor.Bills ? server.Drawn.Count : 0;

    public IReadOnlyList<byte[]> Drawn => server.Drawn;

    public IReadOnlyList<string> Secrets => [ApiKey, WrongKey];

    public IImageBackend CreateBackend()
    {
        var options = new CompatibleOptions
        {
            Url = mishap is Mishap.Unreachable ? new Uri("http://127.0.0.1:1") : server.Url,
            Server = vendor.Server.Id,
            Model = vendor.Model,
            ApiKey = server.ApiKey is null ? null : new Secret(mishap is Mishap.CredentialsRefused ? WrongKey : ApiKey),
        };
        var backend = new CompatibleBackend(options, _handler, new FakeRemoteImageFetcher(), time);
        _backends.Add(backend);
        return backend;
    }

    public Task ArrivedAsync(CancellationToken cancellationToken) => server.WaitForDrawRequestsAsync(1, cancellationToken);

    public void Release() => mishaps.Release();

    public async ValueTask DisposeAsync()
    {
        _backends.ForEach(backend => backend.Dispose());
        _handler.Dispose();
        await server.DisposeAsync();
    }
}
