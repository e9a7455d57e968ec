using GptImage2.Testing.Seeds;

namespace GptImage2.Faults.Resuming;

/// <summary>
/// A server is killed at every moment of its work with Scenario, and the next one has the images: one run is billed. A few
/// seeds by default, more with <c>GPTIMAGE2_FAULTS=60</c>; one alone with <c>GPTIMAGE2_FAULTS=17-17</c>. Three at a time.
/// </summary>
public abstract class KilledServerTests
{
    private const int Classes = 3;
    private const int DefaultCount = 8;

    protected static IEnumerable<TheoryDataRow<int>> Share(int first) =>
        from seed in GeneratedCases.Numbers("FAULTS", 1..121, Enumerable.Range(1, DefaultCount))
        where seed % Classes == first
        select new TheoryDataRow<int>(seed).WithTrait("seed", $"{seed}");

    protected static async Task PlayAsync(int seed)
    {
        await using var runner = await KillRunner.CreateAsync(KillPlan.Generate(seed));

        await runner.RunAsync();
    }
}

public sealed class KilledServers1Tests : KilledServerTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Share(0);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Seeds))]
    public Task The_next_start_finishes_what_the_service_has_kept(int seed) => PlayAsync(seed);
}

public sealed class KilledServers2Tests : KilledServerTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Share(1);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Seeds))]
    public Task The_next_start_finishes_what_the_service_has_kept(int seed) => PlayAsync(seed);
}

public sealed class KilledServers3Tests : KilledServerTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Share(2);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Seeds))]
    public Task The_next_start_finishes_what_the_service_has_kept(int seed) => PlayAsync(seed);
}
