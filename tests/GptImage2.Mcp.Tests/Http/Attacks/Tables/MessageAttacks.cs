using System.IO.Compression;
using GptImage2.Mcp.Tests.Http.Authentication;

namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Bodies that no client sends: they must be refused in words, and leave no error of the server.</summary>
internal static class MessageAttacks
{
    private const string Meta = """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
        """;

    public static IReadOnlyList<Attack> All { get; } =
    [
        Body("batch", "two calls in one array", """[{"jsonrpc":"2.0","id":1,"method":"tools/list"},{"jsonrpc":"2.0","id":2,"method":"tools/list"}]"""),
        Body("no JSON", "words", "hello"),
        Body("nothing", "an empty body", ""),
        Body("null", "the JSON value null", "null"),
        Body("deep nesting", "100,000 brackets", new string('[', 100_000)),
        Body("deep nesting in parameters", "100,000 brackets in a call", $$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"a":{{new string('[', 50_000)}}{{new string(']', 50_000)}} } }"""),
        Body("id that is an object", "an id of braces", """{"jsonrpc":"2.0","id":{},"method":"tools/list"}"""),
        Body("id that is null", "an id of null", """{"jsonrpc":"2.0","id":null,"method":"tools/list"}"""),
        Body("endless number", "1e999999 as an id", """{"jsonrpc":"2.0","id":1e999999,"method":"tools/list"}"""),
        Body("half an emoji in the id", "a lone surrogate", $$$"""{"jsonrpc":"2.0","id":"\ud800","method":"tools/list","params":{ {{{Meta}}} } }"""),
        Body("half an emoji in the method", "a lone surrogate", $$$"""{"jsonrpc":"2.0","id":1,"method":"\ud800","params":{ {{{Meta}}} } }"""),
        Body("half an emoji in a name", "a lone surrogate as a tool", $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\udfff",{{{Meta}}} } }"""),
        Body("doubled method", "tools/list and then tools/call", $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"a doubled toad"},{{{Meta}}} } }"""),
        Body("doubled parameters", "harmless ones and then others", $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{ {{{Meta}}} },"params":[]}"""),
        Body("large id", "500,000 letters, which are sent back", $$$"""{"jsonrpc":"2.0","id":"{{{new string('i', 500_000)}}}","method":"tools/list","params":{ {{{Meta}}} } }"""),
        Body("response nobody asked for", "an answer to a question of the server", """{"jsonrpc":"2.0","id":1,"result":{}}"""),
        Body("method with a line of the log", "a name that begins a line", $$$"""{"jsonrpc":"2.0","id":1,"method":"a\n2026-01-01 00:00:00.000 +00:00 [INF] forged","params":{ {{{Meta}}} } }"""),
        Body("tool with a line of the log", "a tool that begins a line", $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a\r\nforged line","arguments":{},{{{Meta}}} } }"""),
        Session("method with a line of the log, in a session", "a name that begins a line", """{"jsonrpc":"2.0","id":1,"method":"a\nforged line"}"""),
        Session("tool with a line of the log, in a session", "a tool that begins a line", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a\nforged line"}}"""),
        Session("argument with a line of the log", "a key that is there twice and begins a line", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_images","arguments":{"a\nforged line":1,"a\nforged line":2}}}"""),
        Session("key with a line of the log", "a parameter that is there twice and begins a line", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_images","a\nforged line":1,"a\nforged line":2}}"""),
        Session("cancelled with a line of the log", "a reason that begins a line", """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9,"reason":"a\nforged line"}}"""),
        Session("level that is none", "logging/setLevel with a line", """{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"a\nforged line"}}"""),
        Session("tracing with a line of the log", "traceparent and progressToken of lines", """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"traceparent":"a\nforged line","progressToken":"a\nforged line"}}}"""),
        Content("form of a web page", "text/plain, which needs no preflight", () => new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "text/plain")),
        Content("no type", "a body without Content-Type", () => new ByteArrayContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""u8.ToArray())),
        Content("unknown alphabet", "application/json; charset=nonsense", () => WithType("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""u8.ToArray(), "application/json; charset=nonsense")),
        Content("type that is none", "a Content-Type of punctuation", () => WithType("{}"u8.ToArray(), ";;;")),
        Content("UTF-7", "application/json; charset=utf-7", () => WithType("+AHs-"u8.ToArray(), "application/json; charset=utf-7")),
        Content("compressed bomb", "10 MB of nothing in gzip", CreateBomb),
        Content("bytes that are no text", "invalid UTF-8", () => WithType([0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D], "application/json")),
        Attack.Refused(
            "initialize of a giant",
            "a client's name of a million letters, which its session would keep",
            a => a.SessionAsync(HttpMethod.Post, $$$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"{{{new string('n', 1_000_000)}}}","version":"1"} } }""", null, a.Server.Mallory),
            413),
        Legacy("initialize with a line of the log", "a client whose name begins a line", """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a\nforged line","version":"1"}}}"""),
        Legacy("initialize without parameters", "nothing of what is required", """{"jsonrpc":"2.0","id":1,"method":"initialize"}"""),
        Legacy("initialize with half an emoji", "a lone surrogate as a name", """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"\ud83d","version":"1"}}}"""),
        new("line breaks in a prompt", "CRLF and headers in what becomes a file's name", async a =>
        {
            var made = await a.CallAsync("generate_image", """{"prompt":"toad\r\nSet-Cookie: a=b\r\n\r\n<script>","fresh":true}""");
            var id = await FinishAsync(a, made);
            var link = Regex.Match(id, @"http://[^""\\ ]+/images/[^""\\ ]+").Value;
            link.ShouldNotBeEmpty(made.Body + id);
            var answer = await a.GetAsync(new Uri(link).PathAndQuery);
            answer.Status.ShouldBe(200);
            answer.Head.ShouldNotContain("Set-Cookie", Case.Sensitive);
            answer.Head.ShouldMatch("filename=[0-9]{6}-toad-set-cookie-a-b-script-[a-z2-9]{16}.png");
            return "200, filename …-toad-set-cookie-a-b-script-….png";
        }),
    ];

    /// <summary>Asks until a task is over.</summary>
    public static async Task<string> FinishAsync(Attempt a, Answer made, string? token = null)
    {
        var job = Regex.Match(made.Body, "job_[a-z2-9]{16}").Value;
        return (await a.CallAsync("check_job", $$"""{"job":"{{job}}","wait_seconds":45}""", token)).Body;
    }

    private static Attack Body(string name, string tries, string body) => Content(name, tries, () => new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>Whatever it is answered, it is no error of the server, and nothing is drawn.</summary>
    private static Attack Content(string name, string tries, Func<HttpContent> content) => new(name, tries, async a =>
    {
        var (drawn, request) = (a.Server.Drawn, RawMcp.Create(a.Server.Server, "", a.Server.Mallory, "tools/list"));
        request.Content = content();
        var answer = await a.SendAsync(request);
        answer.Status.ShouldBeLessThan(500, answer.ToString());
        a.Server.Drawn.ShouldBe(drawn);
        return answer.ToString();
    });

    private static Attack Legacy(string name, string tries, string body) => new(name, tries, async a =>
    {
        var answer = await a.SessionAsync(HttpMethod.Post, body, null, a.Server.Mallory);
        answer.Status.ShouldBeLessThan(500, answer.ToString());
        return answer.ToString();
    });

    private static Attack Session(string name, string tries, string body) => new(name, tries, async a =>
    {
        var answer = await a.SessionAsync(HttpMethod.Post, body, await a.Server.MallorySessionAsync(), a.Server.Mallory);
        answer.Status.ShouldBeLessThan(500, answer.ToString());
        return answer.ToString();
    });

    private static ByteArrayContent WithType(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static HttpContent CreateBomb()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[10 << 20]);
        }

        var content = WithType(packed.ToArray(), "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
