using System.Net;
using System.Net.Sockets;
using GptImage2.Backends.Downloads;
using GptImage2.Generation;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Backends.Tests.Downloads;

/// <summary>
/// An internet with names of its own, whose public addresses all lead to one server on loopback. It remembers every look-up and
/// every connection. The rule of what is public is the real one.
/// </summary>
internal sealed class FakeInternet : IAsyncDisposable
{
    public static readonly byte[] Image = PngEncoder.Gradient(new Dimensions(12, 8), 1);

    private readonly TlsTestServer _host;
    private readonly ServiceProvider _services;

    public FakeInternet(Func<string, Stream, CancellationToken, Task>? answer = null, TimeProvider? time = null, TlsTestServer? host = null, DownloadOptions? options = null)
    {
        _host = host ?? new TlsTestServer(answer ?? ((_, stream, stop) => WriteAsync(stream, Ok(Image), stop)));
        Surroundings = new NetworkAccess { ResolveHostAsync = LookUpAsync, ConnectAsync = ConnectAsync, CreateCertificatePolicy = TlsTestServer.Trust };
        var nowhere = Path.Combine(Path.GetTempPath(), "gptimage2-nowhere");
        _services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new StorageOptions { Root = nowhere, CatalogFolder = nowhere })
            .AddSingleton(new LocalRoots { Readable = [], Writable = [] })
            .AddSingleton<IRemoteImageFetcher>(_ => new RemoteImageFetcher(options ?? new DownloadOptions(), Surroundings, time ?? TimeProvider.System))
            .AddGeneration()
            .BuildServiceProvider();
    }

    public NetworkAccess Surroundings { get; }

    /// <summary>Addresses of a name, by which look-up of it this is, from 1.</summary>
    public Func<string, int, string[]> Names { get; set; } = static (_, _) => ["93.184.215.14"];

    public ConcurrentQueue<string> LookedUp { get; } = new();

    public ConcurrentQueue<IPEndPoint> Connected { get; } = new();

    public ConcurrentQueue<string> Requests => _host.Requests;

    public static byte[] Ok(byte[] body, string headers = "Content-Type: image/png\r\n") =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

    public static byte[] Redirect(string location, int status = 302) =>
        Encoding.Latin1.GetBytes($"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");

    public static Task WriteAsync(Stream stream, byte[] answer, CancellationToken stop) => stream.WriteAsync(answer, stop).AsTask();

    public Task<ResolvedImage> FindAsync(string text, CancellationToken? cancellationToken = null) => _services.GetRequiredService<ImageArgumentResolver>()
        .ResolveAsync(Caller.Local, "image", text, cancellationToken ?? TestContext.Current.CancellationToken);

    public async Task<Failure> RefusalAsync(string text)
    {
        var failure = (await Should.ThrowAsync<ImageException>(FindAsync(text))).Failure;
        failure.Argument.ShouldBe("image");
        failure.Message.ShouldStartWith("image: ");
        failure.Message.ShouldNotContain('\n');
        failure.Message.ShouldContain("inbox");
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }

    private Task<IPAddress[]> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        LookedUp.Enqueue(name);
        string[] found = Names(name, LookedUp.Count(other => other == name));
        return found is ["unknown"]
            ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
            : Task.FromResult<IPAddress[]>([.. found.Select(IPAddress.Parse)]);
    }

    private async ValueTask<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Connected.Enqueue(address);
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _host.Port, cancellationToken);
        return client.GetStream();
    }
}
