using System.Net;
using GptImage2.Testing.Rendering;

namespace GptImage2.Mcp.Tests.Http;

public sealed class GracefulShutdownTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Running_calls_are_answered_while_streams_end_at_once_and_nobody_new_comes_in()
    {
        var release = new TaskCompletionSource();
        var backend = new ScriptedBackend { Before = (_, cancellationToken) => release.Task.WaitAsync(cancellationToken) };
        await using var http = await RawHttp.StartAsync(services: services => services.AddBackend(backend));
        var session = await http.BeginAsync();
        using var older = await http.SendAsync(http.Legacy(HttpMethod.Get, null, session));
        using var newer = await http.SendAsync(http.Modern("subscriptions/listen", "\"notifications\":{\"resourcesListChanged\":true},"));
        var call = http.Client.SendAsync(http.Draw("a fox"), Cancellation);
        await backend.CalledAsync(Cancellation);

        var stopping = http.Server.StopAsync();
        await older.Content.ReadAsStringAsync(Cancellation);
        await newer.Content.ReadAsStringAsync(Cancellation);
        await UntilRefusedAsync(http.Address);

        call.IsCompleted.ShouldBeFalse();
        release.SetResult();
        using var answered = await call;
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answered.Content.ReadAsStringAsync(Cancellation)).ShouldContain("image://img_");
        await stopping;
    }

    private static async Task UntilRefusedAsync(Uri address)
    {
        while (true)
        {
            using var stranger = new HttpClient();
            try
            {
                using var response = await stranger.GetAsync(address, Cancellation);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }
}
