using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Mcp.Tests.Http.Authentication;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>Alice, and all that could be taken from her.</summary>
internal sealed class Victim
{
    public const string Owner = "token:alice";

    private const string Prompt = "a zanzibarquokka under a velvetmoon";

    private readonly HttpServer _server;

    private Victim(HttpServer server, string token) => (_server, Token) = (server, token);

    public string Token { get; }

    public string Image { get; private set; } = "";

    public string Edited { get; private set; } = "";

    public string Job { get; private set; } = "";

    /// <summary>Is being drawn as long as the server runs.</summary>
    public string RunningJob { get; private set; } = "";

    public string Upload { get; private set; } = "";

    public Uri Link { get; private set; } = null!;

    public string Ticket => Link.Query["?t=".Length..];

    public string Hash { get; private set; } = "";

    public string FileName { get; private set; } = "";

    public string Cursor { get; private set; } = "";

    public string Session { get; private set; } = "";

    /// <summary>What must be in no line of the log: neither what opens something, nor what she wrote.</summary>
    public IReadOnlyList<string> Unlogged => ["zanzibarquokka", "velvetmoon", Token, Ticket, Session];

    /// <summary>What must be in no byte of a response, unless whoever asked had it before.</summary>
    public IReadOnlyList<string> Secrets => [.. Unlogged, Image, Edited, Job, RunningJob, Upload, Hash, FileName, Cursor];

    /// <summary>All that the server has of hers.</summary>
    public string Belongings { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="hold">Called before the job that never ends.</param>
    public static async Task<Victim> CreateAsync(HttpServer server, string token, Action hold)
    {
        var alice = new Victim(server, token);
        await using var client = await server.ConnectAsync(token, cancellationToken: Cancellation);
        alice.Upload = await alice.UploadAsync();
        var made = await CallAsync(client, "generate_image", new() { ["prompt"] = Prompt });
        (alice.Image, alice.Job) = (made.Images[0], made.JobId);
        var image = made.Json.GetProperty("images")[0];
        (alice.Link, alice.Hash) = (new Uri(image.GetProperty("download_url").GetString()!), image.GetProperty("sha256").GetString()!);
        alice.FileName = Path.GetFileName((await alice.Catalog.FindAsync(Owner, alice.Image, Cancellation))!.File.Path);
        alice.Edited = (await CallAsync(client, "edit_with_references", new() { ["prompt"] = "at night", ["references"] = new[] { new { image = alice.Image } } })).Images[0];
        alice.Cursor = (await CallAsync(client, "list_images", new() { ["limit"] = 1 })).Json.GetProperty("next_cursor").GetString()!;
        alice.Session = await RawMcp.BeginSessionAsync(server, token);
        hold();
        var call = new JsonObject { ["name"] = "generate_image", ["arguments"] = new JsonObject { ["prompt"] = $"{Prompt}, forever" } };
        var (_, text, _) = await RawMcp.SendAsync(server, RawMcp.Create(server, "tools/call", call, token));
        alice.RunningJob = Regex.Match(text, "job_[a-z2-9]{16}").Value;
        return alice;
    }

    public async Task RememberAsync() => Belongings = await DescribeAsync();

    public async Task<string> DescribeAsync()
    {
        var images = (await Catalog.ListAsync(Owner, new ImageQuery { Limit = 100 }, Cancellation)).Images;
        var jobs = await _server.Services.GetRequiredService<IJobStore>().ListJobsAsync(Owner, 100, Cancellation);
        var upload = await Catalog.FindAsync(Owner, Upload, Cancellation);
        return string.Join(
            '\n',
            [
                .. images.Append(upload!).Select(image => $"{image.Id} {image.JobId} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_server.Root, image.File.Path))))}"),
                .. jobs.Select(job => $"{job.Id} {job.Ended} {job.State}"),
                $"{await RawMcp.TryAsync(_server, Token)} session {await PingAsync()}",
            ]);
    }

    private IImageCatalog Catalog => _server.Services.GetRequiredService<IImageCatalog>();

    private async Task<int> PingAsync() =>
        (await RawMcp.SendAsync(_server, RawMcp.CreateLegacy(_server, """{"jsonrpc":"2.0","id":1,"method":"ping"}""", Token, Session))).Status;

    private async Task<string> UploadAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/uploads")) { Content = new ByteArrayContent(NoisePng.Create(new Dimensions(64, 64), seed: 7)) };
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await _server.Http.SendAsync(request, Cancellation);
        return JsonElement.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation)).GetProperty("id").GetString()!;
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: Cancellation);
        result.IsError.ShouldNotBe(true, result.Text);
        return result;
    }
}
