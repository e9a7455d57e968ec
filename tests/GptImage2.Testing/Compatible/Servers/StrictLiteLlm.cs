using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>LiteLLM's proxy: OpenAI's form, and response_format is an error.</summary>
public sealed class StrictLiteLlm : StrictFormServer
{
    private protected override string[] Models => ["openai/gpt-image-2"];

    private protected override string Owner => "openai";

    private protected override string[] ResponseFormats => [];

    private protected override ServerAnswer Deliver(byte[][] images, string? responseFormat) => ServerAnswer.Json(Data(images).Also(answer => answer["usage"] = new JsonObject
    {
        ["input_tokens"] = 10,
        ["output_tokens"] = 196 * images.Length,
        ["total_tokens"] = 10 + (196 * images.Length),
        ["input_tokens_details"] = new JsonObject { ["text_tokens"] = 10, ["image_tokens"] = 0 },
    }));

    private protected override ServerAnswer AnswerOther(ReceivedRequest request) =>
        request.Path is "/health/liveliness" ? new ServerAnswer(200, "application/json", "\"I'm alive!\""u8.ToArray()) : ServerAnswer.NotFound;
}
