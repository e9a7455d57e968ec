namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>Answers which models there are (openapi.yaml 2.3.0); it says nothing of what they can do, and no more does the vendor.</summary>
internal static class ModelList
{
    /// <summary>What is accepted in an order.</summary>
    public static readonly string[] Names =
    [
        "gpt-image-2", "gpt-image-2-2026-04-21",
        "gpt-image-2.5-sunburst", "gpt-image-2.5-flare", "gpt-image-2.5-sunburst-2026-09-08", "gpt-image-2.5-flare-2026-09-08",
        "gpt-image-2.6-sunburst", "gpt-image-2.6-flare",
    ];

    /// <param name="name">What follows /v1/models; empty for all.</param>
    /// <exception cref="ApiErrorException">There is no such model.</exception>
    public static string CreateResponse(string name) => name is ""
        ? new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. Names.Select(CreateModel)]) }.ToJsonString()
        : CreateModel(GetKnownModel(name)).ToJsonString();

    public static string GetKnownModel(string name) => Names.Contains(name)
        ? name
        : throw new ApiErrorException(new(404, $"The model '{name}' does not exist or you do not have access to it.", Code: "model_not_found"));

    private static JsonObject CreateModel(string name) =>
        new() { ["id"] = name, ["object"] = "model", ["created"] = 1_776_729_600, ["owned_by"] = "system" };
}
