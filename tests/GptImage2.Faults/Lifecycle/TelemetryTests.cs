using GptImage2.Testing.Hosts;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Lifecycle;

/// <summary>Telemetry of the real executable over stdio: there when it is asked for, and at no cost when it is not.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task A_call_over_stdio_is_traced_to_its_end_before_the_process_ends()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var server = ServerProcess.Start(_folders, receiver.Settings))
        {
            await server.InitializeAsync();
            await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a red fox" });
            await server.CloseInputAsync();
            (await server.ExitAsync()).ShouldBe(0, server.Stderr);
        }

        var call = receiver.Spans.Single(span => span.Name is "tools/call generate_image");
        receiver.Spans.Single(span => span.Name is "job generate_image").TraceId.ShouldBe(call.TraceId);
        receiver.Metrics.ShouldContain("gen_ai.execute_tool.duration");
        receiver.AllBytes.Contains("red fox", StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_an_address_nothing_of_it_nor_of_HTTP_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The list of what is loaded is Linux's.");
        await using var server = ServerProcess.Start(_folders);
        await server.InitializeAsync();
        await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a red fox" });

        var loaded = await File.ReadAllTextAsync($"/proc/{server.Id}/maps", TestContext.Current.CancellationToken);

        Regex.Matches(loaded, @"/(?:OpenTelemetry|Microsoft\.AspNetCore|Serilog\.AspNetCore)[\w.]*\.dll").Select(match => match.Value).ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();
}
