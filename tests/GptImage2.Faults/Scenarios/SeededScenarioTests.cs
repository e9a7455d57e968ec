using GptImage2.Faults.Scenarios.Simulation;
using GptImage2.Testing.Seeds;

namespace GptImage2.Faults.Scenarios;

/// <summary>
/// Hundreds of mishaps from seeds, four at a time; a few of them by default. More: <c>GPTIMAGE2_FAULTS=60 dotnet test --project
/// tests/GptImage2.Faults</c>, or 301-400, or all 300 with <c>GPTIMAGE2_CASES=all</c>; one alone: <c>GPTIMAGE2_FAULTS=123-123</c>.
/// </summary>
public abstract class SeededScenarioTests
{
    private const int Classes = 4;

    /// <summary>Among a dozen are one with a small disk and one with another clock.</summary>
    private const int DefaultCount = 12;

    public static IReadOnlyList<int> AllSeeds { get; } = GeneratedCases.Numbers("FAULTS", 1..301, Enumerable.Range(1, DefaultCount));

    protected static IEnumerable<TheoryDataRow<int>> Share(int first) =>
        from seed in AllSeeds
        where seed % Classes == first
        select new TheoryDataRow<int>(seed).WithTrait("seed", $"{seed}");

    /// <summary>How often a scenario is played at most: libfaketime makes .NET end with a segmentation fault now and then, which says nothing of the server.</summary>
    private const int Plays = 3;

    protected static async Task PlayAsync(int seed)
    {
        for (var play = 1; !await PlayAsync(ScenarioGenerator.Generate(seed), last: play == Plays); play++)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed} is played again: libfaketime broke a server.");
        }
    }

    /// <returns>Whether it says anything of the server.</returns>
    private static async Task<bool> PlayAsync(Scenario scenario, bool last)
    {
        await using var stage = await ScenarioRunner.CreateAsync(scenario);
        if (stage.SkipReason is { } obstacle)
        {
            Assert.Skip(obstacle);
        }

        try
        {
            await stage.RunAsync();
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{scenario}\n{stage.Timeline}");
        }

        if (!last && scenario.ClockJump != TimeSpan.Zero && stage.Timeline.Problems.Any(problem => problem.Contains("ended with 139", StringComparison.Ordinal)))
        {
            return false;
        }

        stage.Timeline.Problems.ShouldBeEmpty($"{scenario}\n{stage.Timeline}");
        return true;
    }
}

public sealed class SeededScenarios1Tests : SeededScenarioTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Share(0);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Lose_nothing_that_was_paid_for(int seed) => PlayAsync(seed);
}

public sealed class SeededScenarios2Tests : SeededScenarioTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Share(1);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Lose_nothing_that_was_paid_for(int seed) => PlayAsync(seed);
}

public sealed class SeededScenarios3Tests : SeededScenarioTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Share(2);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Lose_nothing_that_was_paid_for(int seed) => PlayAsync(seed);
}

public sealed class SeededScenarios4Tests : SeededScenarioTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Share(3);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Lose_nothing_that_was_paid_for(int seed) => PlayAsync(seed);
}
