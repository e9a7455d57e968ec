using GptImage2.Imaging;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible;

/// <summary>Makes a mishap of the contract suite happen to the first request to draw of any server.</summary>
internal sealed class CompatibleMishaps
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StrictServer _server;
    private int _draws;

    /// <param name="isBareError">Whether the server's errors are a bare text.</param>
    public CompatibleMishaps(StrictServer server, Mishap? mishap, bool isBareError)
    {
        _server = server;
        server.SelectReply = request => server.IsDrawRequest(request) && Interlocked.Increment(ref _draws) is 1 ? Respond(mishap, isBareError) : null;
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

    private ServerReply? Respond(Mishap? mishap, bool isBareError)
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
        ServerReply Refuse(int status, string text) => new() { Status = status, Body = new JsonObject { ["error"] = isBareError ? text : new JsonObject { ["message"] = text } }.ToJsonString() };
        return mishap switch
        {
            Mishap.CutAfterSending => new ServerReply { DropAfter = true },
            Mishap.CutInAnswer => new ServerReply { CutAt = 0.5 },
            Mishap.TruncatedAnswer => new ServerReply { TruncateAt = 0.5 },
            Mishap.Held => new ServerReply { Start = _released.Task },
            Mishap.PermissionRefused => Refuse(403, "You may not do this"),
            Mishap.ModelUnknown => Refuse(404, "model not found"),
            Mishap.PromptBlocked => new ServerReply { Status = 400, Body = """{"error":{"message":"Blocked.","code":"content_policy_violation"}}""" },
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
