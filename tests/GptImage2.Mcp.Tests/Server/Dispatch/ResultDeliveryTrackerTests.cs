using System.IO.Pipelines;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Server.Dispatch;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Tests.Server.Dispatch;

/// <summary>Every session counts its requests from 1, so ids alone say nothing about whose response leaves.</summary>
public sealed class ResultDeliveryTrackerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_response_of_another_session_with_the_same_request_id_collects_nothing()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var host = await StartAsync(service);
        await using var transport = new StreamServerTransport(new Pipe().Reader.AsStream(), Stream.Null);
        await using var session = McpServer.Create(transport, new McpServerOptions { ServerInfo = new Implementation { Name = "session", Version = "1" } });
        var tracker = host.Services.GetRequiredService<ResultDeliveryTracker>();
        var job = await MakeUncollectedAsync(host);
        JsonRpcRequest own = CreateRequest(), other = CreateRequest();

        ResultDeliveryTracker.Track(new MessageContext(session, own), CallerSession.Local, job);
        await SendResponseAsync(tracker, session, other);
        var joined = await CallAsync(host);
        await SendResponseAsync(tracker, session, own);
        var next = await CallAsync(host);

        joined.ShouldBe(job.Id);
        next.ShouldNotBe(job.Id);
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_response_keeps_no_other_session_waiting()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var host = await StartAsync(service);
        await using var transport = new StreamServerTransport(new Pipe().Reader.AsStream(), Stream.Null);
        await using var session = McpServer.Create(transport, new McpServerOptions { ServerInfo = new Implementation { Name = "session", Version = "1" } });
        var tracker = host.Services.GetRequiredService<ResultDeliveryTracker>();
        var (slow, read) = (new CallerSession(new Caller("token:anna", false), "1"), new TaskCompletionSource());
        var request = CreateRequest();
        ResultDeliveryTracker.Track(new MessageContext(session, request), slow, await MakeUncollectedAsync(host));
        var response = new JsonRpcResponse { Id = request.Id, Result = new JsonObject(), Context = request.Context };

        var sending = tracker.FilterOutgoing((_, _) => read.Task)(new MessageContext(session, response), Cancellation);

        tracker.WaitForPendingAsync(slow, Cancellation).IsCompleted.ShouldBeFalse();
        tracker.WaitForPendingAsync(slow with { Id = "2" }, Cancellation).IsCompletedSuccessfully.ShouldBeTrue();
        tracker.WaitForPendingAsync(slow with { Caller = new Caller("token:bert", false) }, Cancellation).IsCompletedSuccessfully.ShouldBeTrue();
        read.SetResult();
        await sending;
        tracker.WaitForPendingAsync(slow, Cancellation).IsCompletedSuccessfully.ShouldBeTrue();
    }

    private static JsonRpcRequest CreateRequest() => new() { Id = new RequestId(7), Method = "tools/call", Context = new JsonRpcMessageContext() };

    /// <summary>As the SDK does it: the response has the context of its own request.</summary>
    private static Task SendResponseAsync(ResultDeliveryTracker tracker, McpServer session, JsonRpcRequest request)
    {
        var response = new JsonRpcResponse { Id = request.Id, Result = new JsonObject(), Context = request.Context };
        return tracker.FilterOutgoing((_, _) => Task.CompletedTask)(new MessageContext(session, response), Cancellation);
    }

    /// <summary>Calls of this client become tasks, whose results are collected only when they are fetched.</summary>
    private static Task<McpHost> StartAsync(StrictOpenAI service) => McpHost.StartAsync(
        McpCallExtensions.Settings(service),
        configure: options => options.Capabilities = new ClientCapabilities { Extensions = new Dictionary<string, object> { ["io.modelcontextprotocol/tasks"] = new JsonObject() } },
        cancellationToken: Cancellation);

    private static async Task<JobSnapshot> MakeUncollectedAsync(McpHost host)
    {
        var jobs = host.Services.GetRequiredService<JobQueries>();
        var job = await jobs.FindAsync(Caller.Local, await CallAsync(host), Cancellation);
        return await jobs.WaitAsync(job!, TimeSpan.FromMinutes(1), new Progress<JobSnapshot>(), Cancellation);
    }

    private static async Task<string> CallAsync(McpHost host)
    {
        var task = await host.RawAsync("tools/call", new JsonObject { ["name"] = "generate_image", ["arguments"] = new JsonObject { ["prompt"] = "a fox", ["quality"] = "low" } });
        return task["taskId"]!.GetValue<string>();
    }
}
