using GptImage2.Edits.Hosts;
using GptImage2.Edits.Tools;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;

namespace GptImage2.Edits.Repairs;

/// <summary>Wrong calls against the strict stand-in: each does what was meant, or following the call at the end of its refusal does, and nothing else is billed.</summary>
public sealed class CallRepairTests(ITestOutputHelper output)
{
    private const double WantedShare = 0.95;

    private static readonly string[] FreeTools = ["view_image", "list_images", "list_presets", "check_job", "remove_background_hint", "remove_background", "compose_board"];

    [Fact]
    public async Task Following_the_call_at_the_end_of_a_refusal_succeeds_and_nothing_unwanted_is_billed()
    {
        await using var client = await ServerHost.StartAsync();
        client.Put("photo.png", 1);
        client.Put("mira-turnaround.png", 2);
        client.Put("disc.png", EditToolsFixture.Disc.Encode(alpha: false));
        var first = await client.CallAsync("generate_image", """{"prompt": "the lighthouse at dusk", "view": "none"}""");
        var calls = WrongCallGrammar.Create(first.GetProperty("images")[0].GetProperty("id").GetString()!);
        List<string> failed = [];

        foreach (var call in calls)
        {
            if (await FindProblemAsync(client, call) is { } problem)
            {
                failed.Add($"{call}\n    {problem.ReplaceLineEndings("\n    ")}");
            }
        }

        output.WriteLine($"{calls.Count} calls, {failed.Count} without a way on");
        failed.ForEach(output.WriteLine);
        calls.Count.ShouldBeGreaterThan(300);
        (calls.Count - failed.Count).ShouldBeGreaterThanOrEqualTo((int)(WantedShare * calls.Count), string.Join('\n', failed));
    }

    /// <returns>Why neither the call nor its repair does what was meant; null where one does.</returns>
    private static async Task<string?> FindProblemAsync(ServerHost client, WrongCall call)
    {
        var billed = CountBilled(client);
        var answer = await client.CallRawAsync(call.Tool, call.Arguments);
        if (answer.IsError is not true)
        {
            var made = CountBilled(client) - billed;
            made.ShouldBe(FreeTools.Contains(call.Tool) ? 0 : call.Means ?? -1, $"{call}: billed without having been meant so\n{answer.Text}");
            return call.Size is { } size && ReadSize(answer.Json) != size ? $"made {ReadSize(answer.Json)} instead of {size}" : null;
        }

        CountBilled(client).ShouldBe(billed, $"{call}: refused, and billed");
        if (answer.Text.Split("\nCall: ") is not [_, var corrected])
        {
            return answer.Text;
        }

        var (tool, arguments) = (corrected.Split(' ')[0], corrected[corrected.IndexOf('{', StringComparison.Ordinal)..]);
        var followed = await client.CallRawAsync(tool, arguments);
        var meant = FreeTools.Contains(tool) ? 0 : CountMeant(arguments);
        (CountBilled(client) - billed).ShouldBe(followed.IsError is true ? 0 : meant, $"{call}\n{corrected}\n{followed.Text}");
        return followed.IsError is true ? $"{answer.Text}\nand then {followed.Text}" : null;
    }

    private static int CountMeant(string arguments)
    {
        var call = JsonElement.Parse(arguments);
        return call.TryGetProperty("dry_run", out var dry) && dry.GetBoolean() ? 0 : call.TryGetProperty("count", out var count) ? count.GetInt32() : 1;
    }

    private static int CountBilled(ServerHost client) => client.Service.Orders.Sum(order => order.Count);

    private static Dimensions? ReadSize(JsonElement result) =>
        result.GetProperty("images") is var images && images.GetArrayLength() > 0 ? new Dimensions(images[0].GetProperty("width").GetInt32(), images[0].GetProperty("height").GetInt32()) : null;
}
