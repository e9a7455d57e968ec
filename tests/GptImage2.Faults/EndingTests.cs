using System.Text.Json.Nodes;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults;

/// <summary>How the process ends when its client does.</summary>
[Collection<Undisturbed>]
public sealed class EndingTests : IDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PrivateFolders _folders = new();

    [Fact]
    public async Task Ends_at_once_when_idle_and_its_input_closes()
    {
        await using var server = ServerProcess.Start(_folders);
        await server.GreetAsync();
        await server.CallAsync("list_images", []);

        await server.CloseInputAsync();

        (await server.ExitAsync(AtOnce)).ShouldBe(0);
        server.Noise().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_at_once_when_it_was_never_spoken_to()
    {
        await using var server = ServerProcess.Start(_folders);

        await server.CloseInputAsync();

        (await server.ExitAsync(AtOnce)).ShouldBe(0);
        server.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_at_once_when_it_is_told_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var server = ServerProcess.Start(_folders);
        await server.GreetAsync();

        await server.TerminateAsync();

        (await server.ExitAsync(AtOnce)).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keeps_a_picture_that_is_being_drawn(bool told)
    {
        Assert.SkipWhen(told && OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var service = await StrictOpenAI.StartAsync();
        service.Plan(new Reply { Delay = TimeSpan.FromSeconds(3) });
        await using var server = ServerProcess.Start(_folders, [.. Settings.For(service), ("GPTIMAGE2_JOBS__DRAINSECONDS", "15")]);
        await server.GreetAsync();
        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a late fox" });
        await service.ReceivedAsync(1);

        await (told ? server.TerminateAsync() : server.CloseInputAsync());

        (await server.ExitAsync(Patience)).ShouldBe(0);
        _folders.Pictures().ShouldHaveSingleItem();
        service.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Waits_no_longer_than_it_may()
    {
        var never = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Plan(new Reply { Gate = never.Task });
        await using var server = ServerProcess.Start(_folders, [.. Settings.For(service), ("GPTIMAGE2_JOBS__DRAINSECONDS", "1")]);
        await server.GreetAsync();
        await server.SendCallAsync("generate_image", new JsonObject { ["prompt"] = "a fox that never comes" });
        await service.ReceivedAsync(1);

        await server.CloseInputAsync();

        (await server.ExitAsync(TimeSpan.FromSeconds(4))).ShouldBe(0);
        server.Noise().ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();
}
