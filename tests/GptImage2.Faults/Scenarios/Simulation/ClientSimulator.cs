using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Scenarios.Simulation;

/// <summary>What clients asked for and what they were told.</summary>
internal sealed class ClientSimulator(Scenario scenario, TestFolders folders, ScenarioLog timeline)
{
    /// <summary>Small enough to be drawn and finished in no time; the smallest the service draws.</summary>
    public static readonly Dimensions Canvas = new(1024, 640);

    public static readonly Dimensions Resized = new(320, 200);

    private readonly Lock _lock = new();
    private readonly List<RecordedCall> _asked = [];

    public IReadOnlyList<RecordedCall> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Which call an order belongs to, by the words of its prompt.</summary>
    public static string CreatePrompt(int number) => FormattableString.Invariant($"fox number {number} of its kind");

    public void DrawInputs()
    {
        foreach (var call in scenario.Calls)
        {
            File.WriteAllBytes(Path.Combine(folders.Work, GetInputName(call)), PngEncoder.Gradient(Canvas, 100 + call.Number));
        }
    }

    public async Task RunCallAsync(PlannedCall call, ServerUnderTest actor)
    {
        await WaitAsync(call.At);
        if (call.Behaviour is ClientBehaviour.Waits)
        {
            await AskAsync(call, actor, call.Fresh);
            return;
        }

        if (call.Behaviour is ClientBehaviour.AsksTwice)
        {
            var first = AskAsync(call, actor, call.Fresh);
            await WaitAsync(call.Patience);
            await Task.WhenAll(first, AskAsync(call, actor, fresh: false));
            return;
        }

        await AskAndCancelAsync(call, actor);
        if (call.Behaviour is ClientBehaviour.CancelsAndAsksAgain)
        {
            await AskAsync(call, actor, fresh: false);
        }
    }

    /// <summary>Calls, and follows the job until it is over.</summary>
    public async Task AskAsync(PlannedCall call, ServerUnderTest actor, bool fresh)
    {
        var asked = BeginCall(call, actor, fresh);
        var reply = await actor.TryCallAsync(GetToolName(call), CreateArguments(call, fresh));
        while (RecordResponse(asked, reply) is { } job)
        {
            reply = await actor.TryCallAsync("check_job", new JsonObject { ["job"] = job, ["wait_seconds"] = 20 });
        }
    }

    private async Task AskAndCancelAsync(PlannedCall call, ServerUnderTest actor)
    {
        var asked = BeginCall(call, actor, call.Fresh);
        try
        {
            var id = await actor.Server.SendCallAsync(GetToolName(call), CreateArguments(call, call.Fresh));
            await WaitAsync(call.Patience);
            asked.CancelledAt = ScenarioLog.Now;
            await CancelAsync(call, actor, id);
            if (actor.Server.Lines.FirstOrDefault(line => line.ResponseId == FormattableString.Invariant($"{id}")) is { } early)
            {
                RecordResponse(asked, ToolReply.Parse(early));
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            timeline.Add($"{actor.Name}: {gone.Message}");
        }
    }

    /// <summary>A server that is gone hears of it no more, and may have answered before.</summary>
    private async Task CancelAsync(PlannedCall call, ServerUnderTest actor, int id)
    {
        try
        {
            await actor.Server.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = id });
            timeline.Add($"call {call.Number}: cancelled");
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            timeline.Add($"{actor.Name}: {gone.Message}");
        }
    }

    private RecordedCall BeginCall(PlannedCall call, ServerUnderTest actor, bool fresh)
    {
        var asked = new RecordedCall(call.Number, actor, fresh, ScenarioLog.Now);
        timeline.Add($"call {call.Number}: asked of {actor.Name}");
        lock (_lock)
        {
            _asked.Add(asked);
        }

        return asked;
    }

    /// <returns>The job to ask for next, or null when it is over.</returns>
    private string? RecordResponse(RecordedCall asked, ToolReply? reply)
    {
        if (reply is null)
        {
            return null;
        }

        if (reply.Text.Contains("unforeseen", StringComparison.OrdinalIgnoreCase))
        {
            timeline.AddProblem($"call {asked.Number} hit a bug: {reply.Text}");
        }

        if (!reply.Result.TryGetProperty("structuredContent", out var result))
        {
            timeline.AddProblem($"call {asked.Number}: {reply.Text}");
            return null;
        }

        var job = result.GetProperty("job");
        var status = job.GetProperty("status").GetString();
        timeline.Add($"call {asked.Number}: {status}, {result.GetProperty("images").GetArrayLength()} pictures{DescribeFailure(result)}");
        if (status is "running" or "queued")
        {
            return result.GetProperty("next")[0].GetProperty("arguments").GetProperty("job").GetString();
        }

        asked.RespondedAt = ScenarioLog.Now;
        asked.Text = reply.Text;
        return null;
    }

    private static string DescribeFailure(JsonElement result) => (result.TryGetProperty("failure", out var failure) ? $": {failure.GetProperty("message").GetString()}" : "")
        + string.Concat(result.GetProperty("warnings").EnumerateArray().Select(warning => $" [{warning.GetString()}]"));

    private static Task WaitAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, TestContext.Current.CancellationToken);

    private static string GetInputName(PlannedCall call) => FormattableString.Invariant($"input-{call.Number}.png");

    private static string GetToolName(PlannedCall call) => call.Kind switch
    {
        CallKind.Edit => "edit_with_references",
        CallKind.Inpaint => "inpaint_region",
        _ => "generate_image",
    };

    private static JsonObject CreateArguments(PlannedCall call, bool fresh)
    {
        var arguments = new JsonObject { ["prompt"] = CreatePrompt(call.Number), ["quality"] = "low", ["view"] = "none" };
        if (fresh)
        {
            arguments["fresh"] = true;
        }

        if (call.Kind is CallKind.Inpaint)
        {
            arguments["image"] = GetInputName(call);
            arguments["region"] = new JsonArray(new JsonObject { ["x"] = 0.3, ["y"] = 0.3, ["width"] = 0.4, ["height"] = 0.4 });
            return arguments;
        }

        arguments["width"] = Canvas.Width;
        arguments["height"] = Canvas.Height;
        _ = call.Kind switch
        {
            CallKind.Three => arguments["count"] = 3,
            CallKind.Resize => arguments["resize_to"] = Resized.ToString(),
            CallKind.Cutout => arguments["cutout"] = true,
            CallKind.Edit => arguments["references"] = new JsonArray(new JsonObject { ["image"] = GetInputName(call), ["role"] = "base" }),
            _ => null,
        };
        return arguments;
    }
}

/// <summary>A call as it was made.</summary>
internal sealed record RecordedCall(int Number, ServerUnderTest Actor, bool Fresh, DateTimeOffset AskedAt)
{
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>When the client was told how it ended.</summary>
    public DateTimeOffset? RespondedAt { get; set; }

    public string? Text { get; set; }
}
