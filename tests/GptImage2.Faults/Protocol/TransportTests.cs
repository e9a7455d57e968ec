using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Protocol;

/// <summary>stdin brings anything at all; stdout carries the protocol and nothing else.</summary>
public sealed class TransportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Large = 10_000_000;

    public static TheoryData<string> Lines =>
    [
        "garbage", "{", "}", "[]", "[1,2]", "null", "42", "\"text\"", "{}", "", "   ", "\r", "\u00ff\u00fe", "\uFEFF{}",
        """{"jsonrpc":"1.0","id":1,"method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":null,"method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":{},"method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":99,"method":7}""",
        """{"jsonrpc":"2.0","id":99,"method":"no/such/method"}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/list","params":"text"}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/list","params":[1]}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call"}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{}}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":5}}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"no_such_tool"}}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"list_images","arguments":[]}}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"list_images","arguments":"x"}}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"list_images","arguments":{"limit":1e999}}}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"list_images","arguments":{"limit":1,"limit":2}}}""",
        """{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":{"a":[]},"count":"many","width":[1]}}}""",
        """{"jsonrpc":"2.0","id":99,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}""",
        """{"jsonrpc":"2.0","id":99,"method":"resources/read","params":{"uri":"not a uri"}}""",
        """{"jsonrpc":"2.0","id":99,"method":"resources/list","params":{"cursor":"nonsense"}}""",
        """{"jsonrpc":"2.0","id":99,"method":"initialize","params":{}}""",
        """{"jsonrpc":"2.0","id":99,"result":{}}""",
        """{"jsonrpc":"2.0","id":99,"error":{}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":12345}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled"}""",
        """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":[],"progress":"x"}}""",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Survives_a_line_that_makes_no_sense(string line)
    {
        var before = Answers();

        await shared.Server.WriteAsync(line);

        await StillWorksAsync();
        if (line.Contains("\"id\":99,\"method\":\"", StringComparison.Ordinal))
        {
            SpinWait.SpinUntil(() => Answers() > before, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Survives_lines_of_ten_megabytes_and_bytes_that_are_no_text()
    {
        var server = shared.Server;
        var noise = new byte[1_000_000];
        new Random(7).NextBytes(noise);

        await server.WriteAsync(new string('x', Large));
        await server.WriteAsync(new string('[', 200_000));
        await server.WriteBytesAsync(noise);
        await server.WriteAsync("");
        await server.WriteBytesAsync([.. """{"jsonrpc":"2.0","id":98,"method":"tools/list","params":{"x":"""u8, 0x22, 0xC3, 0x28, 0xFF, 0x22, .. "}}\n"u8]);
        var prompt = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = new string('x', Large) });
        var image = await server.CallAsync("view_image", new JsonObject { ["image"] = new string('/', Large) });
        var picture = await server.CallAsync("view_image", new JsonObject { ["image"] = "data:image/png;base64," + Convert.ToBase64String(new byte[Large]) });

        prompt.Text.ShouldStartWith("prompt: expected");
        prompt.Text.ShouldContain("32000 characters");
        Encoding.UTF8.GetByteCount(prompt.Text + image.Text + picture.Text).ShouldBeLessThan(5_000);
        image.IsError.ShouldBeTrue();
        picture.Text.ShouldContain("expected a PNG");
        await StillWorksAsync();
    }

    private int Answers() => shared.Server.Lines.Count(line => line.ResponseId is "99");

    private async Task StillWorksAsync()
    {
        var server = shared.Server;
        (await server.RequestAsync("tools/list")).Text.ShouldContain("generate_image");
        (await server.CallAsync("list_presets", [])).IsError.ShouldBeFalse();
        server.FindInvalidLines().ShouldBeEmpty();
    }
}
