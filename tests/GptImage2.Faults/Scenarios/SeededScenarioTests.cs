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

    protected static async Task PlayAsync(int seed)
    {
        var scenario = ScenarioMaker.Make(seed);
        await using var stage = await Stage.SetAsync(scenario);
        if (stage.Obstacle is { } obstacle)
        {
            Assert.Skip(obstacle);
        }

        try
        {
            await stage.PlayAsync();
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{scenario}\n{stage.Timeline}");
        }

        stage.Timeline.Problems.ShouldBeEmpty($"{scenario}\n{stage.Timeline}");
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
