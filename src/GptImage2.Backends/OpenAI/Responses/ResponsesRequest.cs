using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>
/// The body of POST /responses for one image (openai-node 7.59.0, 2026-11): in the background, stored, one call of one tool that the
/// language model has to make. How many images a tool draws cannot be said.
/// </summary>
internal static class ResponsesRequest
{
    private const string Instructions =
        "Call the image generation tool exactly once. Its prompt is the user's text, word for word, without anything added or left out. "
        + "The user's images are what that text refers to, in their order. Write nothing else, before or after.";

    /// <returns>What makes the body of one attempt; it is given what to call when all of it has left.</returns>
    public static Func<Action, ResponsesRequestBody> Create(Validated<ImageRequest> validated, RenderInputs inputs, ResponsesOptions options, ImageArgumentNames arguments)
    {
        var template = new JsonTemplate();
        Write(template, validated, inputs, options, arguments);
        var (pieces, images) = template.Complete();
        return onSent => new ResponsesRequestBody(pieces, images, onSent);
    }

    private static void Write(JsonTemplate template, Validated<ImageRequest> validated, RenderInputs inputs, ResponsesOptions options, ImageArgumentNames arguments)
    {
        var json = template.Json;
        json.WriteStartObject();
        json.WriteString("model", options.TextModel);
        json.WriteBoolean("background", true);
        json.WriteBoolean("store", true);
        json.WriteBoolean("stream", false);
        if (options.Window is not CompletionWindow.Soonest)
        {
            json.WriteStartObject("background_options");
            json.WriteString("completion_window", options.Window is CompletionWindow.TwoHours ? "2h" : "8h");
            json.WriteEndObject();
        }

        json.WriteString("instructions", Instructions);
        json.WriteNumber("max_output_tokens", CarrierTariff.LimitOutput(Encoding.UTF8.GetByteCount(validated.PromptAsSent)));
        json.WriteNumber("max_tool_calls", 1);
        json.WriteBoolean("parallel_tool_calls", false);
        json.WriteStartObject("tool_choice");
        json.WriteString("type", "image_generation");
        json.WriteEndObject();
        WriteTool(template, validated, inputs, arguments);
        WriteInput(template, validated, inputs, arguments);
        json.WriteEndObject();
    }

    /// <summary>As for edits of the Images API there is no input_fidelity and no moderation.</summary>
    private static void WriteTool(JsonTemplate template, Validated<ImageRequest> validated, RenderInputs inputs, ImageArgumentNames arguments)
    {
        var (json, request) = (template.Json, validated.Request);
        json.WriteStartArray("tools");
        json.WriteStartObject();
        json.WriteString("type", "image_generation");
        json.WriteString("action", inputs.Images is [] ? "generate" : "edit");
        json.WriteString("model", validated.Profile.Model);
        json.WriteString("size", request.Size.ToString());
        json.WriteString("quality", request.Quality.Name);
        json.WriteString("background", request.Background.Name);
        json.WriteString("output_format", request.RenderFormat.Name);
        if (request.RenderCompression is { } compression)
        {
            json.WriteNumber("output_compression", compression);
        }

        if (inputs.Mask is { } mask)
        {
            json.WriteStartObject("input_image_mask");
            template.WriteImage("image_url", mask, arguments.MaskOrRegion);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>With a bound on how many tokens the language model reads an image as, which "auto" would not have.</summary>
    private static void WriteInput(JsonTemplate template, Validated<ImageRequest> validated, RenderInputs inputs, ImageArgumentNames arguments)
    {
        var json = template.Json;
        json.WriteStartArray("input");
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "input_text");
        json.WriteString("text", validated.PromptAsSent);
        json.WriteEndObject();
        foreach (var (index, image) in inputs.Images.Index())
        {
            json.WriteStartObject();
            json.WriteString("type", "input_image");
            json.WriteString("detail", "high");
            template.WriteImage("image_url", image, arguments[index]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
