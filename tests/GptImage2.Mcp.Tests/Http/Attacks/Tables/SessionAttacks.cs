namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Sessions of others, and sessions without end.</summary>
internal static class SessionAttacks
{
    private const string MadeUp = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    public static IReadOnlyList<Attack> All { get; } =
    [
        Foreign("another's session", "a call in Alice's session", HttpMethod.Post, Ping),
        Foreign("another's session, notified", "a notification in it", HttpMethod.Post, """{"jsonrpc":"2.0","method":"notifications/initialized"}"""),
        Foreign("another's session, answered", "a response in it", HttpMethod.Post, """{"jsonrpc":"2.0","id":1,"result":{}}"""),
        Foreign("another's session, initialized again", "initialize in it", HttpMethod.Post, Authentication.RawMcp.Initialize),
        Foreign("another's stream", "GET in it", HttpMethod.Get, null),
        Foreign("another's session, ended", "DELETE of it", HttpMethod.Delete, null),
        new("another's stream, resumed", "GET in it with Last-Event-ID", async a =>
        {
            var answer = await a.GetAsync("/mcp", request => AddSession(request, a.Server.Alice.Session, ("Last-Event-ID", "1"), ("Accept", "text/event-stream")), token: a.Server.Mallory);
            answer.Status.ShouldBe(404);
            return answer.ToString();
        }),
        Attack.Refused("another's session without a token", "a call in Alice's session by an outsider", a => a.SessionAsync(HttpMethod.Post, Ping, a.Server.Alice.Session, null), 401),
        Attack.Refused(
            "another's session with one's own access token",
            "by a subject called alice",
            a => a.SessionAsync(HttpMethod.Post, Ping, a.Server.Alice.Session, a.Server.Authorization.Issue("alice")),
            404),
        new("two sessions", "Mallory's own and Alice's, in two headers", async a =>
        {
            var own = await a.Server.MallorySessionAsync();
            var answer = await a.WireAsync($"Mcp-Session-Id: {own}\r\nMcp-Session-Id: {a.Server.Alice.Session}\r\n", body: Ping, token: a.Server.Mallory);
            answer.Status.ShouldBe(404);
            return answer.ToString();
        }),
        Attack.Refused("empty session", "an empty Mcp-Session-Id", a => a.WireAsync("Mcp-Session-Id: \r\n", body: Ping, token: a.Server.Mallory), 400, 404),
        Attack.Refused("line break in a session", "CRLF and a header in Mcp-Session-Id", a => a.WireAsync("Mcp-Session-Id: a\r\n Set-Cookie: a=b\r\n", body: Ping, token: a.Server.Mallory), 400),
        Attack.Refused("session by the path", "/mcp/SESSION", a => a.GetAsync($"/mcp/{MadeUp}", token: a.Server.Mallory), 404, 405),
        Attack.Refused("older transport", "GET /mcp/sse", a => a.GetAsync("/mcp/sse", token: a.Server.Mallory), 404, 405),
        Attack.Refused("older transport, posted", "POST /mcp/message", a => a.GetAsync("/mcp/message?sessionId=x", verb: HttpMethod.Post, token: a.Server.Mallory), 404, 405, 415),
        new("session in the newest revision", "Alice's session beside 2026-07-28, which has none", async a =>
        {
            var answer = await a.ListAsync(request => request.Headers.Add("Mcp-Session-Id", a.Server.Alice.Session), a.Server.Mallory);
            answer.Head.ShouldNotContain(a.Server.Alice.Session);
            answer.Status.ShouldBe(200);
            return "200, as without it";
        }),
        new("thousands of sessions", "2,000 times initialize", async a =>
        {
            List<int> statuses = [];
            for (var i = 0; i < 2_000; i++)
            {
                statuses.Add((await Authentication.RawMcp.SendAsync(a.Server.Server, Authentication.RawMcp.CreateLegacy(a.Server.Server, Authentication.RawMcp.Initialize, a.Server.Swarm))).Status);
            }

            statuses.Count(status => status is 200).ShouldBeLessThanOrEqualTo(60);
            statuses.ShouldAllBe(status => status == 200 || status == 429);
            return "200 for 24 a minute, then 429";
        }),
    ];

    private static Attack Foreign(string name, string tries, HttpMethod verb, string? body) =>
        Attack.Same(name, tries, alice => alice.Session, MadeUp, (a, session) => a.SessionAsync(verb, body, session, a.Server.Mallory));

    private static void AddSession(HttpRequestMessage request, string session, params (string Name, string Value)[] more)
    {
        foreach (var (name, value) in more.Prepend(("Mcp-Session-Id", session)))
        {
            request.Headers.Add(name, value);
        }
    }
}
