using GptImage2.Faults.Harness;
using GptImage2.Faults.Scenarios.Checks;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Boards;

/// <summary>Plays a plan with real processes, killed without warning, and then looks at the board, at the service's books and at the server's own.</summary>
internal sealed partial class BoardKillRunner : IAsyncDisposable
{
    private readonly TestFolders _folders = new();
    private readonly BoardKillPlan _plan;
    private readonly StrictOpenAI _service;

    private BoardKillRunner(BoardKillPlan plan, StrictOpenAI service) => (_plan, _service) = (plan, service);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<BoardKillRunner> CreateAsync(BoardKillPlan plan) => new(plan, await StrictOpenAI.StartAsync());

    public async Task RunAsync()
    {
        for (var death = 1; death <= _plan.Deaths; death++)
        {
            await DieAsync(first: death is 1);
        }

        _service.SelectResponse = _ => null;
        await using var server = await StartAsync();
        var recovered = _plan.Repeats ? await server.CallAsync("create_storyboard", CreateArguments()) : await LookAsync(server);

        var failed = CheckRecovered(recovered);
        var board = recovered.Structured.GetProperty("board").GetProperty("id").GetString()!;
        int[] before = [.. CountOrders()];
        var completed = await server.CallAsync("update_storyboard", new JsonObject { ["board"] = board, ["view"] = "none" });
        CheckCompleted(completed, failed, before);
        await server.CloseInputAsync();
        await server.ExitAsync();
        var ledger = CatalogLedger.Read(_folders.Store);
        ledger.ShouldAllBe(row => row.Ended);
        ledger.Sum(row => row.Counted).ShouldBeGreaterThanOrEqualTo(_service.Billing.BilledMicroUsd, $"{_plan}");
        Directory.EnumerateFiles(_folders.Store, "*.part", SearchOption.AllDirectories).ShouldBeEmpty($"{_plan}");
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folders.Dispose();
    }

    /// <summary>No panel was sent twice, whoever drew it; those whose answers died with a server are told to be billed perhaps.</summary>
    /// <returns>Their numbers.</returns>
    private int[] CheckRecovered(ToolReply reply)
    {
        var panels = reply.Structured.GetProperty("board").GetProperty("panels").EnumerateArray().ToArray();
        panels.Length.ShouldBe(_plan.Panels, $"{_plan}\n{reply.Text}");
        CountOrders().ShouldAllBe(count => count <= 1, $"{_plan}\n{reply.Text}");
        var failed = panels.Where(panel => panel.GetProperty("state").GetString() is "failed").ToArray();
        panels.Where(panel => panel.GetProperty("state").GetString() is "drawn").Select(panel => CountOrders().ElementAt(panel.GetProperty("panel").GetInt32() - 1)).ShouldAllBe(count => count == 1, $"{_plan}\n{reply.Text}");
        panels.Length.ShouldBe(failed.Length + panels.Count(panel => panel.GetProperty("state").GetString() is "drawn"), $"{_plan}\n{reply.Text}");
        failed.ShouldAllBe(panel => panel.GetProperty("failure").GetProperty("billed").GetString() == "unknown", $"{_plan}\n{reply.Text}");
        failed.Length.ShouldBeLessThanOrEqualTo(_plan.Concurrency * _plan.Deaths, $"{_plan}\n{reply.Text}");
        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe(failed is [] ? "done" : failed.Length == panels.Length ? "failed" : "partial", $"{_plan}\n{reply.Text}");
        return [.. failed.Select(panel => panel.GetProperty("panel").GetInt32())];
    }

    /// <summary>Asked for what is missing, it draws that and nothing else.</summary>
    private void CheckCompleted(ToolReply reply, int[] failed, int[] before)
    {
        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", $"{_plan}\n{reply.Text}");
        CountOrders().ShouldBe(before.Select((count, index) => count + (failed.Contains(index + 1) ? 1 : 0)), $"{_plan}\n{reply.Text}");
        var pictures = reply.Structured.GetProperty("board").GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("image").GetString()).ToArray();
        pictures.Distinct().Count().ShouldBe(_plan.Panels, $"{_plan}\n{reply.Text}");
    }

    private IEnumerable<int> CountOrders() => Enumerable.Range(1, _plan.Panels).Select(number => _service.Orders.Count(order => FindPanel(order) == number));

    private async Task DieAsync(bool first)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        var (seen, fatal) = (_service.Orders.Count, Math.Min(_plan.Panels, _service.Orders.Count + _plan.Request));
        _service.SelectResponse = _ =>
        {
            // What comes after that moment is never answered, so that no board is finished, and its result collected, by a server that dies late.
            var number = Interlocked.Increment(ref seen);
            if (number < fatal || (number == fatal && _plan.Answered))
            {
                return null;
            }

            reached.TrySetResult();
            return new ScriptedResponse { StartSignal = never.Task };
        };

        await using var server = await StartAsync();
        var over = _plan.Answered ? _service.Billing.FirstAsync(entry => entry.Number == fatal && entry.FullySentAt is not null, Cancellation) : reached.Task;
        await (first ? server.SendCallAsync("create_storyboard", CreateArguments()) : server.SendCallAsync("list_images", []));

        // A server that comes after another takes the board up by itself, and may have nothing left to send.
        await Task.WhenAny(over, first ? over : Task.Delay(TimeSpan.FromSeconds(1), Cancellation));
        server.Kill();
        await server.ExitAsync();
    }

    /// <summary>Waits as often as it takes; the job is the only one that is no panel's.</summary>
    private static async Task<ToolReply> LookAsync(ServerProcess server)
    {
        while (true)
        {
            var reply = await server.CallAsync("check_job", new JsonObject { ["job"] = "last", ["wait_seconds"] = 45 });
            if (reply.Structured.GetProperty("job").GetProperty("status").GetString() is not ("queued" or "running"))
            {
                return reply;
            }
        }
    }

    private async Task<ServerProcess> StartAsync()
    {
        var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(_service), ("GPTIMAGE2_JOBS__CONCURRENCY", $"{_plan.Concurrency}")]);
        await server.InitializeAsync();
        return server;
    }

    private JsonObject CreateArguments() => new()
    {
        ["title"] = $"Board {_plan.Seed}",
        ["quality"] = "low",
        ["panels"] = new JsonArray([.. Enumerable.Range(1, _plan.Panels).Select(number => (JsonNode)new JsonObject { ["action"] = $"scene {number} of {_plan.Panels}", ["size"] = "256x160" })]),
        ["references"] = _plan.HasReference ? new JsonArray(new JsonObject { ["image"] = WriteReference(), ["role"] = "style" }) : null,
        ["view"] = "none",
    };

    private string WriteReference()
    {
        var file = Path.Combine(_folders.Work, "bible.png");
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, PngEncoder.Gradient(new(256, 256), _plan.Seed));
        }

        return file;
    }

    private static int FindPanel(ImageOrder order) => int.Parse(PanelNumber.Match(order.Prompt).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("scene ([0-9]+) of")]
    private static partial Regex PanelNumber { get; }
}
