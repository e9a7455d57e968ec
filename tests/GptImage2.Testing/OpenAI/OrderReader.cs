using System.Text.Json;

namespace GptImage2.Testing.OpenAI;

/// <summary>Reads a request body as strictly as the vendor's published description allows (openapi.yaml 2.3.0, openai-node 7.57.0).</summary>
internal static class OrderReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] Fields =
    [
        "model", "prompt", "n", "size", "quality", "background", "output_format", "output_compression",
        "stream", "partial_images", "moderation", "user", "safety_identifier",
    ];

    /// <exception cref="RefusedException">The vendor would not draw this.</exception>
    public static Order Read(string body) => Read(Parse(body), Fields);

    /// <param name="allowed">Every name that may occur.</param>
    /// <exception cref="RefusedException">The vendor would not draw this.</exception>
    public static Order Read(JsonElement body, string[] allowed)
    {
        var fields = new OrderFields(body);
        fields.Only(allowed);

        var model = fields.Text("model") ?? throw new RefusedException(new(400, "Missing required parameter: 'model'.", Param: "model", Code: "missing_required_parameter"));
        ModelList.Known(model);

        string[] qualities = model.StartsWith("gpt-image-2.", StringComparison.Ordinal)
            ? ["auto", "low", "medium", "high", "xhigh", "max"]
            : ["auto", "low", "medium", "high"];
        fields.OneOf("moderation", ["auto", "low"]);
        fields.Text("user");
        fields.Text("safety_identifier");
        var order = new Order
        {
            Model = model,
            Prompt = Prompt(fields),
            Count = fields.Number("n", 1, 10) ?? 1,
            Size = SizeText.Read(fields.Text("size") ?? "auto"),
            Quality = fields.OneOf("quality", qualities) ?? "auto",
            Background = fields.OneOf("background", ["auto", "opaque", "transparent"]) ?? "auto",
            Format = fields.OneOf("output_format", ["png", "jpeg", "webp"]) ?? "png",
            Compression = fields.Number("output_compression", 0, 100),
            Stream = fields.Flag("stream") ?? false,
            PartialImages = fields.Number("partial_images", 0, 3) ?? 0,
        };
        Together(order, fields.Has("partial_images"));
        return order;
    }

    private static JsonElement Parse(string body)
    {
        try
        {
            var root = JsonElement.Parse(body, Strict);
            return root.ValueKind is JsonValueKind.Object ? root : throw new JsonException("Not an object.");
        }
        catch (JsonException)
        {
            throw new RefusedException(new(400, "We could not parse the JSON body of your request."));
        }
    }

    private static string Prompt(OrderFields fields)
    {
        var prompt = fields.Text("prompt") ?? throw new RefusedException(new(400, "Missing required parameter: 'prompt'.", Param: "prompt", Code: "missing_required_parameter"));
        return prompt.EnumerateRunes().Count() switch
        {
            0 => throw new RefusedException(Refusal.Value("prompt", "Invalid 'prompt': empty string. Expected a string with minimum length 1.")),
            > 32_000 => throw new RefusedException(Refusal.Value("prompt", "Invalid 'prompt': string too long. Expected a string with maximum length 32000.")),
            _ => prompt,
        };
    }

    private static void Together(Order order, bool saysPartialImages)
    {
        if (order is { Compression: not null, Format: "png" })
        {
            throw new RefusedException(Refusal.Value("output_compression", "Compression is only supported for the jpeg and webp output formats."));
        }

        if (order is { Background: "transparent", Format: "jpeg" })
        {
            throw new RefusedException(Refusal.Value("background", "Transparent background requires the png or webp output format."));
        }

        if (saysPartialImages && !order.Stream)
        {
            throw new RefusedException(Refusal.Value("partial_images", "partial_images is only supported when stream is true."));
        }
    }
}
