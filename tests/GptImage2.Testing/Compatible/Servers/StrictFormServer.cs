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

/// <summary>A server that nobody has heard of: OpenAI's form, and what all understand.</summary>
public sealed class StrictUnknownServer : StrictFormServer;

/// <summary>LiteLLM's proxy: OpenAI's form, and response_format is an error.</summary>
public sealed class StrictLiteLlm : StrictFormServer
{
    private protected override string[] Models => ["openai/gpt-image-2"];

    private protected override string Owner => "openai";

    private protected override string[] ResponseFormats => [];

    private protected override ServerAnswer AnswerOther(ReceivedRequest request) =>
        request.Path is "/health/liveliness" ? new ServerAnswer(200, "application/json", "\"I'm alive!\""u8.ToArray()) : ServerAnswer.NotFound;
}

/// <summary>vLLM-Omni: repeated image, mask_image in white, errors as detail, and file as a format of answers.</summary>
public sealed class StrictVllmOmni : StrictFormServer
{
    /// <summary>Answers with the bytes of the image alone.</summary>
    public bool AnswersWithFile { get; set; }

    private protected override string Owner => "vllm";

    private protected override string ImageField => "image";

    private protected override string MaskField => "mask_image";

    private protected override bool HasWhiteMask => true;

    private protected override string[] ResponseFormats => ["b64_json", "file"];

    private protected override JsonNode DescribeRefusal(int status, string text) => new JsonObject { ["detail"] = text };

    private protected override ServerAnswer Deliver(byte[][] images, string? responseFormat) =>
        AnswersWithFile ? new ServerAnswer(200, "image/png", images[0]) : ServerAnswer.Json(Data(images));
}

/// <summary>SGLang: repeated image, a mask that is not looked at, links without a host.</summary>
public sealed class StrictSgLang : StrictFormServer
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    /// <summary>Answers with links.</summary>
    public bool AnswersWithLinks { get; set; }

    private protected override string Owner => "sglang";

    private protected override string ImageField => "image";

    private protected override string? MaskField => null;

    private protected override JsonNode DescribeRefusal(int status, string text) => new JsonObject { ["detail"] = text };

    private protected override ServerAnswer AnswerOther(ReceivedRequest request) =>
        _files.TryGetValue(request.Path, out var image) ? new ServerAnswer(200, "image/png", image) : ServerAnswer.NotFound;

    private protected override ServerAnswer Deliver(byte[][] images, string? responseFormat) => !AnswersWithLinks ? ServerAnswer.Json(Data(images)) : ServerAnswer.Json(new JsonObject
    {
        ["data"] = new JsonArray([.. images.Select((image, index) =>
        {
            var path = $"/v1/images/{index}/content";
            _files[path] = image;
            return (JsonNode)new JsonObject { ["url"] = path };
        })]),
    });
}

/// <summary>LocalAI: a size without an x is 512x512, links unless base64 is asked for, no edits, and an inpainting of its own that is always 512x512.</summary>
public sealed class StrictLocalAI : StrictFormServer
{
    private static readonly Dimensions Fixed = new(512, 512);
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

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
        ["data"] = new JsonArray([.. images.Select((image, index) =>
        {
            _files[$"/generated-images/{index}.png"] = image;
            return (JsonNode)new JsonObject { ["url"] = $"http://localhost:{Url.Port}/generated-images/{index}.png" };
        })]),
        ["usage"] = new JsonObject { ["total_tokens"] = 0, ["input_tokens"] = 0, ["output_tokens"] = 0 },
    });
}
