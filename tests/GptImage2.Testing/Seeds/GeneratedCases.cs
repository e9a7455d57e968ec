using Microsoft.Extensions.Configuration;

namespace GptImage2.Testing.Seeds;

/// <summary>How many cases generators make: by default what a change needs, and everything with <c>GPTIMAGE2_CASES=all</c>.</summary>
public static class GeneratedCases
{
    private const int DefaultShare = 4;

    private static readonly IConfiguration Environment = new ConfigurationBuilder().AddEnvironmentVariables("GPTIMAGE2_").Build();

    private static bool AllAreAsked { get; } = Environment["CASES"] switch
    {
        null or "" => false,
        "all" => true,
        var other => throw new FormatException($"GPTIMAGE2_CASES: expected all, but received '{other}'."),
    };

    /// <summary>How many cases of a loop that has so many in all: by default one of four, or of <paramref name="share"/>.</summary>
    public static int Count(int all, int share = DefaultShare) => AllAreAsked ? all : all / share;

    /// <summary>The numbers of cases that are tests of their own: a variable says how many, or from-to.</summary>
    /// <param name="variable">The variable's name after GPTIMAGE2_, as in FAULTS.</param>
    /// <param name="all">Every number that there is.</param>
    /// <param name="byDefault">Those that run where nothing is asked for.</param>
    public static IReadOnlyList<int> Numbers(string variable, Range all, IEnumerable<int> byDefault) => (Environment[variable] ?? "").Split('-') switch
    {
        [""] when AllAreAsked => [.. Between(all.Start.Value, all.End.Value - 1)],
        [""] => [.. byDefault],
        [var count] => [.. Between(all.Start.Value, all.Start.Value + Parse(count) - 1)],
        [var first, var last] => [.. Between(Parse(first), Parse(last))],
        _ => throw new FormatException($"GPTIMAGE2_{variable}: expected a number or from-to, as in 300 or 301-400, but received '{Environment[variable]}'."),
    };

    private static IEnumerable<int> Between(int first, int last) => Enumerable.Range(first, last - first + 1);

    private static int Parse(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
