using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>LocalAI: a size without an x is 512x512, links unless base64 is asked for, no edits, and an inpainting of its own that is always 512x512.</summary>
public sealed class StrictLocalAI : StrictFormServer
{
    private static readonly Dimensions Fixed = new(512, 512);
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private int _number;

    /// <summary>What followed a vertical bar in a prompt.</summary>
    public string? Negative { get; private set; }

    private protected override string[] Models => ["flux.1-dev"];

    private protected override string? ImageField => null;

    private protected override Dimensions ReadSize(string? text) => ParseSize(text) ?? Fixed;

    private protected override ServerAnswer AnswerOther(ReceivedRequest request) => request.Path switch
    {
        "/readyz" => new ServerAnswer(200, "text/plain", "OK"u8.ToArray()),
        "/v1/images/inpainting" => Inpaint(ReadForm(request)),
        var path when _files.TryGetValue(path, out var image) => new ServerAnswer(200, "image/png", image),
        _ => ServerAnswer.NotFound,
    };

    private protected override ServerAnswer DrawFromWords(JsonElement body)
    {
        Check(body.Text("model") ?? throw Refuse(400, "model required"), body.Text("response_format"));
        Negative = body.Text("prompt")!.Split('|', 2) is [_, var negative] ? negative : null;
        byte[][] references = body.TryGetProperty("ref_images", out var images) ? [.. images.EnumerateArray().Select(image => Convert.FromBase64String(image.GetString()!))] : [];
        var drawn = Draw(new ReceivedOrder(body.Text("prompt")!, ReadSize(body.Text("size")), body.Number("n") ?? 1, null, null, references, null));
        return body.Text("response_format") is "b64_json" ? ServerAnswer.Json(Data(drawn)) : Link(drawn);
    }

    private ServerAnswer Inpaint(IReadOnlyList<ReceivedFormPart> form)
    {
        var (image, mask) = (form.Single(part => part.Name is "image"), form.Single(part => part.Name is "mask"));
        return Link(Draw(new ReceivedOrder(form.Single(part => part.Name is "prompt").Text, Fixed, 1, null, null, [image.Bytes.ToArray()], ReadWhiteMask(mask.Bytes.Span))));
    }

    private ServerAnswer Link(byte[][] images) => ServerAnswer.Json(new JsonObject
    {
        ["data"] = new JsonArray([.. images.Select(image =>
        {
            var path = $"/generated-images/{Interlocked.Increment(ref _number)}.png";
            _files[path] = image;
            return (JsonNode)new JsonObject { ["url"] = $"http://localhost:{Url.Port}{path}" };
        })]),
        ["usage"] = new JsonObject { ["total_tokens"] = 0, ["input_tokens"] = 0, ["output_tokens"] = 0 },
    });
}
