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
        return (request.Method, request.Path) switch
        {
            ("GET", "/v1/images/models") => ServerAnswer.Json(new JsonObject { ["data"] = new JsonArray(new JsonObject { ["id"] = "openai/gpt-image-2" }) }),
            ("POST", "/v1/images") => DrawFrom(request.Json),
            _ => ServerAnswer.NotFound,
        };
    }

    /// <summary>What it draws for a shape, such as 3:2, and one of 1K, 2K and 4K, which is the longer edge.</summary>
    public static Dimensions GetSize(string shape, string resolution)
    {
        var (edge, parts) = (1024 * (resolution[0] - '0'), shape.Split(':').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray());
        return new Dimensions((int)Math.Round(edge * parts[0] / parts.Max()), (int)Math.Round(edge * parts[1] / parts.Max()));
    }

    private ServerAnswer DrawFrom(JsonElement body)
    {
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
        var size = GetSize(body.Text("aspect_ratio") ?? "1:1", body.Text("resolution") ?? "1K");
        var answer = Data(Draw(new ReceivedOrder(body.Text("prompt")!, size, 1, null, null, references, null)));
        foreach (var image in answer["data"]!.AsArray())
        {
            image!["media_type"] = "image/png";
        }

        answer["usage"] = new JsonObject { ["cost"] = Price };
        return ServerAnswer.Json(answer);
    }
}
