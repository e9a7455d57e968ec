using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>Requests on both sides of every boundary, most of them wrong in one thing at most.</summary>
internal static class RequestGenerator
{
    private static readonly string[] Prompts = ["fox", "🦊", "", new string('x', 32_000), new string('x', 32_001), string.Concat(Enumerable.Repeat("🦊", 32_000)), string.Concat(Enumerable.Repeat("🦊", 32_001))];
    private static readonly string[] Qualities = ["auto", "low", "medium", "high", "xhigh", "max", "High", "hd", "standard", ""];
    private static readonly string[] Backgrounds = ["auto", "opaque", "transparent", "Transparent", "white", ""];
    private static readonly string[] Formats = ["png", "jpeg", "webp", "jpg", "gif", "PNG", ""];
    private static readonly int[] Counts = [-1, 0, 1, 2, 9, 10, 11, 100];
    private static readonly int[] Compressions = [-1, 0, 1, 99, 100, 101];

    public static IEnumerable<JsonElement> Generate(Random random, int count)
    {
        for (var n = 0; n < count; n++)
        {
            yield return Generate(random);
        }
    }

    private static JsonElement Generate(Random random)
    {
        // The long prompts are slow to write and wanted only now and then.
        var request = new JsonObject { ["prompt"] = Prompts[random.Next(50) is 0 ? random.Next(Prompts.Length) : random.Next(2)] };
        var (odd, seldom) = (random.Next(8), random.Next(4) is 0);
        if (odd is not 0 || random.Next(4) is 0)
        {
            var (width, height) = BoundarySizeGenerator.Generate(random);
            (request["width"], request["height"]) = (width, height);
        }

        Maybe("count", Counts, odd is 1, 2, 4);
        Maybe("quality", Qualities, odd is 2, 0, 4);
        Maybe("background", Backgrounds, odd is 3, 0, 3);
        Maybe("format", Formats, odd is 4, 0, 3);
        if (seldom || odd is 5)
        {
            Maybe("compression", Compressions, odd is 5, 1, 4);
        }

        if (odd is 6 && seldom)
        {
            request[random.Next(2) is 0 ? "seed" : "input_fidelity"] = "high";
        }

        return request.ToElement();

        void Maybe<T>(string name, T[] values, bool any, int from, int to)
        {
            if (any || random.Next(2) is 0)
            {
                request[name] = JsonValue.Create(values[any ? random.Next(values.Length) : random.Next(from, to)]);
            }
        }
    }
}
