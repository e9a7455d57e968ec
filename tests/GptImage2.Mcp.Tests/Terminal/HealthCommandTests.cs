using System.Net;
using System.Net.Sockets;
using GptImage2.Mcp.Terminal;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Terminal;

/// <summary>What a container's health check runs.</summary>
public sealed class HealthCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_can_serve_is_healthy()
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);

        var (code, text) = await RunAsync(server.Address.AbsoluteUri);

        (code, text).ShouldBe((0, """{"status":"ok"}"""));
    }

    [Fact]
    public async Task A_server_that_cannot_serve_is_not_and_says_what_is_missing()
    {
        await using var server = await HttpServer.StartAsync([("OPENAI_API_KEY", "sk-my key")], cancellationToken: Cancellation);

        var (code, text) = await RunAsync(server.Address.AbsoluteUri);

        (code, text).ShouldBe((1, """{"status":"unavailable","missing":"backend"}"""));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_not_healthy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}/";
        taken.Stop();

        var (code, text) = await RunAsync(address);

        code.ShouldBe(1);
        text.ShouldStartWith($"gptimage2-mcp does not answer at {address}");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("ftp://localhost")]
    public async Task What_is_no_address_of_a_server_is_refused(string address)
    {
        var (code, text) = await RunAsync(address);

        code.ShouldBe(1);
        text.ShouldContain(address);
    }

    [Theory]
    [InlineData("http://0.0.0.0:7823", "http://127.0.0.1:7823/")]
    [InlineData("http://[::]:7823", "http://[::1]:7823/")]
    [InlineData("http://*:80", "http://localhost/")]
    [InlineData("http://+:7823/", "http://localhost:7823/")]
    [InlineData("https://studio.example.com", "https://studio.example.com/")]
    public void An_address_to_listen_on_becomes_one_to_ask(string listening, string asked) =>
        HealthCommand.ToReachable(listening).AbsoluteUri.ShouldBe(asked);

    private static async Task<(int Code, string Text)> RunAsync(string url)
    {
        await using var output = new StringWriter();
        return (await HealthCommand.Create(null, output).Parse([url]).InvokeAsync(cancellationToken: Cancellation), output.ToString().TrimEnd());
    }
}
