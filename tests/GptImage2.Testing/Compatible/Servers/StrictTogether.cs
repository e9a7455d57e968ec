using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>Together: width and height, at most four images, base64 by its own name.</summary>
public sealed class StrictTogether : StrictServer
{
    public const string Model = "black-forest-labs/FLUX.1-kontext-pro";

    internal override bool IsDrawRequest(ReceivedRequest request) => request.Method is "POST";

    internal override ServerAnswer Answer(ReceivedRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/v1/models") => ServerAnswer.Json(new JsonArray(new JsonObject { ["id"] = Model, ["type"] = "image" })),
        ("POST", "/v1/images/generations") => DrawFrom(request.Json),
        _ => ServerAnswer.NotFound,
    };

    private ServerAnswer DrawFrom(JsonElement body)
    {
        if (body.Text("model") is not Model || body.TryGetProperty("size", out _) || body.Text("response_format") is not "base64" || body.Number("n") is > 4)
        {
            throw Refuse(400, "Invalid request");
        }

        byte[][] references = body.Text("image_url") is { } url ? [Convert.FromBase64String(url.Split("base64,")[1])] : [];
        return ServerAnswer.Json(Data(Draw(new ReceivedOrder(
            body.Text("prompt")!, new Dimensions(body.Number("width")!.Value, body.Number("height")!.Value), body.Number("n") ?? 1, null, null, references, null))));
    }
}
