using GptImage2.Faults.Harness;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Faults.Backend;

/// <summary>A server that is killed between the two pictures of a translucent subject, or in the second: the first is never lost, and nothing is ordered twice.</summary>
public sealed class SecondPictureRecoveryTests : IDisposable
{
    private readonly TestFolders _folders = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_before_the_second_request_has_left_whole_the_first_is_cut_by_its_backdrop()
    {
        await using var service = await StartServiceAsync();
        var leaving = new TaskCompletionSource();
        service.OnBodyBytes = (_, _) =>
        {
            if (service.Orders.Count is 1)
            {
                leaving.TrySetResult();
                return Task.FromResult(false);
            }

            return Task.FromResult(true);
        };

        var reply = await KillAndRecoverAsync(service, leaving.Task);

        service.OnBodyBytes = (_, _) => Task.FromResult(true);
        service.Orders.Count.ShouldBe(1);
        CheckFirstIsDelivered(reply);
        _folders.ListImages().Length.ShouldBe(2, "the picture, and the cut-out");
    }

    [Fact]
    public async Task Killed_while_the_second_is_drawn_the_first_is_cut_by_its_backdrop_and_nothing_is_sent_again()
    {
        await using var service = await StartServiceAsync();
        service.SelectResponse = order => TranslucentPane.IsSecond(order) ? new ScriptedResponse { StartSignal = new TaskCompletionSource().Task } : null;

        var reply = await KillAndRecoverAsync(service, service.WaitForRequestsAsync(2));

        service.Orders.Count.ShouldBe(2);
        CheckFirstIsDelivered(reply);
        reply.Structured.GetProperty("cost").GetProperty("certainty").GetString().ShouldBe("bound", "the second may be billed");
    }

    [Fact]
    public async Task Killed_when_both_are_stored_the_next_solves_them()
    {
        await using var service = await StartServiceAsync();
        service.SelectResponse = order => TranslucentPane.IsSecond(order) ? new ScriptedResponse { EndSignal = new TaskCompletionSource().Task } : null;

        var reply = await KillAndRecoverAsync(service, WaitForImagesAsync(2));

        service.Orders.Count.ShouldBe(2);
        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", reply.Text);
        reply.Text.ShouldNotContain("was cut out by");
        ReadCut(reply)[300, 200][3].ShouldBeInRange((byte)101, (byte)103);
        _folders.ListImages().Length.ShouldBe(3);
    }

    /// <summary>Nothing tells the next server which of the two an order at the service was for, so it takes up neither.</summary>
    [Fact]
    public async Task A_service_that_keeps_its_orders_is_not_asked_for_the_second_again_either()
    {
        await using var service = await StrictResponsesApi.StartAsync();
        service.DrawImage = TranslucentPane.Draw;
        var ordering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.OnBodyBytes = (_, _) =>
        {
            if (service.Orders.Any())
            {
                ordering.TrySetResult();
            }

            return Task.FromResult(true);
        };
        service.Enqueue(ResponseScript.Draws, new ResponseScript { Done = new TaskCompletionSource().Task });
        (string, string)[] settings = [("OPENAI_API_KEY", service.ApiKey), ("OPENAI_BASE_URL", service.BaseUrl.AbsoluteUri), ("GPTIMAGE2_OPENAI__TRANSPORT", "responses"), ("GPTIMAGE2_SPENDING__PERCALLUSD", "none")];

        var reply = await KillAndRecoverAsync(settings, ordering.Task);

        service.Orders.Count().ShouldBeInRange(1, 2);
        CheckFirstIsDelivered(reply);
    }

    public void Dispose() => _folders.Dispose();

    private Task<ToolReply> KillAndRecoverAsync(StrictOpenAI service, Task moment) => KillAndRecoverAsync(ServerEnvironment.Create(service), moment);

    private async Task<ToolReply> KillAndRecoverAsync((string Variable, string Value)[] settings, Task moment)
    {
        string job;
        await using (var killed = await StartAsync(settings))
        {
            job = (await killed.CallAsync("generate_image", new JsonObject { ["prompt"] = "a pane of glass", ["width"] = 1024, ["height"] = 640, ["cutout"] = "translucent" }))
                .Structured.GetProperty("job").GetProperty("id").GetString()!;
            await moment.WaitAsync(Cancellation);
            killed.Kill();
        }

        await using var next = await StartAsync(settings);
        var reply = await next.CallAsync("check_job", new JsonObject { ["job"] = job });
        reply.IsError.ShouldBeFalse(reply.Text);
        return reply;
    }

    private static void CheckFirstIsDelivered(ToolReply reply)
    {
        reply.Structured.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", reply.Text);
        reply.Text.ShouldContain("was cut out by its white backdrop alone");
        var cut = ReadCut(reply);
        (cut[10, 10][3], cut[512, 320][3]).ShouldBe(((byte)0, (byte)255));
    }

    private static PngPixels ReadCut(ToolReply reply) =>
        PngFile.Read(File.ReadAllBytes(reply.Structured.GetProperty("images")[0].GetProperty("path").GetString()!)).Decode();

    /// <summary>Ends when so many images have their final names.</summary>
    private async Task WaitForImagesAsync(int count)
    {
        Directory.CreateDirectory(_folders.Store);
        using var watcher = new FileSystemWatcher(_folders.Store) { IncludeSubdirectories = true };
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => Check();
        watcher.Created += (_, _) => Check();
        watcher.EnableRaisingEvents = true;
        Check();
        await reached.Task.WaitAsync(Cancellation);

        void Check()
        {
            if (_folders.ListImages().Length >= count)
            {
                reached.TrySetResult();
            }
        }
    }

    private static async Task<StrictOpenAI> StartServiceAsync()
    {
        var service = await StrictOpenAI.StartAsync();
        service.DrawImage = TranslucentPane.Draw;
        return service;
    }

    private async Task<ServerProcess> StartAsync((string Variable, string Value)[] settings)
    {
        var server = ServerProcess.Start(_folders, [.. settings.Where(setting => setting.Variable is not "GPTIMAGE2_JOBS__WAITSECONDS"), ("GPTIMAGE2_JOBS__WAITSECONDS", "0")]);
        await server.InitializeAsync();
        return server;
    }
}
