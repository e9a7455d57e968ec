using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>Together: width and height, at most four images, base64 by its own name.</summary>
public sealed class StrictTogether : StrictServer
{
    internal override bool IsDrawRequest(ReceivedRequest request) => request.Method is "POST";

    internal override ServerAnswer Answer(ReceivedRequest request)
    {
        var body = request.Json;
        if (body.TryGetProperty("size", out _) || body.Text("response_format") is not "base64" || body.Number("n") is > 4)
        {
            throw Refuse(400, "Invalid request");
        }

        byte[][] references = body.Text("image_url") is { } url ? [Convert.FromBase64String(url.Split("base64,")[1])] : [];
        return ServerAnswer.Json(Data(Draw(new ReceivedOrder(
            body.Text("prompt")!, new Dimensions(body.Number("width")!.Value, body.Number("height")!.Value), body.Number("n") ?? 1, null, null, references, null))));
    }
}
