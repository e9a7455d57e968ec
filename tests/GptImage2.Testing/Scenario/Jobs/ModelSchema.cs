using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario.Jobs;

/// <summary>The inputs of the GPT Image models at Scenario (fixtures of its Blender plugin, 2026-08, and of its Godot plugin, 2026-10).</summary>
internal sealed record ModelSchema(string Id, IReadOnlyList<InputField> Inputs)
{
    private const string Prefix = "model_openai-gpt-image-";

    private static readonly string[] Qualities = ["auto", "high", "medium", "low"];

    public static IReadOnlyList<ModelSchema> All { get; } =
    [
        new(Prefix + "2", CreateInputs(Qualities)),
        new(Prefix + "2-5-flare", CreateInputs([.. Qualities, "xhigh", "max"])),
        new(Prefix + "2-5-sunburst", CreateInputs([.. Qualities, "xhigh", "max"])),
        .. RemoverSchemas.All,
    ];

    /// <exception cref="ScenarioRefusalException">There is none.</exception>
    public static ModelSchema Find(string id) =>
        All.FirstOrDefault(model => model.Id == id) ?? throw ScenarioRefusalException.Reason(404, $"Model {id} not found");

    public JsonObject ToJson() => new()
    {
        ["model"] = new JsonObject
        {
            ["id"] = Id,
            ["type"] = "custom",
            ["capabilities"] = new JsonArray("txt2img", "img2img"),
            ["inputs"] = new JsonArray([.. Inputs.Select(input => (JsonNode)input.ToJson())]),
            ["accessRestrictions"] = 0,
            ["privacy"] = "public",
        },
    };

    /// <exception cref="ScenarioRefusalException">The inputs are not this model's.</exception>
    public void Check(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            throw ScenarioRefusalException.Reason(400, "Body must be an object");
        }

        foreach (var member in body.EnumerateObject())
        {
            var input = Inputs.FirstOrDefault(input => input.Name == member.Name) ?? throw ScenarioRefusalException.Reason(400, $"Unknown input {member.Name}");
            input.Check(member.Value);
        }

        foreach (var input in Inputs)
        {
            if (input.IsRequired && !(body.TryGetProperty(input.Name, out var value) && value.GetString() is { Length: > 0 }))
            {
                throw ScenarioRefusalException.Reason(400, $"Input {input.Name} is required");
            }

            if (input.Needs is { } other && body.TryGetProperty(input.Name, out _) && !(body.TryGetProperty(other, out var needed) && needed.ValueKind is JsonValueKind.Array && needed.GetArrayLength() > 0))
            {
                throw ScenarioRefusalException.Reason(400, $"Input {other} is required when {input.Name} is set");
            }
        }
    }

    private static InputField[] CreateInputs(string[] qualities) =>
    [
        new("prompt", "string") { IsRequired = true, MaxLength = 32_000 },
        new("referenceImages", "file_array") { MaxLength = 10 },
        new("mask", "file") { Needs = "referenceImages" },
        new("numOutputs", "number") { Range = (1, 10, 1), Default = 1 },
        new("width", "number") { Range = (16, 3840, 16), Default = 1024 },
        new("height", "number") { Range = (16, 3840, 16), Default = 1024 },
        new("quality", "string") { AllowedValues = qualities, Default = "auto" },
        new("background", "string") { AllowedValues = ["auto", "opaque", "transparent"], Default = "auto" },
    ];
}
