using GptImage2.Testing.Seeds;

namespace GptImage2.Faults.Boards;

/// <summary>
/// A server is killed while it draws a board, and the next start completes it: no panel is sent twice that may be billed. A few seeds by default, twelve
/// with <c>GPTIMAGE2_FAULTS=60</c>; one alone with <c>GPTIMAGE2_FAULTS=17-17</c>.
/// </summary>
public sealed class KilledBoardTests
{
    private const int DefaultCount = 6;

    /// <summary>Each is a whole board with two or three processes.</summary>
    private const int MaxCount = 12;

    public static IEnumerable<TheoryDataRow<int>> Seeds =>
        from seed in GeneratedCases.Numbers("FAULTS", 1..121, Enumerable.Range(1, DefaultCount)).Take(MaxCount)
        select new TheoryDataRow<int>(seed).WithTrait("seed", $"{seed}");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Seeds))]
    public async Task The_next_start_completes_the_board_and_bills_no_panel_twice(int seed)
    {
        await using var runner = await BoardKillRunner.CreateAsync(BoardKillPlan.Generate(seed));

        await runner.RunAsync();
    }
}
