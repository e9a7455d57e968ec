using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario;
using GptImage2.Testing.Scenario.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Edits.Templates;

/// <summary>A server that draws at Scenario's strict stand-in, over real HTTP.</summary>
public sealed class ScenarioTemplateRunner : TemplateRunner
{
    /// <summary>What one creative unit is worth here, in USD.</summary>
    public const decimal UsdPerCredit = 0.01m;

    /// <summary>More than any template has.</summary>
    private const int MaxJobs = 32;

    private StrictScenario? _service;

    public StrictScenario Service => _service!;

    public static async Task<ScenarioTemplateRunner> StartAsync()
    {
        var runner = new ScenarioTemplateRunner();
        await runner.InitializeAsync();
        return runner;
    }

    /// <summary>Ten images that differ in their width alone, from 320 pixels on, in the inbox.</summary>
    /// <returns>Their names. The mask of the inbox has the size of the first.</returns>
    public string[] PutTen() => [.. Enumerable.Range(0, 10).Select(index =>
    {
        var name = $"reference-{index + 1}.png";
        Server.PutIntoInbox(name, PngEncoder.Gradient(new Dimensions(320 + index, 240), index + 1));
        return name;
    })];

    /// <summary>What this server holds to have been spent.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync() =>
        await Server.Services.GetRequiredService<IJobStore>().ListLedgerAsync(Caller.Local.Owner, DateOnly.MinValue, TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Service.DisposeAsync();
    }

    protected override async Task<IReadOnlyList<(string Variable, string Value)>> SettingsAsync()
    {
        _service = await StrictScenario.StartAsync();
        _service.DrawImage = static (order, index) => order.Mask is null ? DrawDisc(order.Size) : ScenarioEdits.Draw(order, index);
        for (var job = 0; job < MaxJobs; job++)
        {
            _service.Plan(new JobScript { Statuses = ["in-progress"] });
        }

        return
        [
            ("SCENARIO_SDK_API_KEY", _service.Account.Key),
            ("SCENARIO_SDK_API_SECRET", _service.Account.KeySecret),
            ("SCENARIO_BASE_URL", _service.BaseUrl.ToString()),
            ("GPTIMAGE2_SCENARIO__POLLMILLISECONDS", "50"),
            ("GPTIMAGE2_SPENDING__USDPERCREDIT", $"{UsdPerCredit}"),
        ];
    }
}
