using System.IO.Pipelines;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Testing.Hosts;

/// <summary>The real server and a real client, or several, each joined by two in-memory pipes; everything lies in a private folder.</summary>
public sealed class McpHost : IAsyncDisposable
{
    /// <summary>A call answers when its images are there, however busy the machine is, unless a test says otherwise.</summary>
    private static readonly (string Variable, string Value) PatientWait = ("GPTIMAGE2_JOBS__WAITSECONDS", "600");

    private readonly ServiceProvider _services;
    private readonly List<(McpServer Server, Task Serving, McpClient Client)> _sessions = [];
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;

    private McpHost(ServiceProvider services, DirectoryInfo folder, bool ownsFolder) => (_services, _folder, _ownsFolder) = (services, folder, ownsFolder);

    /// <summary>The first client.</summary>
    public McpClient Client => _sessions[0].Client;

    /// <summary>The store's root: absolute, existing, private to this harness and those that were started on it.</summary>
    public string Root => _folder.FullName;

    /// <summary>Where images go that the root does not take.</summary>
    public string Temporary => TemporaryBelow(_folder);

    /// <summary>Everything the server is made of.</summary>
    public IServiceProvider Services => _services;

    /// <param name="environment">Settings, as environment variables.</param>
    /// <param name="client">The name the client gives itself.</param>
    /// <param name="protocol">The revision to speak, or null for the newest.</param>
    /// <param name="root">The store of another harness, which must outlive this one; null for a store of its own.</param>
    /// <param name="configure">What else the client can do.</param>
    /// <param name="services">What replaces services of the server.</param>
    public static async Task<McpHost> StartAsync(
        IEnumerable<(string Variable, string Value)>? environment = null,
        string client = "harness",
        string? protocol = null,
        string? root = null,
        Action<McpClientOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        CancellationToken cancellationToken = default)
    {
        var folder = root is null ? Directory.CreateTempSubdirectory("gptimage2-") : new DirectoryInfo(root);
        var variables = ((string Variable, string Value)[])[PatientWait, .. environment ?? [], ("GPTIMAGE2_STORAGE__ROOT", folder.FullName)];
        var settings = ServerConfiguration.Load(variables.GroupBy(one => one.Variable).ToDictionary(same => same.Key, same => same.Last().Value), [], TimeProvider.System);
        var collection = new ServiceCollection().AddGptImage2Server(settings).AddLogging().AddSingleton(settings.Storage with { Temporary = TemporaryBelow(folder) });
        services?.Invoke(collection);
        var host = new McpHost(collection.BuildServiceProvider(), folder, ownsFolder: root is null);
        await host.ConnectAsync(client, protocol, configure, cancellationToken);
        return host;
    }

    /// <summary>A further client of the same server, in a session of its own.</summary>
    public async Task<McpClient> ConnectAsync(
        string client, string? protocol = null, Action<McpClientOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        Pipe toServer = new(), toClient = new();
        var loggers = _services.GetRequiredService<ILoggerFactory>();
        var transport = new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream(), "harness", loggers);
        var server = McpServer.Create(transport, _services.GetRequiredService<IOptions<McpServerOptions>>().Value, loggers, _services);
        var serving = server.RunAsync(CancellationToken.None);

        var options = new McpClientOptions { ClientInfo = new Implementation { Name = client, Version = "1" }, ProtocolVersion = protocol };
        configure?.Invoke(options);
        var connected = await McpClient.CreateAsync(
            new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()),
            options,
            cancellationToken: cancellationToken);
        _sessions.Add((server, serving, connected));
        return connected;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (server, serving, client) in _sessions)
        {
            await client.DisposeAsync();
            await server.DisposeAsync();
            await serving;
        }

        await _services.GetRequiredService<JobScheduler>().DrainAsync(TimeSpan.Zero);
        await _services.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Delete(recursive: true);
        }
    }

    private static string TemporaryBelow(DirectoryInfo folder) => Path.Combine(folder.FullName, ".temporary");
}
