using System.Buffers.Text;
using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Testing.OpenAI;

/// <summary>Makes a mishap of the contract suite happen to the first order of a stand-in.</summary>
internal sealed class OpenAIMishaps
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<byte[]> _drawn = new();
    private int _orders;

    public OpenAIMishaps(StrictOpenAI server, Mishap? mishap)
    {
        server.DrawImage = (order, index) => Draw(order, index, mishap is Mishap.OtherSize);
        server.SelectResponse = order => Interlocked.Increment(ref _orders) is 1 && mishap is { } first ? Respond(first, order) : null;
        if (mishap is Mishap.CutWhileSending)
        {
            server.OnBodyBytes = (bytes, _) => Task.FromResult(bytes < 1_000_000);
        }
    }

    public IReadOnlyList<byte[]> Drawn => [.. _drawn];

    public void Release() => _released.TrySetResult();

    private ScriptedResponse? Respond(Mishap mishap, ImageOrder order) => mishap switch
    {
        Mishap.CutAfterSending => ScriptedResponse.Disconnect,
        Mishap.CutInAnswer => new ScriptedResponse { DropAfter = Base64.GetMaxEncodedToUtf8Length(Paint(order.Size, 0).Length) + 200 },
        Mishap.Held => new ScriptedResponse { StartSignal = _released.Task },
        Mishap.PermissionRefused => ScriptedResponse.Error(403, null, "You have insufficient permissions for this operation."),
        Mishap.ModelUnknown => ScriptedResponse.Error(404, "model_not_found", "The model does not exist."),
        Mishap.PromptBlocked => Blocked("input"),
        Mishap.ResultBlocked => Blocked("output"),
        Mishap.RateLimitedOnce => ScriptedResponse.RateLimit("1"),
        Mishap.RateLimited => ScriptedResponse.RateLimit("120"),
        Mishap.QuotaReached => ScriptedResponse.Error(429, "project_spend_limit_exceeded", "The project has reached its limit.", "insufficient_quota"),
        Mishap.NoCredit => ScriptedResponse.Error(429, "insufficient_quota", "You exceeded your current quota.", "insufficient_quota"),
        Mishap.TransparencyRefused => ScriptedResponse.Error(400, "invalid_value", "Transparent background is not supported for this model.", "image_generation_user_error", "background"),
        Mishap.ServerError => ScriptedResponse.Error(500, "server_error", "The server had an error.", "server_error"),
        Mishap.Overloaded => ScriptedResponse.Error(503, "server_is_overloaded", "Overloaded.", "server_error"),
        Mishap.GatewayTimeout => new ScriptedResponse { Status = 504, Body = "<html>Gateway timeout</html>", BodyType = "text/html", IsBilled = true },
        Mishap.MalformedAnswer => new ScriptedResponse { Body = "<html>Welcome</html>", BodyType = "text/html", IsBilled = true },
        Mishap.TruncatedAnswer => new ScriptedResponse { Body = """{"created":1790000000,"data":[{"b64_json":"iVBORw0K""", IsBilled = true },
        Mishap.UnknownFields => Answer(order, """ "mood":{"level":[1,null]},"quality":"medium", """, """ "mood":"good", """, usage: true),
        Mishap.UnknownValues => Answer(order, """ "quality":"ultra","background":7,"output_format":"avif", """, "", usage: true),
        Mishap.UsageMissing => Answer(order, "", "", usage: false),
        Mishap.FewerImages => new ScriptedResponse { Count = order.Count - 1 },
        Mishap.MoreImages => new ScriptedResponse { Count = order.Count + 1 },
        Mishap.NoImage => new ScriptedResponse { Count = 0 },
        Mishap.Redirect => ScriptedResponse.Error(307, null, "Elsewhere.") with { Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/" } },
        _ => null,
    };

    private static ScriptedResponse Blocked(string stage) => new()
    {
        Status = 400,
        Body = $$"""{"error":{"type":"image_generation_user_error","code":"moderation_blocked","message":"Rejected.","moderation_details":{"moderation_stage":"{{stage}}","categories":["violence"]} } }""",
    };

    private ScriptedResponse Answer(ImageOrder order, string members, string imageMembers, bool usage)
    {
        var images = Enumerable.Range(0, order.Count).Select(index => $$"""{ {{imageMembers}} "b64_json":"{{Convert.ToBase64String(Draw(order, index, otherSize: false))}}"}""");
        var used = usage ? $""" ,"usage":{TokenPricing.Usage(order, order.Count, 0).ToJsonString()} """ : "";
        return new ScriptedResponse { Body = $$"""{ {{members}} "created":1790000000,"data":[{{string.Join(',', images)}}]{{used}}}""", IsBilled = true };
    }

    private byte[] Draw(ImageOrder order, int index, bool otherSize)
    {
        var image = Paint(otherSize ? new Dimensions(order.Size.Width + 16, order.Size.Height) : order.Size, index);
        _drawn.Enqueue(image);
        return image;
    }

    private static byte[] Paint(Dimensions size, int index) => PngEncoder.Gradient(size, index + 1);
}
