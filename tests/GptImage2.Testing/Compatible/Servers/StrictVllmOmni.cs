namespace GptImage2.Testing.Compatible.Servers;

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

    internal override JsonNode DescribeRefusal(int status, string text) => new JsonObject { ["detail"] = text };

    private protected override ServerAnswer Deliver(byte[][] images, string? responseFormat) =>
        AnswersWithFile ? new ServerAnswer(200, "image/png", images[0]) : ServerAnswer.Json(Data(images));
}
