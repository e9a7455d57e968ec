using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace GptImage2.Edits.Hosts;

/// <summary>A client of the whole server, which draws with the stand-in of the service over real HTTP.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly McpHost _server;

    private ServerHost(StrictOpenAI service, McpHost server) => (Service, _server) = (service, server);

    public StrictOpenAI Service { get; }

    public string Root => _server.Root;

    /// <param name="settings">Further settings, as environment variables.</param>
    public static async Task<ServerHost> StartAsync(params (string Variable, string Value)[] settings)
    {
        var service = await StrictOpenAI.StartAsync();
        var server = await McpHost.StartAsync(
            McpCallExtensions.Settings(service, settings),
            cancellationToken: TestContext.Current.CancellationToken);
        return new ServerHost(service, server);
    }

    /// <returns>The absolute path of the image in the inbox.</returns>
    public string Put(string name, byte[] image) => _server.PutIntoInbox(name, image);

    /// <returns>The absolute path of a small image in the inbox; the same seed gives the same bytes.</returns>
    public string Put(string name, int seed) => Put(name, PngEncoder.Gradient(new Dimensions(160, 120), seed));

    /// <param name="arguments">A JSON object.</param>
    /// <returns>The structured result, whether the call went well or not.</returns>
    public async Task<JsonElement> CallAsync(string tool, string arguments) => (await _server.CallAsync(tool, arguments)).Json;

    /// <inheritdoc cref="CallAsync"/>
    /// <returns>The result as it came.</returns>
    public Task<CallToolResult> CallRawAsync(string tool, string arguments) => _server.CallAsync(tool, arguments);

    /// <summary>Ends when every job has.</summary>
    public Task WaitForJobsAsync() => _server.Services.GetRequiredService<JobScheduler>().DrainAsync(TimeSpan.FromMinutes(1));

    public static string Status(JsonElement result) => result.GetProperty("job").GetProperty("status").GetString()!;

    public static string JobId(JsonElement result) => result.GetProperty("job").GetProperty("id").GetString()!;

    public static string Warnings(JsonElement result) => string.Join('\n', result.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Service.DisposeAsync();
    }
}
