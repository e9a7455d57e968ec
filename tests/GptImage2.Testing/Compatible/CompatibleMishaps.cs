using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible;

/// <summary>Makes a mishap of the contract suite happen to the first request to draw of any server.</summary>
internal sealed class CompatibleMishaps
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StrictServer _server;
    private int _draws;
    private int _downloads;

    public CompatibleMishaps(StrictServer server, Mishap? mishap)
    {
        _server = server;
        server.SelectReply = request => server.IsDrawRequest(request)
            ? Interlocked.Increment(ref _draws) is 1 ? Respond(mishap) : null
            : IsDownload(request) ? RespondToDownload(mishap) : null;
        switch (mishap)
        {
            case Mishap.CutWhileSending:
                server.OnBodyBytes = static bytes => bytes < 1_000_000;
                break;
            case Mishap.OtherSize:
                server.OtherSize = new Dimensions(832, 816);
                break;
        }
    }

    /// <summary>Ends when what waits may go on.</summary>
    public Task Released => _released.Task;

    public void Release() => _released.TrySetResult();

    private static bool IsDownload(ReceivedRequest request) => request.Method is "GET" && request.Path.EndsWith("/content", StringComparison.Ordinal);

    private ServerReply? RespondToDownload(Mishap? mishap) => mishap switch
    {
        Mishap.LinkExpired => new ServerReply { Status = 404, Body = "{}" },
        Mishap.LinkCut when Interlocked.Increment(ref _downloads) is 1 => new ServerReply { CutAt = 0.5 },
        _ => null,
    };

    private ServerReply? Respond(Mishap? mishap)
    {
        // Only the first request draws another number of images.
        var first = 1;
        Func<int, int> Change(int by) => count => Interlocked.Exchange(ref first, 0) is 1 ? Math.Max(0, count + by) : count;
        _server.ChangeCount = mishap switch
        {
            Mishap.FewerImages => Change(-1),
            Mishap.MoreImages => Change(1),
            Mishap.NoImage => Change(-100),
            _ => count => count,
        };
        ServerReply Refuse(int status, string text) => new() { Status = status, Body = _server.DescribeRefusal(status, text).ToJsonString() };
        static ServerReply Forward(int status, string error) => new() { Status = status, Body = $$"""{"error":{{error}}}""" };
        return mishap switch
        {
            Mishap.CutAfterSending => new ServerReply { DropAfter = true },
            Mishap.CutInAnswer => new ServerReply { CutAt = 0.75 },
            Mishap.TruncatedAnswer => new ServerReply { TruncateAt = 0.75 },
            Mishap.Held => new ServerReply { Start = _released.Task },
            Mishap.PermissionRefused => Refuse(403, "You may not do this"),
            Mishap.ModelUnknown => Refuse(404, "model not found"),
            Mishap.PromptBlocked => Forward(400, """{"message":"Blocked.","code":"content_policy_violation"}"""),
            Mishap.ResultBlocked => Forward(400, """{"message":"Rejected.","code":"moderation_blocked","moderation_details":{"moderation_stage":"output"}}"""),
            Mishap.QuotaReached => Forward(429, """{"message":"The project has reached its limit.","code":"project_spend_limit_exceeded"}"""),
            Mishap.TransparencyRefused => Forward(400, """{"message":"Transparent background is not supported for this model.","code":"invalid_value","param":"background"}"""),
            Mishap.UsageMissing => new ServerReply { Change = static answer => answer.Replace("\"usage\"", "\"used\"", StringComparison.Ordinal) },
            Mishap.RateLimitedOnce => Refuse(429, "job queue is full"),
            Mishap.RateLimited => Refuse(429, "Too many") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "120" } },
            Mishap.NoCredit => Refuse(402, "Insufficient credits"),
            Mishap.ServerError => Refuse(500, "server_error"),
            Mishap.Overloaded => Refuse(503, "busy"),
            Mishap.GatewayTimeout => new ServerReply { Status = 504, Body = "<html>Gateway timeout</html>" },
            Mishap.MalformedAnswer => new ServerReply { Body = "<html>Welcome</html>" },
            Mishap.UnknownFields => new ServerReply { Change = static answer => $$"""{"mood":{"level":[1,null]},{{answer[1..]}}""" },
            Mishap.Redirect => new ServerReply { Status = 307, Body = "<html>Elsewhere</html>", Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/" } },
            _ => null,
        };
    }
}
