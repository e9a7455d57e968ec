using GptImage2.Generation.Spending;
using GptImage2.Testing.Scenario.Assets;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Edits.Templates;

/// <summary>The same at Scenario. Each test has a server of its own, because one may not ask more often than a project's limit allows.</summary>
public sealed class ScenarioTemplateTests
{
    /// <summary>What references are filled up with: each role at least once, and none of them the base.</summary>
    private static readonly string[] More = ["object", "environment", "style", "layout", "identity", "object", "style", "environment", "object"];

    public static TheoryData<string> Names() => [.. TemplateFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_the_fewest_arguments_each_call_is_one_run(string name) => await PlayAsync(name, all: false);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_all_arguments_each_call_is_one_run(string name) => await PlayAsync(name, all: true);

    [Theory]
    [InlineData("environment-kitbash", "layout materials pieces", "layout style object object object object object object object object")]
    [InlineData("product-mockup", "packshot mood", "object style")]
    [InlineData("game-asset-inpaint", "render concept", "base object")]
    [InlineData("character-turnaround", "reference", "identity")]
    [InlineData("character-scene", "turnaround hero place", "identity style environment")]
    public async Task Ten_references_arrive_in_order_with_their_roles_and_are_uploaded_once(string name, string images, string roles)
    {
        await using var stage = await ScenarioTemplateRunner.StartAsync();
        var pictures = stage.PutTen();
        var (tool, call, expected) = FillUp(await stage.PromptAsync(name, Name(images, pictures)), pictures, roles.Split(' '));

        await stage.CallAsync(tool, call.ToJsonString());
        call["fresh"] = true;
        await stage.CallAsync(tool, call.ToJsonString());

        ScenarioOrder[] orders = [.. stage.Service.Runs.Select(run => run.Order)];
        orders.Length.ShouldBe(2);
        orders[0].References.Skip(1).Select(image => image.Size.Width).ShouldBe(Enumerable.Range(321, 9));
        orders[0].References[0].Size.ShouldBe(orders[0].Mask?.Size ?? new(320, 240));
        ReadRoles(orders[0].Prompt).ShouldBe(expected);
        orders[1].References.Select(image => image.Id).ShouldBe(orders[0].References.Select(image => image.Id));
        orders[1].Mask?.Id.ShouldBe(orders[0].Mask!.Id);
        Uploads(stage).Length.ShouldBe(tool is "inpaint_region" ? 11 : 10);
        await CheckBooksAsync(stage, runs: 2);
    }

    private static async Task PlayAsync(string name, bool all)
    {
        await using var stage = await ScenarioTemplateRunner.StartAsync();

        var drawn = await stage.RunCallsAsync(await stage.PromptAsync(name, all));

        drawn.ShouldBeGreaterThan(0);
        await CheckBooksAsync(stage, drawn);
    }

    /// <summary>Every run was asked for once, nothing was refused or uploaded twice, and both sides name the same price.</summary>
    private static async Task CheckBooksAsync(ScenarioTemplateRunner stage, int runs)
    {
        stage.Service.Refusals.ShouldBeEmpty();
        (stage.Service.Runs.Count, stage.Service.Of(ScenarioRoute.Run).Count).ShouldBe((runs, runs));
        Uploads(stage).Select(upload => Convert.ToHexString(SHA256.HashData(upload.Bytes))).ShouldBeUnique();
        Uploads(stage).ShouldAllBe(upload => upload.IsHidden);

        LedgerEntry[] paid = [.. (await stage.ReadLedgerAsync()).Where(entry => entry.Credits is not null)];
        paid.Select(entry => entry.Credits!.Value).ShouldBe(stage.Service.Runs.Select(run => run.Cost), ignoreOrder: true);
        paid.ShouldAllBe(entry => entry.Certainty == CostCertainty.Known && entry.Actual == (long)(entry.Credits!.Value * ScenarioTemplateRunner.UsdPerCredit * 1_000_000));
        paid.Sum(entry => entry.Credits).ShouldBe(stage.Service.Charged);
    }

    private static StoredAsset[] Uploads(ScenarioTemplateRunner stage) => [.. stage.Service.Assets.Where(asset => asset.IsUploaded)];

    /// <summary>The template's arguments: the images in the order of the pictures, what is left of them where it takes a list, and words.</summary>
    private static Dictionary<string, string> Name(string images, string[] pictures)
    {
        var arguments = images.Split(' ').Zip(pictures).ToDictionary(pair => pair.First, pair => pair.Second);
        if (arguments.ContainsKey("pieces"))
        {
            arguments["pieces"] = string.Join('\n', pictures[2..]);
        }

        foreach (var (image, words) in (ReadOnlySpan<(string, string[])>)[
            ("layout", ["scene"]), ("render", ["target", "replacement"]), ("reference", ["character"]), ("turnaround", ["character", "scene"])])
        {
            foreach (var word in arguments.ContainsKey(image) ? words : [])
            {
                arguments[word] = "the red harbour";
            }
        }

        if (arguments.ContainsKey("render"))
        {
            arguments["mask"] = "mask.png";
        }

        return arguments;
    }

    /// <summary>The call that draws, with further references until there are ten images, as an agent adds them.</summary>
    private static (string Tool, JsonObject Call, string[] Roles) FillUp(string text, string[] pictures, string[] roles)
    {
        var (tool, arguments) = TemplateRunner.ReadCalls(text).Single(call => call.Arguments.Contains("\"references\"", StringComparison.Ordinal));
        var call = JsonNode.Parse(arguments)!.AsObject();
        string[] added = [.. More.Take(pictures.Length - roles.Length)];
        foreach (var (picture, role) in pictures[roles.Length..].Zip(added))
        {
            call["references"]!.AsArray().Add((JsonNode)new JsonObject { ["image"] = picture, ["role"] = role });
        }

        return (tool, call, [.. roles, .. added]);
    }

    /// <summary>What the prompt says of each image, by the number of the image.</summary>
    private static string[] ReadRoles(string prompt) => [.. prompt.Split('\n').TakeWhile(line => line is not "").Select((line, index) =>
        new[] { ("base", "the image to edit."), ("identity", "an identity lock."), ("style", "the style."), ("environment", "the environment."), ("layout", "the layout."), ("object", "an object to show.") }
            .Single(role => line.StartsWith($"Image {index + 1} is {role.Item2}", StringComparison.Ordinal)).Item1)];
}
