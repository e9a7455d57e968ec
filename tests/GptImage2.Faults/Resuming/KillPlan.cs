using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Faults.Resuming;

/// <summary>One way in which a server dies while Scenario works for it, and what else goes wrong before and after.</summary>
/// <param name="Seed">Everything else follows from it.</param>
/// <param name="Moment">The kind of request at which it dies, unanswered.</param>
/// <param name="Occurrence">The how manieth of them, from 1.</param>
/// <param name="AnswerLost">Whether the answer to the run call never arrives, so that the job's id is not known when it dies.</param>
/// <param name="Count">How many images are asked for.</param>
/// <param name="References">How many images go with the prompt.</param>
/// <param name="Format">What the images are delivered as.</param>
/// <param name="Deaths">How many servers die, one after the other.</param>
/// <param name="After">What goes wrong for the server that finishes it.</param>
internal sealed record KillPlan(
    int Seed, ScenarioRoute Moment, int Occurrence, bool AnswerLost, int Count, int References, string Format, int Deaths, Mischief After)
{
    /// <summary>Requests at which a server may die, each with how many of them there can be.</summary>
    private static readonly (ScenarioRoute Route, int Most)[] Moments =
    [
        (ScenarioRoute.DryRun, 1), (ScenarioRoute.SmallUpload, 2), (ScenarioRoute.Job, 4), (ScenarioRoute.Job, 4), (ScenarioRoute.Asset, 3), (ScenarioRoute.Download, 3), (ScenarioRoute.Download, 3),
    ];

    /// <summary>Whether the service has the job when the server dies.</summary>
    public bool IsRun => AnswerLost || Moment is ScenarioRoute.Job or ScenarioRoute.Asset or ScenarioRoute.Download;

    public static KillPlan Generate(int seed)
    {
        var random = new Random(seed);
        var (route, most) = Moments[random.Next(Moments.Length)];
        var count = random.Next(1, 4);
        var references = route is ScenarioRoute.SmallUpload ? random.Next(1, 3) : random.Next(0, 3);
        var limit = route switch { ScenarioRoute.Asset or ScenarioRoute.Download => count, ScenarioRoute.SmallUpload => references, _ => most };
        var lost = route is ScenarioRoute.Job && random.Next(2) is 0;
        return new KillPlan(
            seed,
            lost ? ScenarioRoute.Jobs : route,
            lost ? 1 : random.Next(1, limit + 1),
            lost,
            count,
            references,
            random.Next(3) is 0 ? "jpeg" : "png",
            random.Next(4) is 0 ? 2 : 1,
            (Mischief)random.Next(Enum.GetValues<Mischief>().Length));
    }
}

/// <summary>What goes wrong for the server that finishes a job.</summary>
internal enum Mischief
{
    None,

    /// <summary>The first question about the job is refused as too many.</summary>
    RateLimited,

    /// <summary>The first question about the job ends with the service's own failure.</summary>
    ServerError,

    /// <summary>The first download is cut.</summary>
    DownloadCut,

    /// <summary>The first link has expired.</summary>
    LinkExpired,
}
