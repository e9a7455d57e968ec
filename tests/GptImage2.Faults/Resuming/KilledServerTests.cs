using GptImage2.Testing.Seeds;

namespace GptImage2.Faults.Resuming;

/// <summary>
/// A server is killed at every moment of its work with Scenario, and the next one has the images: one run is billed. A few
/// seeds by default, more with <c>GPTIMAGE2_FAULTS=60</c>; one alone with <c>GPTIMAGE2_FAULTS=17-17</c>.
/// </summary>
public sealed class KilledServerTests
{
    private const int DefaultCount = 8;

    public static IEnumerable<TheoryDataRow<int>> Seeds =>
        GeneratedCases.Numbers("FAULTS", 1..121, Enumerable.Range(1, DefaultCount)).Select(seed => new TheoryDataRow<int>(seed).WithTrait("seed", $"{seed}"));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_next_start_finishes_what_the_service_has_kept(int seed)
    {
        await using var runner = await KillRunner.CreateAsync(KillPlan.Generate(seed));

        await runner.RunAsync();
    }
}
