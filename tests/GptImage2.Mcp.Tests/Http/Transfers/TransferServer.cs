using System.Net.Http.Headers;
using GptImage2.Generation.Storage;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Time;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Http.Transfers;

/// <summary>The HTTP server, whose callers are whoever their token says, with what tests of transfers do.</summary>
internal sealed class TransferServer(HttpServer server, McpClient client, string user) : IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpServer Server { get; } = server;

    public McpClient Client { get; } = client;

    public HttpClient Http { get; } = CreateHttp(server, user);

    public string UploadFolder => Path.Combine(Server.Root, ".uploads");

    /// <summary>Files of uploads, whole or not.</summary>
    public string[] UploadedFiles => Directory.Exists(UploadFolder) ? Directory.GetFiles(UploadFolder) : [];

    /// <summary>Of a connection that is gone the server tidies up when it learns of that, and answers nobody.</summary>
    public async Task WaitForNoFilesAsync()
    {
        using var timeUp = new CancellationTokenSource(TestTimeouts.Safety);
        while (UploadedFiles is not [])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, timeUp.Token);
        }
    }

    public IImageCatalog Catalog => Server.Services.GetRequiredService<IImageCatalog>();

    public static async Task<TransferServer> StartAsync(
        string user = "anna", string? root = null, TimeProvider? clock = null, IEnumerable<(string Variable, string Value)>? environment = null)
    {
        var server = await HttpServer.StartAsync(
            environment,
            root,
            services =>
            {
                services.AddSingleton<IStartupFilter, BelievedPrincipals>();
                if (clock is not null)
                {
                    services.AddSingleton(clock);
                }
            },
            Cancellation);
        return new TransferServer(server, await server.ConnectAsync(user, cancellationToken: Cancellation), user);
    }

    public HttpClient CreateHttp(string other) => CreateHttp(Server, other);

    public async Task<CallToolResult> CallAsync(string tool, Dictionary<string, object?> arguments) => await Client.CallToolAsync(tool, arguments, cancellationToken: Cancellation);

    public Task<HttpResponseMessage> UploadAsync(byte[] bytes, HttpClient? http = null) => (http ?? Http).PostAsync("/uploads", new ByteArrayContent(bytes), Cancellation);

    /// <summary>Uploads what must be accepted.</summary>
    public async Task<JsonElement> UploadedAsync(byte[] bytes, HttpClient? http = null)
    {
        using var response = await UploadAsync(bytes, http);
        ((int)response.StatusCode).ShouldBe(201, await response.Content.ReadAsStringAsync(Cancellation));
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static HttpClient CreateHttp(HttpServer server, string user) => new()
    {
        BaseAddress = server.Address,
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", user) },
    };
}
