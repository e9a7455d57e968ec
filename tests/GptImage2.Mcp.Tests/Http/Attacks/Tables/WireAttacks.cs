namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Requests that two readers understand differently, and bodies without an end.</summary>
internal static class WireAttacks
{
    private const string Smuggled = "GET /images/smuggled HTTP/1.1\r\n";

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("length and chunks", "Content-Length and Transfer-Encoding, with a second request in what is left", async a =>
        {
            var answer = await a.WireAsync("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", body: $"0\r\n\r\n{Smuggled}Host: {a.Host}\r\n\r\n");
            answer.Status.ShouldBeOneOf(400, 401);
            answer.Body.ShouldNotContain("HTTP/1.1 200");
            return answer.ToString();
        }),
        Refused("two lengths", "Content-Length 2 and 40", "Content-Length: 2\r\nContent-Length: 40\r\n"),
        Refused("length that is no number", "Content-Length +2", "Content-Length: +2\r\n"),
        Refused("negative length", "Content-Length -1", "Content-Length: -1\r\n"),
        Refused("length with a comma", "Content-Length 2, 2", "Content-Length: 2, 2\r\n"),
        Refused("endless length", "a Content-Length of 30 digits", $"Content-Length: {new string('9', 30)}\r\n"),
        Refused("unknown encoding", "Transfer-Encoding xchunked", "Transfer-Encoding: xchunked\r\n"),
        Refused("chunks that are not last", "Transfer-Encoding chunked, identity", "Transfer-Encoding: chunked, identity\r\n"),
        Refused("folded header", "Transfer-Encoding on a folded line", "Transfer-Encoding:\r\n chunked\r\n"),
        Refused("space before the colon", "Transfer-Encoding : chunked", "Transfer-Encoding : chunked\r\n"),
        Refused("zero byte in a header", "X-A with a zero byte", "X-A: a\0b\r\n"),
        Refused("line break in a header", "X-A with a bare carriage return", "X-A: a\rX-B: b\r\n"),
        Attack.Refused("bad chunk size", "a chunk of size FFFFFFFFFFFFFFFFF", a => a.WireAsync("Transfer-Encoding: chunked\r\n", body: "FFFFFFFFFFFFFFFFF\r\n", token: a.Server.Mallory), 400),
        Attack.Refused("many headers", "500 of them", a => a.WireAsync(string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: a\r\n"))), 431),
        Attack.Refused("large headers", "100,000 letters in one", a => a.WireAsync($"X-A: {new string('a', 100_000)}\r\n"), 431, 0),
        Attack.Refused("long target", "an address of 20,000 letters", a => a.WireAsync(start: $"POST /{new string('a', 20_000)} HTTP/1.1\r\nHost: {a.Host}\r\n"), 414, 0),
        Attack.Refused("HTTP/2 out of the blue", "the preface of HTTP/2 without TLS", a => a.RawAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", end: true), 400, 505, 0),
        Attack.Refused("TLS out of the blue", "the beginning of a TLS handshake", a => a.RawAsync("\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1", end: true), 400, 0),
        Attack.Refused("large body", "3 MB where 2 are allowed, announced", a => a.WireAsync("Content-Length: 3145728\r\n", body: "{", token: a.Server.Mallory), 413),
        Attack.Refused(
            "large body in chunks",
            "3 MB where 2 are allowed, unannounced",
            a => a.WireAsync("Transfer-Encoding: chunked\r\n", body: $"300000\r\n{new string(' ', 0x300000)}\r\n0\r\n\r\n", token: a.Server.Mallory),
            413,
            0),
        Attack.Refused("body that breaks off", "half a call, and the end of the connection", a => a.BreakOffAsync(), 400, 0),
        new("slow headers and bodies", "a header or a body by the byte, for hours", a =>
        {
            var limits = a.Server.Limits;
            limits.RequestHeadersTimeout.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
            limits.MinRequestBodyDataRate.ShouldNotBeNull().BytesPerSecond.ShouldBeGreaterThanOrEqualTo(240);
            limits.MinResponseDataRate.ShouldNotBeNull().BytesPerSecond.ShouldBeGreaterThanOrEqualTo(240);
            return Task.FromResult("closed after 30 s of headers, or below 240 bytes a second");
        }),
        new("second request on one connection", "Mallory's request, then one without a token behind it", async a =>
        {
            var answer = await a.RawAsync(
                $"GET /images/img_x HTTP/1.1\r\nHost: {a.Host}\r\nAuthorization: Bearer {a.Server.Mallory}\r\n\r\nGET /mcp HTTP/1.1\r\nHost: {a.Host}\r\nConnection: close\r\n\r\n");
            answer.Status.ShouldBe(404);
            answer.Body.ShouldContain("HTTP/1.1 401");
            return "404, then 401: a connection remembers nobody";
        }),
        Mismatch("method header against the body", "Mcp-Method tools/list above a call", request => Replace(request, "Mcp-Method", "tools/list")),
        Mismatch("name header against the body", "Mcp-Name list_images above generate_image", request => Replace(request, "Mcp-Name", "list_images")),
        Mismatch("method header of another limit", "Mcp-Method subscriptions/listen above a call", request => Replace(request, "Mcp-Method", "subscriptions/listen")),
        Mismatch("two method headers", "both", request => request.Headers.TryAddWithoutValidation("Mcp-Method", "tools/list")),
        Mismatch("revision in the header against the body", "2025-11-25 above 2026-07-28, with a session that is none", request =>
        {
            Replace(request, "MCP-Protocol-Version", "2025-11-25");
            request.Headers.Add("Mcp-Session-Id", "none");
        }),
        Mismatch("revision that never was", "9999-12-31", request => Replace(request, "MCP-Protocol-Version", "9999-12-31")),
        Mismatch("two revisions", "the newest and an older one", request => request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25")),
    ];

    private static Attack Refused(string name, string tries, string headers) => Attack.Refused(name, tries, a => a.WireAsync(headers, token: a.Server.Mallory), 400, 501, 0);

    /// <summary>A call that would draw, dressed as something else.</summary>
    private static Attack Mismatch(string name, string tries, Action<HttpRequestMessage> change) => new(name, tries, async a =>
    {
        var drawn = a.Server.Drawn;
        var call = new JsonObject { ["name"] = "generate_image", ["arguments"] = new JsonObject { ["prompt"] = "a smuggled toad" } };
        var request = Authentication.RawMcp.Create(a.Server.Server, "tools/call", call, a.Server.Mallory);
        change(request);
        var answer = await a.SendAsync(request);
        answer.Status.ShouldBeInRange(400, 404, answer.ToString());
        a.Server.Drawn.ShouldBe(drawn);
        return answer.ToString();
    });

    private static void Replace(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }

    private static Task<Answer> BreakOffAsync(this Attempt a) => a.RawAsync(
        $"POST /mcp HTTP/1.1\r\nHost: {a.Host}\r\nAuthorization: Bearer {a.Server.Mallory}\r\nAccept: application/json, text/event-stream\r\n" +
        "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"jsonrpc\":",
        end: true);
}
