using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Lifecycle;

/// <summary>Ctrl-C and SIGTERM while a command is at work: it ends at once, in its own words, with the exit code of its signal.</summary>
public sealed class SignalTests : IDisposable
{
    private const string Script = "/usr/bin/script";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly TestFolders _folders = new();

    private string CursorFile => Path.Combine(_folders.Home, ".cursor", "mcp.json");

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_sketch_that_is_stopped_cost_nothing(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var command = ServerProcess.Start(_folders, [("GPTIMAGE2_SKETCH__DELAYSECONDS", "3600")], ["try", "fox"]);
        while (!Directory.Exists(_folders.Store))
        {
            await Task.Delay(PollInterval, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        SkipWhereIgnored(command, signal);
        await command.SignalAsync(signal);

        (await command.ExitAsync()).ShouldBe(code, command.Stderr);
        command.Stderr.Trim().ShouldBe("Stopped: nothing was billed. The same command begins anew.");
        command.Lines.ShouldBeEmpty();
        _folders.ListImages().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task What_was_sent_may_be_billed_and_the_next_start_asks_anew(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var never = new TaskCompletionSource();
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = never.Task });
        await using var command = ServerProcess.Start(_folders, ServerEnvironment.Create(service), ["try", "fox"]);
        await service.WaitForRequestsAsync(1);

        SkipWhereIgnored(command, signal);
        await command.SignalAsync(signal);

        (await command.ExitAsync()).ShouldBe(code, command.Stderr);
        command.Stderr.Trim().ShouldMatch(@"^Stopped while the service was drawing: the request was sent and may be billed, at most \$\d+\.\d+, and what is still drawn is lost\. The same command asks anew\.$");
        await using var again = ServerProcess.Start(_folders, ServerEnvironment.Create(service), ["try", "fox"]);
        (await again.ExitAsync()).ShouldBe(0, again.Stderr);
        _folders.ListImages().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Doctor_ends_and_takes_what_it_started_along(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var started = Path.Combine(_folders.Root, "started");
        Directory.CreateDirectory(Path.GetDirectoryName(CursorFile)!);
        var entry = new JsonObject { ["command"] = "/bin/sh", ["args"] = new JsonArray("-c", $"echo $$ > '{started}.new' && mv '{started}.new' '{started}'; exec sleep 3600") };
        File.WriteAllText(CursorFile, new JsonObject { ["mcpServers"] = new JsonObject { ["gpt-image-2"] = entry } }.ToJsonString());
        await using var command = ServerProcess.Start(_folders, arguments: ["doctor"]);
        while (!File.Exists(started))
        {
            await Task.Delay(PollInterval, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        SkipWhereIgnored(command, signal);
        await command.SignalAsync(signal);

        (await command.ExitAsync()).ShouldBe(code, command.Stderr);
        command.Stderr.Trim().ShouldBe("Stopped.");
        var left = $"/proc/{File.ReadAllText(started).Trim()}/cmdline";
        (File.Exists(left) && File.ReadAllText(left).Contains("sleep", StringComparison.Ordinal)).ShouldBeFalse();
    }

    /// <summary>Whoever starts something in the background of a shell that is no terminal has it ignore Ctrl-C, and .NET keeps to that.</summary>
    private static void SkipWhereIgnored(ServerProcess command, string signal)
    {
        const string Ignored = "SigIgn:";
        var status = $"/proc/{command.Id}/status";
        Assert.SkipWhen(
            signal is "INT" && File.Exists(status) && (Convert.ToInt64(File.ReadLines(status).Single(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..].Trim(), 16) & 0b10) is not 0,
            "Here Ctrl-C is ignored: the tests run in the background.");
    }

    /// <summary>In a terminal of its own, where questions are asked.</summary>
    [Theory]
    [InlineData("config claude-desktop --write", "gpt-image-2", "Stopped: nothing was written.")]
    [InlineData("model add u2netp", "sha256", "Stopped: nothing was fetched.")]
    public async Task A_question_is_not_waited_for(string typed, string shown, string said)
    {
        Assert.SkipWhen(!File.Exists(Script), "It needs script (util-linux), which gives a program a terminal.");
        await using var terminal = ServerProcess.Start(_folders, arguments: ["-qec", $"{TestedExecutable.Path} {typed}", "/dev/null"], executable: Script);
        await terminal.FirstAsync(line => line.Text.Contains(shown, StringComparison.Ordinal));

        await terminal.WriteBytesAsync([3]);

        (await terminal.ExitAsync()).ShouldBe(130, terminal.Stderr);
        terminal.Lines.ShouldContain(line => line.Text.Contains(said, StringComparison.Ordinal));
        _folders.ListAllFiles().ShouldNotContain(file => file.EndsWith("claude_desktop_config.json", StringComparison.Ordinal) || file.Contains("u2netp", StringComparison.Ordinal));
    }
}
