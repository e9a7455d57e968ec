using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>SGLang: repeated image, a mask that is not looked at, links without a host.</summary>
public sealed class StrictSgLang : StrictFormServer
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private int _number;

    /// <summary>Answers with links.</summary>
    public bool AnswersWithLinks { get; set; }

    private protected override string Owner => "sglang";

    private protected override string ImageField => "image";

    private protected override string? MaskField => null;

    internal override JsonNode DescribeRefusal(int status, string text) => new JsonObject { ["detail"] = text };

    private protected override ServerAnswer AnswerOther(ReceivedRequest request) =>
        _files.TryGetValue(request.Path, out var image) ? new ServerAnswer(200, "image/png", image) : ServerAnswer.NotFound;

    private protected override ServerAnswer Deliver(byte[][] images, string? responseFormat) => !AnswersWithLinks ? ServerAnswer.Json(Data(images)) : ServerAnswer.Json(new JsonObject
    {
        ["data"] = new JsonArray([.. images.Select(image =>
        {
            var path = $"/v1/images/{Interlocked.Increment(ref _number)}/content";
            _files[path] = image;
            return (JsonNode)new JsonObject { ["url"] = path };
        })]),
    });
}
