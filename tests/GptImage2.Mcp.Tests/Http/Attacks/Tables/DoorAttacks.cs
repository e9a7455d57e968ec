namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Without a token: by another door, under another name, from a web page.</summary>
internal static class DoorAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Origin("foreign origin", "a web page elsewhere calls with Mallory's token", "https://evil.example"),
        Origin("null origin", "a sandboxed frame calls", "null"),
        Origin("origin with the server's name in it", "a page at 127.0.0.1.evil.example calls", "http://127.0.0.1.evil.example"),
        Origin("origin of another port", "a page of another program of the machine calls", "http://127.0.0.1:1"),
        Wire("two origins", "a good Origin before a foreign one", 403, a => $"Origin: http://{a.Host}\r\nOrigin: https://evil.example\r\n"),
        Host("DNS rebinding", "a page whose own name leads to the server calls its own origin", "evil.example", "http://evil.example"),
        Host("host with the server's name in it", "Host 127.0.0.1.evil.example", "127.0.0.1.evil.example", null),
        Host("host with a trailing dot", "Host localhost.", "localhost.", null),
        Wire("no host", "HTTP/1.1 without Host", 400, _ => "", _ => "POST /mcp HTTP/1.1\r\n"),
        Wire("HTTP/1.0 without host", "an old request that need not name a host", 400, _ => "", _ => "POST /mcp HTTP/1.0\r\n"),
        Wire("two hosts", "a good Host before a foreign one", 400, _ => "Host: evil.example\r\n"),
        Wire("absolute target elsewhere", "http://evil.example/mcp with a good Host", 400, _ => "", a => $"POST http://evil.example/mcp HTTP/1.1\r\nHost: {a.Host}\r\n"),
        Wire("absolute target and host elsewhere", "both name evil.example", 400, _ => "", _ => "POST http://evil.example/mcp HTTP/1.1\r\nHost: evil.example\r\n"),
        new("forwarded host of nobody's proxy", "X-Forwarded-Host evil.example, so that links lead there", async a =>
        {
            var request = Authentication.RawMcp.Create(a.Server.Server, "tools/call", new() { ["name"] = "list_images" }, a.Server.Mallory);
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("Forwarded", "host=evil.example");
            var answer = await a.SendAsync(request);
            answer.Status.ShouldBe(200);
            answer.Body.ShouldContain($"http://{a.Host}/images/");
            answer.Body.ShouldNotContain("evil.example");
            return "200, links of the server's own address";
        }),
        new("forwarded address of nobody's proxy", "X-Forwarded-For 203.0.113.9, to be somebody else in the log", async a =>
        {
            a.Server.ReadNewLog();
            var answer = await a.ListAsync(request => request.Headers.Add("X-Forwarded-For", "203.0.113.9"), "gi2_wrong");
            answer.Status.ShouldBe(401);
            a.Server.ReadNewLog().ShouldNotContain("203.0.113.9");
            return answer.ToString();
        }),
        Header("rewritten address", "X-Original-URL /health/live at /mcp", "X-Original-URL", "/health/live"),
        Header("overridden method", "X-HTTP-Method-Override OPTIONS at /mcp", "X-HTTP-Method-Override", "OPTIONS"),
        Header("WebSocket", "an upgrade instead of a request", "Upgrade", "websocket"),
        Attack.Refused("no token", "tools/list without any", a => a.ListAsync(_ => { }), 401),
        Path("no token for uploads", "/uploads"),
        Path("what is not there", "/admin"),
        Path("doubled slash", "//mcp"),
        Path("escaped path", "/%6dcp"),
        Path("other case", "/MCP"),
        Path("path parameter", "/mcp;/health/live"),
        Path("health and more", "/health/live/mcp"),
        Wire("climbing out of the health check", "/health/live/../../mcp", 401, _ => "", a => $"POST /health/live/../../mcp HTTP/1.1\r\nHost: {a.Host}\r\n"),
        Wire("climbing out of open documents", "/.well-known/..%2fmcp and its like", 404, _ => "", a => $"POST /.well-known/..%2fmcp HTTP/1.1\r\nHost: {a.Host}\r\n"),
        Wire("climbing out of links", "/images/..%2fmcp", [401, 404, 405], _ => "", a => $"POST /images/..%2fmcp HTTP/1.1\r\nHost: {a.Host}\r\n"),
        Wire("zero byte in the path", "/mcp%00", [400, 401], _ => "", a => $"POST /mcp%00 HTTP/1.1\r\nHost: {a.Host}\r\n"),
        Wire("TRACE", "has the server repeat its request", 401, _ => "Cookie: secret\r\n", a => $"TRACE /mcp HTTP/1.1\r\nHost: {a.Host}\r\n"),
        Wire("CONNECT", "uses the server as a proxy", 400, _ => "", _ => "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n"),
        Wire("PUT", "writes a file", 401, _ => "", a => $"PUT /images/x.html HTTP/1.1\r\nHost: {a.Host}\r\n"),
        new("preflight from elsewhere", "OPTIONS from a foreign page, to be allowed to call", async a =>
        {
            var answer = await a.GetAsync("/mcp", request => AddPreflight(request, "https://evil.example"), HttpMethod.Options);
            answer.Status.ShouldBe(403);
            answer.Head.ShouldNotContain("Access-Control");
            return answer.ToString();
        }),
        Attack.Harmless(
            "health check as a spy", "reads what the server is and where", a => a.GetAsync("/health/ready"), answer => answer.Body.ShouldBe("""{"status":"ok"}""")),
        Attack.Harmless(
            "metadata as a spy", "reads the open OAuth document", a => a.GetAsync("/.well-known/oauth-protected-resource/mcp"), answer => answer.Body.ShouldNotContain("token:")),
    ];

    private static Attack Origin(string name, string tries, string origin) => Attack.Refused(
        name, tries, a => a.ListAsync(request => request.Headers.TryAddWithoutValidation("Origin", origin), a.Server.Mallory), 403);

    private static Attack Host(string name, string tries, string host, string? origin) => Attack.Refused(
        name,
        tries,
        a => a.ListAsync(
            request =>
            {
                request.Headers.Host = host;
                request.Headers.TryAddWithoutValidation("Origin", origin is null ? [] : [origin]);
            },
            a.Server.Mallory),
        400);

    private static Attack Header(string name, string tries, string header, string value) =>
        Attack.Refused(name, tries, a => a.ListAsync(request => request.Headers.TryAddWithoutValidation(header, value)), 401);

    private static Attack Path(string name, string path) => Attack.Refused(name, $"GET {path} without a token", a => a.GetAsync(path), 401);

    private static Attack Wire(string name, string tries, int status, Func<Attempt, string> headers, Func<Attempt, string>? start = null) =>
        Wire(name, tries, [status], headers, start);

    private static Attack Wire(string name, string tries, int[] statuses, Func<Attempt, string> headers, Func<Attempt, string>? start = null) =>
        Attack.Refused(name, tries, a => a.WireAsync(headers(a), start?.Invoke(a), token: statuses[0] is 401 or 404 ? null : a.Server.Mallory), statuses);

    private static void AddPreflight(HttpRequestMessage request, string origin)
    {
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
    }
}
