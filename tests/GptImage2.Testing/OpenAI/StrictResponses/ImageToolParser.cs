using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>Reads the image tool by the rules of the Images API, which has the same parameters.</summary>
internal static class ImageToolParser
{
    private const string Prefix = "tools[0].";

    private static readonly string[] Fields =
        ["type", "action", "model", "size", "quality", "background", "output_format", "output_compression", "moderation", "input_image_mask"];

    private static readonly string[] OfImagesApi = ["model", "prompt", "size", "quality", "background", "output_format", "output_compression", "moderation"];

    /// <exception cref="ApiErrorException">There is not exactly one tool, or another one.</exception>
    public static JsonElement FindTool(JsonElement root)
    {
        var tools = root.TryGetProperty("tools", out var given) ? given : throw ResponseOrderParser.Missing("tools");
        if (tools.ValueKind is not JsonValueKind.Array || tools.GetArrayLength() is not 1 || tools[0].ValueKind is not JsonValueKind.Object)
        {
            throw ResponseOrderParser.Invalid("tools", "Invalid 'tools': expected an array of one object.");
        }

        return tools[0].TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.GetString() is "image_generation"
            ? tools[0]
            : throw ResponseOrderParser.Invalid($"{Prefix}type", "Invalid value for 'tools[0].type': expected 'image_generation'.");
    }

    /// <param name="prompt">The user's words.</param>
    /// <exception cref="ApiErrorException">The tool would not draw this.</exception>
    public static ImageOrder Parse(JsonElement tool, string prompt, IReadOnlyList<ReceivedImage> images)
    {
        if (tool.TryGetProperty("prompt", out _))
        {
            throw ResponseOrderParser.Invalid($"{Prefix}prompt", $"Unknown parameter: '{Prefix}prompt'.");
        }

        try
        {
            var fields = new RequestFields(tool);
            fields.RejectOthers(Fields);
            var action = fields.GetChoice("action", ["generate", "edit", "auto"]);
            if (action is "edit" && images is [])
            {
                throw ResponseOrderParser.Invalid("action", "Action 'edit' requires an image in the input.");
            }

            var order = GenerationRequestParser.ParseOrder(Select(tool, prompt), OfImagesApi);
            return order with { Images = images, Mask = ReadMask(tool, images) };
        }
        catch (ApiErrorException refused) when (refused.Error.Param is { } param && !param.StartsWith(Prefix, StringComparison.Ordinal) && param is not "prompt")
        {
            throw new ApiErrorException(refused.Error with { Param = $"{Prefix}{param}" });
        }
    }

    private static JsonElement Select(JsonElement tool, string prompt)
    {
        var order = new JsonObject { ["prompt"] = prompt };
        foreach (var member in tool.EnumerateObject().Where(member => OfImagesApi.Contains(member.Name)))
        {
            order[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return JsonElement.Parse(order.ToJsonString());
    }

    private static ReceivedImage? ReadMask(JsonElement tool, IReadOnlyList<ReceivedImage> images)
    {
        if (!tool.TryGetProperty("input_image_mask", out var mask))
        {
            return null;
        }

        if (images is [])
        {
            throw ResponseOrderParser.Invalid("input_image_mask", "A mask requires an image in the input.");
        }

        new RequestFields(mask).RejectOthers(["image_url", "file_id"]);
        return UploadedImageValidator.Mask(DataUrl.Parse(mask, "mask", "input_image_mask.image_url"), images[0].Size);
    }
}
