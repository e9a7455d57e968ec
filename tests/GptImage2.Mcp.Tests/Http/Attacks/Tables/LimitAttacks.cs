using GptImage2.Mcp.Tests.Http.Authentication;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>More than anybody may have.</summary>
internal static class LimitAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new("open streams without end", "60 subscriptions that stay open", async a =>
        {
            List<HttpResponseMessage> open = [];
            for (var i = 0; i < 60; i++)
            {
                var request = RawMcp.Create(a.Server.Server, "subscriptions/listen", new() { ["notifications"] = new JsonObject { ["resourcesListChanged"] = true } }, a.Server.Swarm);
                open.Add(await a.Server.Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
            }

            var refused = open.Where(response => (int)response.StatusCode is 429).ToArray();
            open.Count(response => response.IsSuccessStatusCode).ShouldBeLessThanOrEqualTo(24);
            refused.ShouldNotBeEmpty();
            refused[0].Headers.RetryAfter.ShouldNotBeNull();
            open.ForEach(response => response.Dispose());
            return "200 for 24 of them, then 429";
        }),
        new("others' share", "Mallory, while another has used up all that one may have: she waits for nobody", async a =>
        {
            var answer = await a.ListAsync(_ => { }, a.Server.Mallory);
            answer.Status.ShouldBe(200);
            return "200 at once";
        }),
        new("when to come back", "compares Retry-After of several refusals: it tells nothing of others", async a =>
        {
            HashSet<string> texts = [];
            for (var i = 0; i < 40; i++)
            {
                var answer = await a.SessionAsync(HttpMethod.Post, RawMcp.Initialize, null, a.Server.Swarm);
                if (answer.Status is 429)
                {
                    texts.Add(answer.Describe("(none)"));
                }
            }

            texts.Count.ShouldBe(1);
            return "429, always in the same words";
        }),
        new("listeners left behind", "requests that begin and fail: each would be told of changes for ever", async a =>
        {
            var before = a.Server.Events.CountListeners();
            for (var i = 0; i < 20; i++)
            {
                await a.ListAsync(_ => { }, a.Server.Mallory);
                await a.AskAsync("no/such/method");
                await a.SessionAsync(HttpMethod.Post, "{", null, a.Server.Swarm);
            }

            // A response ends a moment before what belonged to it does.
            while (a.Server.Events.CountListeners() > before)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            return "none is left";
        }),
    ];
}
