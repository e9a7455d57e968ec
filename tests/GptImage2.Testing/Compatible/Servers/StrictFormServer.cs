using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>A server with OpenAI's two addresses. What it lacks is in its subclasses.</summary>
public abstract class StrictFormServer : StrictServer
{
    internal override bool IsDrawRequest(ReceivedRequest request) => request.Method is "POST" && request.Path.StartsWith("/v1/images/", StringComparison.Ordinal);

    internal override ServerAnswer Answer(ReceivedRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/v1/models") => ServerAnswer.Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. Models.Select(model => (JsonNode)new JsonObject { ["id"] = model, ["object"] = "model", ["owned_by"] = Owner })]) }),
        ("POST", "/v1/images/generations") => DrawFromWords(request.Json),
        ("POST", "/v1/images/edits") when ImageField is not null => DrawFromForm(ReadForm(request)),
        _ => AnswerOther(request),
    };

    private protected virtual string[] Models => ["some-model"];

    private protected virtual string Owner => "somebody";

    /// <summary>What each image is called in a form; null where nothing is edited.</summary>
    private protected virtual string? ImageField => "image[]";

    /// <summary>What the mask is called; null where it is taken and not looked at.</summary>
    private protected virtual string? MaskField => "mask";

    private protected virtual bool HasWhiteMask => false;

    /// <summary>What response_format may be; empty where it must not be sent.</summary>
    private protected virtual string[] ResponseFormats => ["b64_json"];

    private protected virtual ServerAnswer AnswerOther(ReceivedRequest request) => ServerAnswer.NotFound;

    /// <summary>The images, in the form in which this server gives them.</summary>
    private protected virtual ServerAnswer Deliver(byte[][] images, string? responseFormat) => ServerAnswer.Json(Data(images));

    private protected virtual ServerAnswer DrawFromWords(JsonElement body)
    {
        var format = body.Text("response_format");
        Check(body.Text("model"), format);
        return Deliver(
            Draw(new ReceivedOrder(body.Text("prompt") ?? throw Refuse(400, "prompt required"), ReadSize(body.Text("size")), body.Number("n") ?? 1, body.Text("quality"), body.Text("background"), [], null)),
            format);
    }

    private protected virtual Dimensions ReadSize(string? text) => ParseSize(text) ?? throw Refuse(422, $"bad size {text}");

    private protected void Check(string? model, string? responseFormat)
    {
        if (model is not null && !Models.Contains(model))
        {
            throw Refuse(404, $"model {model} not found");
        }

        if (responseFormat is not null && !ResponseFormats.Contains(responseFormat))
        {
            throw Refuse(400, $"response_format {responseFormat} is not supported");
        }
    }

    private ServerAnswer DrawFromForm(IReadOnlyList<ReceivedFormPart> form)
    {
        string? Find(string name) => form.FirstOrDefault(part => part.Name == name)?.Text;
        Check(Find("model"), Find("response_format"));
        ReceivedFormPart[] images = [.. form.Where(part => part.Name == ImageField)];
        if (images is [])
        {
            throw Refuse(422, $"{ImageField}: field required");
        }

        var mask = MaskField is null ? null : form.FirstOrDefault(part => part.Name == MaskField);
        return Deliver(
            Draw(new ReceivedOrder(
                Find("prompt") ?? throw Refuse(422, "prompt: field required"),
                ReadSize(Find("size")),
                int.Parse(Find("n") ?? "1", CultureInfo.InvariantCulture),
                Find("quality"),
                Find("background"),
                [.. images.Select(image => image.Bytes.ToArray())],
                mask is null ? null : HasWhiteMask ? ReadWhiteMask(mask.Bytes.Span) : ReceivedMask.FromClearPixels(PngFile.Read(mask.Bytes.Span).Decode()))),
            Find("response_format"));
    }
}
