namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Files of the server's machine, and addresses that only it can reach.</summary>
internal static class FileAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Address("loopback", "https://127.0.0.1/a.png"),
        Address("loopback as a number", "https://2130706433/a.png"),
        Address("loopback in hexadecimal", "https://0x7f000001/a.png"),
        Address("loopback in octal", "https://0177.0.0.1/a.png"),
        Address("loopback, shortened", "https://127.1/a.png"),
        Address("loopback in IPv6", "https://[::1]/a.png"),
        Address("loopback within IPv6", "https://[::ffff:127.0.0.1]/a.png"),
        Address("loopback in wide digits", "https://１２７.０.０.１/a.png"),
        Address("any address", "https://0.0.0.0/a.png"),
        Address("localhost", "https://localhost/a.png"),
        Address("localhost with a dot", "https://localhost./a.png"),
        Address("metadata of a cloud", "https://169.254.169.254/latest/meta-data/"),
        Address("metadata by name", "https://metadata.google.internal/"),
        Address("private network", "https://10.0.0.8/a.png"),
        Address("name of a private address", "https://inside.example/a.png"),
        Address("name of a public and a private address", "https://half.example/a.png"),
        Address("name of the metadata", "https://cloud.example/latest/meta-data/"),
        Address("another port", "https://93.184.215.14:22/a.png"),
        Address("password in an address", "https://user:secret@93.184.215.14/a.png"),
        Address("plain HTTP", "http://93.184.215.14/a.png"),
        Address("FTP", "ftp://93.184.215.14/a.png"),
        Address("file address", "file:///etc/passwd"),
        Address("gopher", "gopher://127.0.0.1:25/_HELO"),
        Name("absolute path", "/etc/passwd"),
        Name("path of the home", "~/.ssh/id_rsa"),
        Name("path of Windows", @"C:\Windows\win.ini"),
        Name("network path", @"\\evil.example\share\a.png"),
        Name("climbing out of the shared folder", "../private.png"),
        Name("climbing out and in", "brand.png/../../private.png"),
        Name("link out of the shared folder", "link.png"),
        Name("zero byte in a path", "brand.png\0/../private.png"),
        Name("device", "/dev/zero"),
        Name("escaped climb", "..%2fprivate.png"),
        new("shared or not there", "a file outside that is there, and one that is not", async a =>
        {
            var there = await a.CallAsync("view_image", """{"image":"../private.png"}""");
            var never = await a.CallAsync("view_image", """{"image":"../unknown.png"}""");
            there.Describe("private").ShouldBe(never.Describe("unknown"));
            return there.ToString();
        }),
        new("copy to a path", "save_to /tmp/evil.png", async a =>
        {
            var answer = await a.CallAsync("generate_image", """{"prompt":"a toad","save_to":"/tmp/evil.png"}""");
            File.Exists("/tmp/evil.png").ShouldBeFalse();
            answer.Body.ShouldContain("\"isError\":true");
            return answer.ToString();
        }),
        new("copy into the shared folder", "save_to brand.png with overwrite", async a =>
        {
            var answer = await a.CallAsync("generate_image", """{"prompt":"a toad","save_to":"brand.png","overwrite":true}""");
            answer.Body.ShouldContain("\"isError\":true");
            return answer.ToString();
        }),
        Resource("guide by a path", "guide://../../settings"),
        Resource("guide by an escaped path", "guide://..%2f..%2fsettings"),
        Resource("file as a resource", "file:///etc/passwd"),
        Resource("image by a path", "image://../../catalog.db"),
        Resource("prompt's folder as a resource", "templates://cover"),
        Refused("template by a path", "prompts/get", """{"name":"../tokens"}"""),
        Attack.Harmless(
            "template that cannot be filled",
            "prompts/get with a value that breaks its call: the error names no path",
            a => a.AskAsync("prompts/get", """{"name":"cover","arguments":{"size":"1}, oops"}}"""),
            answer => answer.Text.ShouldContain("cover.md")),
        Attack.Harmless("topic by a path", "list_presets ../../tokens", a => a.CallAsync("list_presets", """{"topic":"../../tokens"}"""), answer => answer.Body.ShouldNotContain("sha256")),
        new("image in a data: URI", "a PNG that says 200,000 by 200,000", async a =>
        {
            var answer = await a.CallAsync("view_image", """{"image":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgADDUAAAw1ACAYAAAAAAAAA"}""");
            answer.Body.ShouldContain("\"isError\":true");
            return answer.ToString();
        }),
    ];

    private static Attack Address(string name, string address) => new(name, $"an image at {address}", async a =>
    {
        var answer = await a.CallAsync("view_image", new JsonObject { ["image"] = address }.ToJsonString());
        answer.Body.ShouldContain("\"isError\":true");
        answer.Body.ShouldNotContain("secret@");
        a.Server.Network.Contacted.ShouldBeEmpty();
        return answer.ToString();
    });

    private static Attack Name(string name, string path) => new(name, $"an image named {path.Replace("\0", "%00", StringComparison.Ordinal)}", async a =>
    {
        var answer = await a.CallAsync("view_image", new JsonObject { ["image"] = path }.ToJsonString());
        answer.Body.ShouldContain("\"isError\":true");
        return answer.ToString();
    });

    private static Attack Resource(string name, string uri) => Refused(name, "resources/read", new JsonObject { ["uri"] = uri }.ToJsonString());

    private static Attack Refused(string name, string method, string parameters) =>
        Attack.Harmless(name, $"{method} {parameters}", a => a.AskAsync(method, parameters), answer => answer.Body.ShouldContain("\"error\""));
}
