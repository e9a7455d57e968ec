using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Scenario;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>The whole main path up to Scenario's stand-in, over real HTTP, with a real store and ledger.</summary>
internal sealed class ScenarioWorkflowHost : WorkflowHost
{
    private ScenarioWorkflowHost(StrictScenario service, decimal? usdPerCredit)
        : base(
            jobs: new JobOptions { Wait = TimeSpan.FromMinutes(5) },
            spending: new SpendingOptions { PerCallUsd = null, AllowUnpriced = true },
            more: services => services.AddGptImage2(new BackendOptions
            {
                Model = OpenAIModels.Default,
                Order = ["scenario"],
                Scenario = new ScenarioOptions
                {
                    Key = new Secret(service.Account.Key),
                    KeySecret = new Secret(service.Account.KeySecret),
                    BaseUrl = service.BaseUrl,
                    PollInterval = TimeSpan.FromMilliseconds(1),
                    UsdPerCredit = usdPerCredit,
                },
            }))
    {
        Service = service;
        Directory.CreateDirectory(Work);
    }

    public StrictScenario Service { get; }

    public static async Task<ScenarioWorkflowHost> StartAsync(decimal? usdPerCredit = null) => new(await StrictScenario.StartAsync(), usdPerCredit);

    /// <summary>Puts a file where callers may name it.</summary>
    /// <returns>Its name.</returns>
    public string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Work, name), bytes);
        return name;
    }

    public async Task<LedgerEntry> ReadLedgerAsync() =>
        (await GetService<IJobStore>().ListLedgerAsync(Caller.Local.Owner, DateOnly.MinValue, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    public byte[] Read(DeliveredImage image) => File.ReadAllBytes(Store.GetAbsolutePath(image.Record.File)!);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Service.DisposeAsync();
    }
}
