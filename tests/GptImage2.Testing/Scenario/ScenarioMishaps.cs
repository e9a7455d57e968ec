using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario;

/// <summary>Makes a mishap of the contract suite happen to the first run of a stand-in.</summary>
internal sealed class ScenarioMishaps
{
    private const string Html = "<html>Welcome</html>";
    private const string Blocked = "Your request was rejected by the safety system.";

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<byte[]> _drawn = new();

    public ScenarioMishaps(StrictScenario server, Mishap? mishap)
    {
        server.DrawImage = Draw;
        if (Respond(mishap) is { } reply)
        {
            server.Enqueue(ScenarioRoute.Run, reply);
        }

        if (Script(mishap) is { } script)
        {
            server.Plan(script);
        }

        switch (mishap)
        {
            case Mishap.CutWhileSending:
                server.OnBodyBytes = static bytes => bytes < 1_000_000;
                break;
            case Mishap.UnknownFields:
                server.SelectReply = static (_, _) => new ScenarioReply { Change = AddMembers };
                break;
            case Mishap.UnknownValues:
                server.SelectReply = static (_, _) => new ScenarioReply { Change = ChangeValues };
                break;
            case Mishap.UsageMissing:
                server.SelectReply = static (route, _) => route is ScenarioRoute.Job ? new ScenarioReply { Change = static answer => answer["job"]!.AsObject().Remove("billing") } : null;
                break;
            case Mishap.LinkExpired:
                server.Enqueue(ScenarioRoute.Download, new ScenarioReply { Status = 403, Body = "<Error><Code>AccessDenied</Code></Error>" });
                break;
            case Mishap.LinkCut:
                server.Enqueue(ScenarioRoute.Download, new ScenarioReply { CutAt = 0.5 });
                break;
        }
    }

    public IReadOnlyList<byte[]> Drawn => [.. _drawn];

    public void Release() => _released.TrySetResult();

    private static ScenarioReply? Respond(Mishap? mishap) => mishap switch
    {
        Mishap.CutAfterSending => new ScenarioReply { DropAfter = true },
        Mishap.CutInAnswer => new ScenarioReply { CutAt = 0.5 },
        Mishap.PermissionRefused => ScenarioReply.Refuse(403, "You are not allowed to generate in this project"),
        Mishap.ModelUnknown => ScenarioReply.Refuse(404, "Model not found"),
        Mishap.PromptBlocked => ScenarioReply.Refuse(400, Blocked),
        Mishap.RateLimitedOnce => ScenarioReply.Refuse(429, new JsonObject { ["reason"] = "Too many requests", ["remainingSeconds"] = 1 }),
        Mishap.RateLimited => ScenarioReply.Refuse(429, new JsonObject { ["reason"] = "Too many requests", ["remainingSeconds"] = 120 }),
        Mishap.TooManyAtOnce => ScenarioReply.Refuse(429, new JsonObject { ["reason"] = "Too many jobs", ["details"] = new JsonObject { ["actionName"] = "custom-generation", ["actionLimit"] = 5 } }),
        Mishap.QuotaReached => ScenarioReply.Refuse(400, new JsonObject { ["error"] = "Quota exceeded", ["code"] = "QUOTA_EXCEEDED" }),
        Mishap.NoCredit => ScenarioReply.Refuse(402, "Not enough creative units"),
        Mishap.TransparencyRefused => ScenarioReply.Refuse(400, "background: transparent is not supported"),
        Mishap.ServerError => ScenarioReply.Refuse(500, "Internal error"),
        Mishap.Overloaded => ScenarioReply.Refuse(503, new JsonObject { ["message"] = "Service Unavailable" }),
        Mishap.GatewayTimeout => new ScenarioReply { IsDone = true, Status = 504, Body = """{"message":"Endpoint request timed out"}""" },
        Mishap.MalformedAnswer => new ScenarioReply { IsDone = true, Body = Html },
        Mishap.TruncatedAnswer => new ScenarioReply { TruncateAt = 0.5 },
        Mishap.Redirect => new ScenarioReply { Status = 307, Body = Html, Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/" } },
        _ => null,
    };

    private JobScript? Script(Mishap? mishap) => mishap switch
    {
        Mishap.Held => new JobScript { Until = _released.Task },
        Mishap.ResultBlocked => new JobScript { End = "failure", Error = Blocked },
        Mishap.UnknownValues => new JobScript { Statuses = ["queued", "daydreaming", "in-progress"] },
        Mishap.OtherSize => new JobScript { Size = new Dimensions(832, 816) },
        Mishap.FewerImages => new JobScript { Count = 1 },
        Mishap.MoreImages => new JobScript { Count = 3 },
        Mishap.NoImage => new JobScript { Count = 0 },
        _ => null,
    };

    private static void AddMembers(JsonObject answer)
    {
        answer["mood"] = new JsonObject { ["level"] = new JsonArray(1, null) };
        foreach (var member in answer.Select(member => member.Value).OfType<JsonObject>())
        {
            member["novelty"] = "indeed";
        }
    }

    private static void ChangeValues(JsonObject answer)
    {
        if (answer["job"] is JsonObject { Count: > 0 } job)
        {
            job["jobType"] = "dream";
            job["statusHistory"] = "none";
            job["progress"] = job["status"]!.GetValue<string>() is "daydreaming" ? "some" : job["progress"]!.DeepClone();
        }

        if (answer["asset"] is JsonObject asset)
        {
            (asset["kind"], asset["privacy"], asset["nsfw"]) = ("hologram", 7, "no");
        }
    }

    private byte[] Draw(ScenarioOrder order, int index)
    {
        var image = PngEncoder.Gradient(order.Size, index + 1);
        _drawn.Enqueue(image);
        return image;
    }
}
