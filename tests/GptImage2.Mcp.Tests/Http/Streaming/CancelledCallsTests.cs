using System.Net;
using GptImage2.Testing.Rendering;

namespace GptImage2.Mcp.Tests.Http.Streaming;

public sealed class CancelledCallsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_is_cancelled_in_a_session_ends_its_response()
    {
        var release = new TaskCompletionSource();
        var backend = new ScriptedBackend { Before = (_, cancellationToken) => release.Task.WaitAsync(cancellationToken) };
        await using var http = await RawHttp.StartAsync(services: services => services.AddBackend(backend));
        var session = await http.BeginAsync();
        using var call = await http.SendAsync(http.Legacy(
            HttpMethod.Post, """{"jsonrpc":"2.0","id":"x1","method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"a fox"}}}""", session));
        await backend.CalledAsync(Cancellation);

        using var cancelled = await http.SendAsync(http.Legacy(
            HttpMethod.Post, """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"x1"}}""", session));
        var answer = await call.Content.ReadAsStringAsync(Cancellation);

        cancelled.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        answer.ShouldNotContain("\"result\"");
        release.SetResult();
    }
}
