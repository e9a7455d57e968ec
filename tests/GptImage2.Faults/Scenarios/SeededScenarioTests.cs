using GptImage2.Faults.Scenarios.Simulation;

namespace GptImage2.Faults.Scenarios;

/// <summary>
/// Hundreds of mishaps from seeds, four at a time. All of them: <c>GPTIMAGE2_FAULTS=300 dotnet test --project
/// tests/GptImage2.Faults</c>; one alone: the same with <c>--filter-trait "seed=123"</c>.
/// </summary>
public abstract class SeededScenarioTests
{
    private const int Classes = 4;

    protected static IEnumerable<TheoryDataRow<int>> Share(int first) =>
        from seed in SeedRange.Seeds
        where seed % Classes == first
        select new TheoryDataRow<int>(seed).WithTrait("seed", FormattableString.Invariant($"{seed}"));

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
