using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>
/// Reads POST /responses as strictly as openai-node 7.59.0 describes it, and more strictly where anything but an image that is drawn
/// once, in the background, and kept would be a mistake of ours.
/// </summary>
internal static class ResponseOrderParser
{
    public static readonly string[] TextModels = ["gpt-5.4", "gpt-5.4-mini", "gpt-5.4-mini-2026-03-17", "gpt-5.5"];

    private static readonly string[] Fields =
    [
        "model", "background", "background_options", "store", "stream", "instructions", "max_output_tokens", "max_tool_calls",
        "parallel_tool_calls", "tool_choice", "tools", "input", "metadata", "safety_identifier", "service_tier",
    ];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="ApiErrorException">The vendor would not draw this.</exception>
    public static ResponseOrder Parse(ReadOnlyMemory<byte> body)
    {
        var root = ParseObject(body);
        var fields = new RequestFields(root);
        fields.RejectOthers(Fields);
        var model = fields.GetText("model") ?? throw Missing("model");
        if (!TextModels.Contains(model))
        {
            throw new ApiErrorException(new(400, $"The requested model '{model}' does not exist.", Param: "model", Code: "model_not_found"));
        }

        var window = ReadWindow(root);
        CheckBackground(fields, window);
        var tool = ImageToolParser.FindTool(root);
        CheckChoice(root);
        var (prompt, images) = ResponseInputParser.Parse(root);
        fields.GetFlag("parallel_tool_calls");
        fields.GetNumber("max_tool_calls", 1, 128);
        return new ResponseOrder(
            model,
            window,
            fields.GetNumber("max_output_tokens", 16, 128_000),
            new RequestFields(tool).GetText("action") ?? "auto",
            fields.GetText("instructions"),
            ImageToolParser.Parse(tool, prompt, images),
            JsonNode.Parse(root.GetProperty("tools").GetRawText())!.AsArray());
    }

    internal static ApiErrorException Missing(string name) => new(new(400, $"Missing required parameter: '{name}'.", Param: name, Code: "missing_required_parameter"));

    internal static ApiErrorException Invalid(string name, string message) => new(new(400, message, Param: name, Code: "invalid_value"));

    private static JsonElement ParseObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            var root = JsonElement.Parse(body.Span, Strict);
            return root.ValueKind is JsonValueKind.Object ? root : throw new JsonException("Not an object.");
        }
        catch (JsonException)
        {
            throw new ApiErrorException(new(400, "We could not parse the JSON body of your request."));
        }
    }

    private static string ReadWindow(JsonElement root)
    {
        if (!root.TryGetProperty("background_options", out var options))
        {
            return "soonest";
        }

        var fields = new RequestFields(options);
        fields.RejectOthers(["completion_window", "continuation_id"]);
        return fields.GetChoice("completion_window", ["soonest", "2h", "8h"]) ?? "soonest";
    }

    private static void CheckBackground(RequestFields fields, string window)
    {
        var (background, store, stream) = (fields.GetFlag("background") is true, fields.GetFlag("store") is not false, fields.GetFlag("stream") is true);
        if (background && !store)
        {
            throw Invalid("background", "Background mode requires 'store' to be true.");
        }

        if (background && stream)
        {
            throw Invalid("stream", "'stream' is not supported here with background mode.");
        }

        if (window is not "soonest" && !background)
        {
            throw Invalid("background_options", "'completion_window' requires 'background' to be true.");
        }

        if (!background)
        {
            throw Invalid("background", "This stand-in keeps only what is drawn in the background.");
        }
    }

    /// <summary>Without one the language model may answer in words.</summary>
    private static void CheckChoice(JsonElement root)
    {
        var choice = root.TryGetProperty("tool_choice", out var given) ? given : throw Missing("tool_choice");
        if (choice.ValueKind is not JsonValueKind.Object || choice.EnumerateObject().ToArray() is not [{ Name: "type", Value.ValueKind: JsonValueKind.String }] || choice.GetProperty("type").GetString() is not "image_generation")
        {
            throw Invalid("tool_choice", "Tool choice 'image_generation' must be an object with nothing but its type.");
        }
    }
}
