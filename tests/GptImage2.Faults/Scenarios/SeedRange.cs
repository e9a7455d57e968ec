using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Faults.Scenarios;

/// <summary>Which seeds run: GPTIMAGE2_FAULTS is how many, or from-to; without it a part that a busy machine does in minutes.</summary>
internal static class SeedRange
{
    private const int Part = 60;

    public static IReadOnlyList<int> Seeds { get; } = Read(new ConfigurationBuilder().AddEnvironmentVariables("GPTIMAGE2_").Build()["FAULTS"]);

    private static int[] Read(string? text) => (text ?? "").Split('-') switch
    {
        [""] => [.. Enumerable.Range(1, Part)],
        [var count] => [.. Enumerable.Range(1, Number(count))],
        [var first, var last] => [.. Enumerable.Range(Number(first), Number(last) - Number(first) + 1)],
        _ => throw new FormatException($"GPTIMAGE2_FAULTS: expected a number or from-to, as in 300 or 301-400, but received '{text}'."),
    };

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
