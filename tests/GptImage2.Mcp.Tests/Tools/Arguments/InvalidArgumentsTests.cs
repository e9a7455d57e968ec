using GptImage2.Mcp.Tests.Tools.Arguments.Generators;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Seeds;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

public sealed class InvalidArgumentsTests(McpServerFixture fixture, ITestOutputHelper output) : IClassFixture<McpServerFixture>
{
    private const int Seed = 20_261_122;

    private static readonly int Calls = GeneratedCases.Count(all: 2_000);
    private static readonly int Edits = GeneratedCases.Count(all: 600);
    private static readonly int Boards = GeneratedCases.Count(all: 300);

    private int _tried;
    private int _offered;

    [Fact]
    public async Task Every_tool_is_called_with_mistakes() =>
        InvalidCallGenerator.ToolNames.ShouldBe(
            (await fixture.Server.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.Name),
            ignoreOrder: true,
            $"add the tool's arguments to {nameof(InvalidCallGenerator)}");

    [Fact]
    public async Task Every_wrong_argument_is_named_and_no_other()
    {
        output.WriteLine($"Seed {Seed}");
        List<string> wrong = [];

        foreach (var call in InvalidCallGenerator.Generate(Seed, Calls))
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
        // The others lack a prompt or an image, which nobody can make up.
        ((double)_offered / _tried).ShouldBeGreaterThan(0.6, "refusals that end with the corrected call");
        var good = await fixture.CallAsync("generate_image", new InvalidCall("generate_image", new Random(Seed)).SetText("prompt", "fox").Set("dry_run", "true").Arguments);
        good.IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task Every_wrong_argument_of_an_edit_is_named_and_nothing_is_made() => await CheckAllAsync(InvalidCallGenerator.GenerateEdits(Seed, Edits));

    [Fact]
    public async Task Every_wrong_argument_of_a_board_is_named_and_nothing_is_made() => await CheckAllAsync(InvalidCallGenerator.GenerateBoards(Seed, Boards));

    private async Task CheckAllAsync(IEnumerable<InvalidCall> calls)
    {
        output.WriteLine($"Seed {Seed}");
        List<string> wrong = [];

        foreach (var call in calls)
        {
            try
            {
                await CheckRefusalAsync(call);
            }
            catch (Exception failure) when (failure is ShouldAssertException or ModelContextProtocol.McpException)
            {
                wrong.Add($"{call}\n  {failure.Message.ReplaceLineEndings(" ")}");
            }
        }

        wrong.ShouldBeEmpty();
        Directory.Exists(Path.Combine(fixture.Server.Root, ".inputs")).ShouldBeFalse();
    }

    private async Task<string> CheckRefusalAsync(InvalidCall call)
    {
        var result = await fixture.CallAsync(call.Tool, call.Arguments);

        var text = McpServerFixture.Text(result);
        result.IsError.ShouldBe(true, text);
        text.ShouldNotContain("An error occurred");
        text.ShouldNotContain("internal:");
        text.Length.ShouldBeLessThan(20_000);

        var complaints = ReportedViolation.ParseAll(text);
        complaints.Select(complaint => complaint.Argument).ShouldBe(call.ExpectedErrors, ignoreOrder: true, text);
        call.Correctable.Except(complaints.Where(complaint => complaint.Nearest is not null).Select(complaint => complaint.Argument)).ShouldBeEmpty(text);
        return text;
    }

    private async Task RefuseAsync(InvalidCall call)
    {
        var text = await CheckRefusalAsync(call);
        if (call.Tool is not "generate_image" && call.Random.Next(4) is not 0)
        {
            // Following the advice has its pitfalls among sizes and formats; a sample of the rest will do.
            return;
        }

        _tried++;
        if (ReportedViolation.FindCall(text) is var (tool, arguments))
        {
            _offered++;
            if (tool is "generate_image")
            {
                arguments["dry_run"] = JsonElement.Parse("true");
            }

            var corrected = await fixture.CallAsync(tool, arguments);
            corrected.IsError.ShouldNotBe(true, $"{text}\n  and then {McpServerFixture.Text(corrected)}");
        }
    }
}
