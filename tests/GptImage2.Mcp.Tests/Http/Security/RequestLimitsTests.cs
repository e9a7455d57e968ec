using System.Net;
using GptImage2.Testing.Rendering;

namespace GptImage2.Mcp.Tests.Http.Security;

public sealed class RequestLimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_above_the_limit_of_a_principal_are_told_when_to_come_back_and_others_notice_nothing()
    {
        var release = new TaskCompletionSource();
        var backend = new ScriptedBackend { Before = (_, cancellationToken) => release.Task.WaitAsync(cancellationToken) };
        await using var http = await RawHttp.StartAsync([("GPTIMAGE2_HTTP__MAXCALLS", "1")], services => services.AddBackend(backend));
        using var leaving = new CancellationTokenSource();
        var running = http.Client.SendAsync(http.Draw("a fox", "ann"), leaving.Token);
        await backend.CalledAsync(Cancellation);

        using var surplus = await http.SendAsync(http.Modern("tools/list", principal: "ann"));
        using var other = await http.SendAsync(http.Modern("tools/list", principal: "bob"));

        surplus.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        surplus.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        (await surplus.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Nothing was started");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);

        await leaving.CancelAsync();
        await running.ShouldThrowAsync<OperationCanceledException>();
        await UntilAsync(http, HttpStatusCode.OK);
        release.SetResult();
    }

    [Fact]
    public async Task Sessions_above_the_limit_of_a_minute_are_refused_whatever_headers_they_are_dressed_in()
    {
        await using var http = await RawHttp.StartAsync([("GPTIMAGE2_HTTP__MAXSESSIONS", "2")]);
        await http.BeginAsync("ann");
        await http.BeginAsync("ann");

        using var third = http.Legacy(HttpMethod.Post, """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""", principal: "ann");
        third.Headers.Add("Mcp-Method", "initialize");
        using var response = await http.SendAsync(third);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await http.BeginAsync("bob");
    }

    /// <summary>The server learns in its own time that a client has left.</summary>
    private static async Task UntilAsync(RawHttp http, HttpStatusCode expected)
    {
        HttpStatusCode status;
        do
        {
            using var response = await http.SendAsync(http.Modern("tools/list", principal: "ann"));
            status = response.StatusCode;
        }
        while (status != expected && !Cancellation.IsCancellationRequested);
    }
}
