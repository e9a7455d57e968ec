using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>Legal calls, each written twice: as the schema says, and as a careless client writes it.</summary>
internal static class NearMissGenerator
{
    private static readonly string[] Omissible = ["preset", "quality", "background", "format", "compression", "resize_to", "save_to", "view", "count"];

    public static IEnumerable<(Dictionary<string, JsonElement> Plain, Dictionary<string, JsonElement> Written)> GenerateImageCalls(Random random, int count)
    {
        for (var n = 0; n < count; n++)
        {
            var plain = new JsonObject { ["prompt"] = "a red fox", ["dry_run"] = true, ["count"] = random.Next(1, 11) };
            if (random.Next(2) is 0)
            {
                (plain["width"], plain["height"]) = (16 * random.Next(64, 97), 16 * random.Next(64, 97));
            }

            if (random.Next(2) is 0)
            {
                (plain["format"], plain["compression"]) = (random.Next(2) is 0 ? "jpeg" : "webp", random.Next(0, 101));
            }

            var written = new JsonObject(plain.Select(argument => KeyValuePair.Create(argument.Key, Distort(random, argument.Value!))));
            foreach (var name in Omissible.Where(name => !plain.ContainsKey(name) && random.Next(3) is 0))
            {
                written[name] = null;
            }

            yield return (Arguments(plain), Arguments(written));
        }
    }

    public static IEnumerable<(Dictionary<string, JsonElement> Plain, Dictionary<string, JsonElement> Written)> GenerateCrops(Random random, int count)
    {
        for (var n = 0; n < count; n++)
        {
            var crop = new JsonObject { ["x"] = random.Next(4), ["y"] = random.Next(2), ["width"] = random.Next(1, 5), ["height"] = random.Next(1, 3), ["units"] = "pixels" };
            var careless = new JsonObject(crop.Select(side => KeyValuePair.Create(side.Key, Distort(random, side.Value!))));
            var plain = new JsonObject { ["image"] = ReadOnlyToolArgumentGenerators.ImageDataUri, ["crop"] = crop };
            var written = new JsonObject { ["image"] = ReadOnlyToolArgumentGenerators.ImageDataUri, ["crop"] = random.Next(2) is 0 ? careless : " " + careless.ToJsonString() };
            yield return (Arguments(plain), Arguments(written));
        }
    }

    private static JsonNode? Distort(Random random, JsonNode value) => (value.GetValueKind(), random.Next(4)) switch
    {
        (JsonValueKind.Number, 0) => JsonNode.Parse(value.ToJsonString() + ".0"),
        (JsonValueKind.Number, 1) => value.ToJsonString(),
        (JsonValueKind.Number, 2) => value.ToJsonString() + ".0",
        (JsonValueKind.True, 0) => "true",
        (JsonValueKind.True, 1) => "True",
        (JsonValueKind.True, 2) => "TRUE",
        (JsonValueKind.Number, _) => JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"{value.GetValue<int>() * 10}e-1")),
        _ => value.DeepClone(),
    };

    private static Dictionary<string, JsonElement> Arguments(JsonObject json) =>
        json.ToDictionary(argument => argument.Key, argument => argument.Value?.ToElement() ?? JsonElement.Parse("null"));
}
