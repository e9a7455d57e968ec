using System.Net;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Mcp.Http.Operations;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace GptImage2.Mcp.Tests.Http.Operations;

/// <summary>What load balancers and containers ask.</summary>
public sealed class HealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_server_that_can_serve_says_so_whatever_host_the_probe_names(string path)
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);

        using var answer = await AskAsync(server, path, host: "10.1.2.3");
        using var other = await AskAsync(server, "/mcp", host: "10.1.2.3");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("""{"status":"ok"}""");
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_server_whose_folder_is_gone_is_not_ready_and_does_not_say_where_it_was()
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);
        await server.Services.GetRequiredService<RecoveryService>().WaitForCompletionAsync();
        Directory.Delete(server.Root, recursive: true);
        await File.WriteAllTextAsync(server.Root, "", Cancellation);

        using var answer = await AskAsync(server, "/health/ready");
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        using var alive = await AskAsync(server, "/health/live");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.ShouldContain("store");
        body.ShouldNotContain(server.Root);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Delete(server.Root);
        Directory.CreateDirectory(server.Root);
    }

    [Fact]
    public async Task A_server_with_a_key_that_cannot_be_sent_is_not_ready()
    {
        await using var server = await HttpServer.StartAsync([("OPENAI_API_KEY", "sk-my key")], cancellationToken: Cancellation);

        using var answer = await AskAsync(server, "/health/ready");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("""{"status":"unavailable","missing":"backend"}""");
    }

    [Fact]
    public async Task A_server_that_is_shutting_down_is_not_ready()
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);
        var readiness = server.Services.GetRequiredService<ReadinessCheck>();
        var before = await readiness.CheckHealthAsync(new HealthCheckContext(), Cancellation);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var after = await readiness.CheckHealthAsync(new HealthCheckContext(), Cancellation);

        before.Status.ShouldBe(HealthStatus.Healthy);
        after.Status.ShouldBe(HealthStatus.Unhealthy);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpServer server, string path, string? host = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return server.Http.SendAsync(request, Cancellation);
    }
}
