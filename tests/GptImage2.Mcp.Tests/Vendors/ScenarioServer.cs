using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario;

namespace GptImage2.Mcp.Tests.Vendors;

/// <summary>A client of the whole server, which is set to Scenario's strict stand-in over real HTTP.</summary>
internal sealed class ScenarioServer : IAsyncDisposable
{
    /// <summary>Of the images in the inbox.</summary>
    public static readonly Dimensions Size = new(160, 120);

    private ScenarioServer(StrictScenario service, McpHost server) => (Service, Server) = (service, server);

    public StrictScenario Service { get; }

    public McpHost Server { get; }

    /// <summary>What cannot be cut out on this machine.</summary>
    public static byte[] Busy { get; } = Draw(static (x, y) => [(byte)(x * 37 + y * 91), (byte)(x * y), (byte)(x * 53), 255]).Encode(alpha: false);

    /// <param name="more">Further settings, as environment variables; they win.</param>
    public static async Task<ScenarioServer> StartAsync(params (string Variable, string Value)[] more)
    {
        var service = await StrictScenario.StartAsync();
        service.DrawImage = static (order, _) => order.IsRemoval ? Cutout : PngEncoder.Gradient(order.Size, 1);
        var server = await McpHost.StartAsync([.. Settings(service), ("GPTIMAGE2_SPENDING__USDPERCREDIT", "0.01"), .. more], cancellationToken: TestContext.Current.CancellationToken);
        server.PutIntoInbox("busy.png", Busy);
        return new ScenarioServer(service, server);
    }

    public static IEnumerable<(string Variable, string Value)> Settings(StrictScenario service) =>
    [
        ("SCENARIO_SDK_API_KEY", service.Account.Key),
        ("SCENARIO_SDK_API_SECRET", service.Account.KeySecret),
        ("SCENARIO_BASE_URL", service.BaseUrl.ToString()),
        ("GPTIMAGE2_SCENARIO__POLLMILLISECONDS", "50"),
    ];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Service.DisposeAsync();
    }

    /// <summary>A disc in colours of the service's own: opaque, and nothing around it.</summary>
    private static byte[] Cutout { get; } = Draw(static (x, y) => IsDisc(x, y) ? [10, 200, 30, 255] : [0, 0, 0, 0]).Encode(alpha: true);

    private static bool IsDisc(int x, int y) => ((x - 80) * (x - 80)) + ((y - 60) * (y - 60)) < 1600;

    private static PngPixels Draw(Func<int, int, byte[]> paint) =>
        new(Size, [.. Enumerable.Range(0, Size.Width * Size.Height).SelectMany(pixel => paint(pixel % Size.Width, pixel / Size.Width))]);
}
