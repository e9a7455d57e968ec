namespace GptImage2.Faults.Boards;

/// <summary>One way in which a server dies while a board is drawn.</summary>
/// <param name="Seed">Everything else follows from it.</param>
/// <param name="Panels">How many there are.</param>
/// <param name="Concurrency">How many are drawn at a time.</param>
/// <param name="HasReference">Whether a reference sets the look, so that all panels begin at once; else the first is drawn alone.</param>
/// <param name="Request">The how manieth panel that arrives at the service it dies with, from 1.</param>
/// <param name="Answered">Whether that one was answered in full when it dies, and perhaps stored; those after it never are.</param>
/// <param name="Deaths">How many servers die, one after the other.</param>
/// <param name="Repeats">Whether the same call brings the board back, or a look at the jobs.</param>
internal sealed record BoardKillPlan(int Seed, int Panels, int Concurrency, bool HasReference, int Request, bool Answered, int Deaths, bool Repeats)
{
    public static BoardKillPlan Generate(int seed)
    {
        var random = new Random(seed);
        var panels = random.Next(2, 8);
        var request = random.Next(1, panels + 1);
        return new BoardKillPlan(
            seed, panels, random.Next(1, 5), random.Next(2) is 0, request, random.Next(2) is 0 && request < panels, panels > 3 && random.Next(4) is 0 ? 2 : 1, random.Next(2) is 0);
    }
}
