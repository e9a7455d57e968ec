using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>OpenRouter: one address, shapes in place of sizes, images as data: links, one image a call, and its price in USD.</summary>
public sealed class StrictOpenRouter : StrictServer
{
    public const decimal Price = 0.04m;

    internal override bool IsDrawRequest(ReceivedRequest request) => request.Method is "POST";

    internal override ServerAnswer Answer(ReceivedRequest request)
    {
        if ((request.Method, request.Path) is not ("POST", "/v1/images"))
        {
            return ServerAnswer.NotFound;
        }

        var body = request.Json;
        string[] known = ["model", "prompt", "n", "aspect_ratio", "resolution", "input_references", "quality", "background", "output_format", "seed"];
        if (body.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            throw Refuse(400, $"Unrecognized key: {other.Name}");
        }

        if (body.Number("n") is > 1)
        {
            throw Refuse(400, "This model supports n=1 only");
        }

        byte[][] references = body.TryGetProperty("input_references", out var images)
            ? [.. images.EnumerateArray().Select(image => Convert.FromBase64String(image.GetProperty("image_url").GetProperty("url").GetString()!.Split("base64,")[1]))]
            : [];
        var size = body.Text("aspect_ratio") is "3:2" ? new Dimensions(1536, 1024) : new Dimensions(1024, 1024);
        var answer = Data(Draw(new ReceivedOrder(body.Text("prompt")!, size, 1, null, null, references, null)));
        answer["data"]![0]!["media_type"] = "image/png";
        answer["usage"] = new JsonObject { ["cost"] = Price };
        return ServerAnswer.Json(answer);
    }
}
