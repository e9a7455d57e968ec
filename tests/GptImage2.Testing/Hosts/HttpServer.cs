using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;

namespace GptImage2.Testing.Hosts;

/// <summary>The real HTTP server on a free port of this machine, in this process; everything lies in a private folder.</summary>
public sealed class HttpServer : IAsyncDisposable
{
    /// <summary>A call answers when its images are there, however busy the machine is, unless a test says otherwise.</summary>
    private static readonly (string Variable, string Value) PatientWait = ("GPTIMAGE2_JOBS__WAITSECONDS", "600");

    private readonly WebApplication _application;
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;

    private HttpServer(WebApplication application, DirectoryInfo folder, bool ownsFolder)
    {
        (_application, _folder, _ownsFolder) = (application, folder, ownsFolder);
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Without a path.</summary>
    public Uri Address { get; }

    public Uri Endpoint => new(Address, "/mcp");

    /// <summary>A client without a token.</summary>
    public HttpClient Http { get; }

    /// <summary>The store's root: absolute, existing, private to this server and those that were started on it.</summary>
    public string Root => _folder.FullName;

    public IServiceProvider Services => _application.Services;

    /// <param name="environment">Settings, as environment variables.</param>
    /// <param name="root">The store of another server, which must outlive this one; null for a store of its own.</param>
    /// <param name="services">What replaces services of the server.</param>
    public static async Task<HttpServer> StartAsync(
        IEnumerable<(string Variable, string Value)>? environment = null,
        string? root = null,
        Action<IServiceCollection>? services = null,
        CancellationToken cancellationToken = default)
    {
        var folder = root is null ? Directory.CreateTempSubdirectory("gptimage2-") : new DirectoryInfo(root);
        var variables = ((string Variable, string Value)[])[PatientWait, ("GPTIMAGE2_HTTP__URLS", "http://127.0.0.1:0"), .. environment ?? [], ("GPTIMAGE2_STORAGE__ROOT", folder.FullName)];
        var settings = ServerConfiguration.Load(variables.GroupBy(one => one.Variable).ToDictionary(same => same.Key, same => same.Last().Value), [], TimeProvider.System);
        var application = HttpHost.Build(settings, collection =>
        {
            collection.AddLogging().AddSingleton(settings.Storage with { Temporary = Path.Combine(folder.FullName, ".temporary") });
            services?.Invoke(collection);
        });
        await application.StartAsync(cancellationToken);
        return new HttpServer(application, folder, ownsFolder: root is null);
    }

    /// <inheritdoc cref="HttpClients.ConnectAsync"/>
    public Task<McpClient> ConnectAsync(
        string? token = null, string? protocol = null, string name = "harness", Action<McpClientOptions>? configure = null, CancellationToken cancellationToken = default) =>
        HttpClients.ConnectAsync(Endpoint, token, protocol, name, configure, cancellationToken);

    /// <summary>Ends as on SIGTERM: what runs is waited for.</summary>
    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.Services.GetRequiredService<JobScheduler>().DrainAsync(TimeSpan.Zero);
        await _application.StopAsync();
        await _application.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Delete(recursive: true);
        }
    }
}
