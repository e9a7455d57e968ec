using System.Net;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Imaging;
using GptImage2.Mcp.Http.Authentication;
using GptImage2.Mcp.Http.Operations;
using GptImage2.Mcp.Logging;
using GptImage2.Mcp.Tests.Http.Authentication;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Rendering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>
/// One server for all attacks, as a team has it: named tokens and OAuth, shared files, templates, limits, and the log of a
/// real process. Alice has things; Mallory has a token of her own; outsiders have none.
/// </summary>
public sealed class AttackServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptimage2-attacks-");
    private readonly TaskCompletionSource _held = new();
    private readonly ScriptedBackend _backend;
    private int _logRead;
    private int _drawings;
    private string? _mallorySession;

    public AttackServer() => _backend = new ScriptedBackend { Draw = (size, _) => PngEncoder.Gradient(size, Interlocked.Increment(ref _drawings)) };

    internal HttpServer Server { get; private set; } = null!;

    internal AuthorizationServer Authorization { get; private set; } = null!;

    internal Victim Alice { get; private set; } = null!;

    internal string Mallory { get; } = NamedToken.Generate();

    /// <summary>A token for attacks that use up what its owner may have.</summary>
    internal string Swarm { get; } = NamedToken.Generate();

    /// <summary>Draws what Alice draws, so that her words are its own as well.</summary>
    internal string Copycat { get; } = NamedToken.Generate();

    internal string MalloryImage { get; private set; } = "";

    internal Uri MalloryLink { get; private set; } = null!;

    /// <summary>What the catalog was asked since it was cleared.</summary>
    internal ConcurrentQueue<string> Reads { get; } = [];

    internal WatchedNetwork Network { get; } = new(new Dictionary<string, IPAddress[]>
    {
        ["inside.example"] = [IPAddress.Loopback],
        ["half.example"] = [IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.0.0.8")],
        ["cloud.example"] = [IPAddress.Parse("169.254.169.254")],
    });

    internal int Drawn => _backend.Calls;

    internal KestrelServerLimits Limits => Server.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

    internal ImageStoreEvents Events => Server.Services.GetRequiredService<ImageStoreEvents>();

    /// <summary>Paths of the machine, of which no caller may see any.</summary>
    internal IReadOnlyList<string> Paths => [Server.Root, _folder.FullName, AppContext.BaseDirectory.TrimEnd('/'), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/."];

    /// <summary>What came of each attack.</summary>
    internal ConcurrentDictionary<string, string> Outcomes { get; } = [];

    private string LogFile => Path.Combine(_folder.FullName, "server.log");

    private string TokenFile => Path.Combine(_folder.FullName, "tokens");

    public async ValueTask InitializeAsync()
    {
        Authorization = await AuthorizationServer.StartAsync();
        var alice = NamedToken.Generate();
        await File.WriteAllLinesAsync(
            TokenFile,
            new[] { ("alice", alice), ("mallory", Mallory), ("swarm", Swarm), ("copycat", Copycat) }.Select(one => new NamedToken(one.Item1, NamedToken.ComputeHash(one.Item2)).ToLine()),
            TestContext.Current.CancellationToken);
        var shared = _folder.CreateSubdirectory("shared");
        await File.WriteAllBytesAsync(Path.Combine(shared.FullName, "brand.png"), PngEncoder.Gradient(new Dimensions(64, 64), 1), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "private.png"), PngEncoder.Gradient(new Dimensions(64, 64), 2), TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(shared.FullName, "link.png"), Path.Combine(_folder.FullName, "private.png"));
        var templates = _folder.CreateSubdirectory("templates");
        await File.WriteAllTextAsync(Path.Combine(templates.FullName, "cover.md"), Template, TestContext.Current.CancellationToken);
        Server = await HttpServer.StartAsync(
            [
                ("GPTIMAGE2_HTTP__TOKENS", TokenFile),
                ("GPTIMAGE2_HTTP__AUTHORITY", Authorization.Issuer),
                ("GPTIMAGE2_HTTP__AUDIENCE", AccessTokenServer.Audience),
                ("GPTIMAGE2_HTTP__UPLOADMEGABYTES", "1"),
                ("GPTIMAGE2_HTTP__MAXREQUESTMEGABYTES", "2"),
                ("GPTIMAGE2_HTTP__MAXSESSIONS", "24"),
                ("GPTIMAGE2_INPUTS__ROOTS", shared.FullName),
                ("GPTIMAGE2_TEMPLATES", templates.FullName),
                ("GPTIMAGE2_SPENDING__DAILYUSD", "5"),
            ],
            services: Configure);
        Alice = await Victim.CreateAsync(Server, alice, () => _backend.Before = (_, _) => _held.Task);
        while (_backend.Calls < 3)
        {
            await Task.Yield();
        }

        _backend.Before = (_, _) => Task.CompletedTask;
        await using var mallory = await Server.ConnectAsync(Mallory);
        var made = await mallory.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a toad" });
        (MalloryImage, MalloryLink) = (made.Images[0], new Uri(made.Json.GetProperty("images")[0].GetProperty("download_url").GetString()!));
        await Alice.RememberAsync();
        ReadNewLog();
    }

    public async ValueTask DisposeAsync()
    {
        if (new ConfigurationBuilder().AddEnvironmentVariables("GPTIMAGE2_ATTACKS_").Build()["REPORT"] is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, AttackReport.Format(Outcomes));
        }

        _held.TrySetResult();
        await Server.DisposeAsync();
        await Authorization.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <returns>A session of Mallory's.</returns>
    internal async Task<string> MallorySessionAsync() => _mallorySession ??= await RawMcp.BeginSessionAsync(Server, Mallory);

    /// <returns>The lines that were logged since the last time.</returns>
    internal string ReadNewLog()
    {
        if (!File.Exists(LogFile))
        {
            return "";
        }

        using var file = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var text = new StreamReader(file).ReadToEnd();
        var news = text[_logRead..];
        _logRead = text.Length;
        return news;
    }

    private const string Template = """
        ---
        name: cover
        title: Cover
        description: A cover.
        arguments:
          - name: size
            description: The size
            required: true
        ---
        ```call generate_image
        {"prompt": "A cover", "count": {{size}}}
        ```

        """;

    private void Configure(IServiceCollection services) => services
        .AddServerLogging(new LoggingOptions { File = LogFile }, RequestLog.Source)
        .AddBackend(_backend)
        .AddSingleton(Network.CreateFetcher())
        .AddSingleton(provider => CountedReads.Create<IImageCatalog>(provider.GetRequiredService<SqliteImageCatalog>(), Reads))
        .AddSingleton(provider => CountedReads.Create<IJobStore>(new SqliteJobStore(provider.GetRequiredService<SqliteImageCatalog>()), Reads));
}
