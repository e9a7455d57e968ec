using GptImage2.Faults.Scenarios;
using GptImage2.Faults.Scenarios.Simulation;

[assembly: AssemblyFixture(typeof(SeedReport))]

namespace GptImage2.Faults.Scenarios;

/// <summary>Says how many scenarios there are, and which, and which of them this machine cannot play.</summary>
public sealed class SeedReport
{
    public SeedReport()
    {
        var seeds = SeededScenarioTests.AllSeeds;
        TestContext.Current.SendDiagnosticMessage($"{seeds.Count} seeded scenarios: {seeds[0]} to {seeds[^1]}. libfaketime is {(FakeTimeLibrary.IsAvailable ? "here" : "not here, so those with another clock are skipped")}.");
    }
}
