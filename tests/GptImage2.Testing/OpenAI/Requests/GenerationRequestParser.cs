namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>Reads a request body as strictly as the vendor's published description allows (openapi.yaml 2.3.0, openai-node 7.57.0).</summary>
internal static class GenerationRequestParser
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] Fields =
    [
        "model", "prompt", "n", "size", "quality", "background", "output_format", "output_compression",
        "stream", "partial_images", "moderation", "user", "safety_identifier",
    ];

    /// <exception cref="ApiErrorException">The vendor would not draw this.</exception>
    public static ImageOrder ParseOrder(string body, Func<string, string>? findModel = null) => ParseOrder(Parse(body), Fields, findModel);

    /// <param name="allowed">Every name that may occur.</param>
    /// <param name="findModel">The model behind the name that a request has for it; null where they are the same.</param>
    /// <exception cref="ApiErrorException">The vendor would not draw this.</exception>
    public static ImageOrder ParseOrder(JsonElement body, string[] allowed, Func<string, string>? findModel = null)
    {
        var fields = new RequestFields(body);
        fields.RejectOthers(allowed);

        var model = fields.GetText("model") ?? throw new ApiErrorException(new(400, "Missing required parameter: 'model'.", Param: "model", Code: "missing_required_parameter"));
        model = ModelList.GetKnownModel(findModel?.Invoke(model) ?? model);

        string[] qualities = model.StartsWith("gpt-image-2.", StringComparison.Ordinal)
            ? ["auto", "low", "medium", "high", "xhigh", "max"]
            : ["auto", "low", "medium", "high"];
        fields.GetChoice("moderation", ["auto", "low"]);
        fields.GetText("user");
        fields.GetText("safety_identifier");
        var order = new ImageOrder
        {
            Model = model,
            Prompt = ReadPrompt(fields),
            Count = fields.GetNumber("n", 1, 10) ?? 1,
            Size = SizeParser.Parse(fields.GetText("size") ?? "auto"),
            Quality = fields.GetChoice("quality", qualities) ?? "auto",
            Background = fields.GetChoice("background", ["auto", "opaque", "transparent"]) ?? "auto",
            Format = fields.GetChoice("output_format", ["png", "jpeg", "webp"]) ?? "png",
            Compression = fields.GetNumber("output_compression", 0, 100),
            Stream = fields.GetFlag("stream") ?? false,
            PartialImages = fields.GetNumber("partial_images", 0, 3) ?? 0,
        };
        ValidateCombination(order, fields.Has("partial_images"));
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
            throw new ApiErrorException(new(400, "We could not parse the JSON body of your request."));
        }
    }

    private static string ReadPrompt(RequestFields fields)
    {
        var prompt = fields.GetText("prompt") ?? throw new ApiErrorException(new(400, "Missing required parameter: 'prompt'.", Param: "prompt", Code: "missing_required_parameter"));
        return prompt.EnumerateRunes().Count() switch
        {
            0 => throw new ApiErrorException(ApiError.InvalidValue("prompt", "Invalid 'prompt': empty string. Expected a string with minimum length 1.")),
            > 32_000 => throw new ApiErrorException(ApiError.InvalidValue("prompt", "Invalid 'prompt': string too long. Expected a string with maximum length 32000.")),
            _ => prompt,
        };
    }

    private static void ValidateCombination(ImageOrder order, bool saysPartialImages)
    {
        if (order is { Compression: not null, Format: "png" })
        {
            throw new ApiErrorException(ApiError.InvalidValue("output_compression", "Compression is only supported for the jpeg and webp output formats."));
        }

        if (order is { Background: "transparent", Format: "jpeg" })
        {
            throw new ApiErrorException(ApiError.InvalidValue("background", "Transparent background requires the png or webp output format."));
        }

        if (saysPartialImages && !order.Stream)
        {
            throw new ApiErrorException(ApiError.InvalidValue("partial_images", "partial_images is only supported when stream is true."));
        }
    }
}
