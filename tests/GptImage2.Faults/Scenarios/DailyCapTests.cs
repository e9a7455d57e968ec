using GptImage2.Faults.Harness;
using GptImage2.Faults.Scenarios.Checks;
using GptImage2.Faults.Scenarios.Simulation;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.Time;

namespace GptImage2.Faults.Scenarios;

/// <summary>Many agents spend from one purse.</summary>
public sealed class DailyCapTests : IDisposable
{
    private const int Processes = 4;
    private const int Calls = 50;
    private const long Cap = 1_000_000;

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Is_never_passed_by_parallel_calls_of_several_processes()
    {
        await using var service = await StrictOpenAI.StartAsync();
        var servers = Enumerable.Range(0, Processes).Select(_ => ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_SPENDING__DAILYUSD", "1")])).ToArray();
        try
        {
            await Task.WhenAll(servers.Select(server => server.InitializeAsync()));

            var replies = await Task.WhenAll(Enumerable.Range(0, Calls).Select(number => servers[number % Processes].CallAsync("generate_image", Arguments(number))));

            var made = replies.Count(reply => !reply.IsError);
            replies.Where(reply => reply.IsError).ShouldAllBe(reply => reply.Structured.GetProperty("failure").GetProperty("code").GetString() == "spending_refused");
            service.Billing.Entries.Count.ShouldBe(made);
            service.Billing.BilledMicroUsd.ShouldBeInRange(Cap * 9 / 10, Cap);
            await Task.WhenAll(servers.Select(server => server.CloseInputAsync()));
            await Task.WhenAll(servers.Select(server => server.ExitAsync(TestTimeouts.Safety)));
            CatalogLedger.Read(_folders.Store).Sum(row => row.Counted).ShouldBe(service.Billing.BilledMicroUsd);
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    public void Dispose() => _folders.Dispose();

    private static JsonObject Arguments(int number) => new()
    {
        ["prompt"] = string.Create(CultureInfo.InvariantCulture, $"fox {number} of {Calls}"),
        ["width"] = ClientSimulator.Canvas.Width,
        ["height"] = ClientSimulator.Canvas.Height,
        ["view"] = "none",
    };
}
