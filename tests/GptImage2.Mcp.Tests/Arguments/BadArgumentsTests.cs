namespace GptImage2.Mcp.Tests.Arguments;

public sealed class BadArgumentsTests(StudioFixture studio, ITestOutputHelper output) : IClassFixture<StudioFixture>
{
    private const int Seed = 20_261_122;
    private const int Calls = 2_000;
    private const int Edits = 600;

    [Fact]
    public async Task Every_culprit_is_named_and_nobody_else()
    {
        output.WriteLine($"Seed {Seed}");
        List<string> wrong = [];

        foreach (var call in BadCalls.Draw(Seed, Calls))
        {
            try
            {
                await RefuseAsync(call);
            }
            catch (Exception failure) when (failure is ShouldAssertException or ModelContextProtocol.McpException)
            {
                wrong.Add($"{call}\n  {failure.Message.ReplaceLineEndings(" ")}");
            }
        }

        wrong.ShouldBeEmpty();
        var good = await studio.CallAsync("generate_image", new BadCall("generate_image", new Random(Seed)).Say("prompt", "fox").Set("dry_run", "true").Arguments);
        good.IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task Every_culprit_of_an_edit_is_named_and_nothing_is_made()
    {
        output.WriteLine($"Seed {Seed}");
        List<string> wrong = [];

        foreach (var call in BadCalls.DrawEdits(Seed, Edits))
        {
            try
            {
                await BlameAsync(call);
            }
            catch (Exception failure) when (failure is ShouldAssertException or ModelContextProtocol.McpException)
            {
                wrong.Add($"{call}\n  {failure.Message.ReplaceLineEndings(" ")}");
            }
        }

        wrong.ShouldBeEmpty();
        Directory.Exists(Path.Combine(studio.Server.Root, ".inputs")).ShouldBeFalse();
    }

    private async Task<(Complaint[] Complaints, string Text)> BlameAsync(BadCall call)
    {
        var result = await studio.CallAsync(call.Tool, call.Arguments);

        var text = StudioFixture.Text(result);
        result.IsError.ShouldBe(true, text);
        text.ShouldNotContain("An error occurred");
        text.ShouldNotContain("internal:");
        text.Length.ShouldBeLessThan(20_000);

        var complaints = Complaint.Read(text);
        complaints.Select(complaint => complaint.Argument).ShouldBe(call.Culprits, ignoreOrder: true, text);
        call.Correctable.Except(complaints.Where(complaint => complaint.Nearest is not null).Select(complaint => complaint.Argument)).ShouldBeEmpty(text);
        return (complaints, text);
    }

    private async Task RefuseAsync(BadCall call)
    {
        var (complaints, text) = await BlameAsync(call);
        if (call.Tool is not "generate_image" && call.Random.Next(4) is not 0)
        {
            // Following the advice has its pitfalls among sizes and formats; a sample of the rest will do.
            return;
        }

        var corrected = await studio.CallAsync(call.Tool, Advice.Follow(call, complaints));
        corrected.IsError.ShouldNotBe(true, $"{text}\n  and then {StudioFixture.Text(corrected)}");
    }
}
