using GptImage2.Faults.Scenarios.Checks;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.Scenario;
using GptImage2.Testing.Scenario.Protocol;
using Microsoft.Data.Sqlite;

namespace GptImage2.Faults.Resuming;

/// <summary>Plays a plan with real processes, killed without warning, and then looks at the images, at Scenario's books and at the server's own.</summary>
internal sealed class KillRunner : IAsyncDisposable
{
    private readonly TestFolders _folders = new();
    private readonly KillPlan _plan;
    private readonly StrictScenario _service;

    private KillRunner(KillPlan plan, StrictScenario service) => (_plan, _service) = (plan, service);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Tool => _plan.References is 0 ? "generate_image" : "edit_with_references";

    public static async Task<KillRunner> CreateAsync(KillPlan plan) => new(plan, await StrictScenario.StartAsync());

    public async Task RunAsync()
    {
        for (var death = 1; death <= _plan.Deaths; death++)
        {
            await DieAsync(first: death is 1);
        }

        MakeMischief();
        await using var server = await StartAsync();
        var reply = await server.CallAsync(Tool, CreateArguments());

        reply.IsError.ShouldBeFalse($"{_plan}\n{reply.Text}");
        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", $"{_plan}");
        var run = _service.Runs.ShouldHaveSingleItem($"{_plan}");
        run.Assets.Count.ShouldBe(_plan.Count);
        await CheckImagesAsync(reply);
        await server.CloseInputAsync();
        await server.ExitAsync();
        ReadCredits().ShouldBe(_service.Charged - _service.Refunded, $"{_plan}");
        CatalogLedger.Read(_folders.Store).ShouldAllBe(row => row.Ended);
        Directory.EnumerateFiles(_folders.Store, "*.part", SearchOption.AllDirectories).ShouldBeEmpty($"{_plan}");
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folders.Dispose();
    }

    /// <summary>A server is killed while the service has yet to answer the request of the plan.</summary>
    private async Task DieAsync(bool first)
    {
        // A second server finds the job at the service, or the images that the first has uploaded: it dies at its first request of the kind.
        var (moment, occurrence) = first ? (_plan.Moment, _plan.Occurrence) : (_plan.IsRun ? ScenarioRoute.Job : _plan.Moment, 1);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        var seen = 0;
        _service.SelectReply = (route, _) => route == moment && Interlocked.Increment(ref seen) == occurrence && reached.TrySetResult() ? new ScenarioReply { Start = never.Task }
            : route is ScenarioRoute.Run && _plan.AnswerLost ? new ScenarioReply { DropAfter = true }
            : null;
        await using var server = await StartAsync();
        var call = await server.SendCallAsync(Tool, CreateArguments());
        var answer = server.ReadResponseAsync(call);
        if (await Task.WhenAny(reached.Task, answer) == answer)
        {
            Assert.Fail($"{_plan} never came to that: {ToolReply.Parse(await answer).Text}");
        }

        server.Kill();
        await server.ExitAsync();
        _service.SelectReply = (_, _) => null;
    }

    private async Task<ServerProcess> StartAsync()
    {
        var server = ServerProcess.Start(
            _folders,
            [
                ("SCENARIO_SDK_API_KEY", _service.Account.Key),
                ("SCENARIO_SDK_API_SECRET", _service.Account.KeySecret),
                ("SCENARIO_BASE_URL", _service.BaseUrl.AbsoluteUri),
                ("GPTIMAGE2_SPENDING__USDPERCREDIT", "0.01"),
                ("GPTIMAGE2_SCENARIO__POLLMILLISECONDS", "100"),
                ("GPTIMAGE2_JOBS__WAITSECONDS", "600"),
            ]);
        await server.InitializeAsync();
        return server;
    }

    private JsonObject CreateArguments()
    {
        var arguments = new JsonObject { ["prompt"] = $"fox {_plan.Seed}", ["count"] = _plan.Count, ["width"] = 1024, ["height"] = 1024, ["format"] = _plan.Format, ["view"] = "none" };
        if (_plan.References > 0)
        {
            arguments["references"] = new JsonArray([.. Enumerable.Range(1, _plan.References).Select(number => (JsonNode)new JsonObject { ["image"] = WriteReference(number), ["role"] = "style" })]);
        }

        return arguments;
    }

    private string WriteReference(int number)
    {
        var file = Path.Combine(_folders.Work, $"reference-{number}.png");
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, PngEncoder.Gradient(new(256, 256), number));
        }

        return file;
    }

    private void MakeMischief()
    {
        if (_plan.After is Mischief.RateLimited or Mischief.ServerError)
        {
            _service.Enqueue(ScenarioRoute.Job, _plan.After is Mischief.RateLimited
                ? ScenarioReply.Refuse(429, new JsonObject { ["reason"] = "Too many requests", ["remainingSeconds"] = 1 })
                : ScenarioReply.Refuse(500, "Internal error"));
        }
        else if (_plan.After is Mischief.DownloadCut)
        {
            _service.Enqueue(ScenarioRoute.Download, new ScenarioReply { CutAt = 0.5 });
        }
        else if (_plan.After is Mischief.LinkExpired)
        {
            _service.Enqueue(ScenarioRoute.Download, new ScenarioReply { Status = 403, Body = "<Error><Code>AccessDenied</Code></Error>" });
        }
    }

    /// <summary>Each is the service's own bytes, or made of them.</summary>
    private async Task CheckImagesAsync(ToolReply reply)
    {
        var images = reply.Structured.GetProperty("images").EnumerateArray().ToArray();
        images.Length.ShouldBe(_plan.Count, $"{_plan}");
        var originals = _service.Runs[0].Assets.Select(asset => Convert.ToHexStringLower(SHA256.HashData(asset.Bytes))).ToHashSet();
        var kept = await Task.WhenAll(_folders.ListImages().Select(async file => Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancellation)))));
        originals.ShouldBeSubsetOf(kept.ToHashSet(), $"{_plan}");
        images.Select(image => image.GetProperty("format").GetString()).ShouldAllBe(format => format == _plan.Format);
        images.Select(image => image.GetProperty("id").GetString()).Distinct().Count().ShouldBe(_plan.Count);
    }

    private decimal ReadCredits()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folders.Store, "catalog.db"), Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(credits), 0) FROM ledger";
        return (long)command.ExecuteScalar()! / 1_000_000m;
    }
}
