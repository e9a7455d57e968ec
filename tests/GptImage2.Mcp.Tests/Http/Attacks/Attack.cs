namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>One way to get at what is not one's own.</summary>
/// <param name="Tries">What it does, for people.</param>
/// <param name="RunAsync">Does it over real HTTP, makes sure that it fails, and says what came of it.</param>
internal sealed record Attack(string Name, string Tries, Func<Attempt, Task<string>> RunAsync)
{
    /// <summary>It must be answered with one of these statuses.</summary>
    public static Attack Refused(string name, string tries, Func<Attempt, Task<Answer>> send, params int[] statuses) => new(name, tries, async attempt =>
    {
        var answer = await send(attempt);
        statuses.ShouldContain(answer.Status, answer.ToString());
        return answer.ToString();
    });

    /// <summary>What is another's must be answered exactly as what never was, with as many reads of the catalog.</summary>
    /// <param name="foreign">Names what is another's.</param>
    /// <param name="madeUp">Names nothing, in the same form.</param>
    public static Attack Same(string name, string tries, Func<Victim, string> foreign, string madeUp, Func<Attempt, string, Task<Answer>> ask) => new(name, tries, async attempt =>
    {
        var theirs = foreign(attempt.Server.Alice);
        var (other, otherReads) = await attempt.WatchAsync(() => ask(attempt, theirs));
        var (never, neverReads) = await attempt.WatchAsync(() => ask(attempt, madeUp));

        other.Describe(theirs).ShouldBe(never.Describe(madeUp));
        otherReads.ShouldBe(neverReads, "and takes the same way to it");
        return other.ToString();
    });

    /// <summary>It must be answered, and the answer must be as said.</summary>
    public static Attack Harmless(string name, string tries, Func<Attempt, Task<Answer>> send, Action<Answer> holds) => new(name, tries, async attempt =>
    {
        var answer = await send(attempt);
        holds(answer);
        return answer.ToString();
    });
}
