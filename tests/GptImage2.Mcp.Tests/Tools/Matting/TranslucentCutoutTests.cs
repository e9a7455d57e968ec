using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Tools.Matting;

/// <summary>What is see-through, drawn without a key: the sketch of it is really translucent. What is sent to a service is tested with edits.</summary>
public sealed class TranslucentCutoutTests
{
    private static readonly Dictionary<string, object?> Glass = new() { ["prompt"] = "a blue glass bottle", ["cutout"] = "translucent", ["view"] = "none" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("generate_image", """{"prompt": "a blue glass bottle", "cutout": "translucent", "width": 1024, "height": 640, "view": "none"}""")]
    [InlineData("edit_with_references", """{"prompt": "as a glass bottle", "references": [{"image": "$id"}], "cutout": "translucent", "width": 1024, "height": 640, "view": "none"}""")]
    public async Task A_sketch_is_solved_from_its_two_pictures_and_lets_its_background_through(string tool, string arguments)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var fox = (await server.MakeAsync(McpCallExtensions.Fox)).Images[0];

        var made = await server.CallAsync(tool, arguments.Replace("$id", fox, StringComparison.Ordinal));

        made.Json.GetProperty("job").GetProperty("status").GetString().ShouldBe("done");
        made.Text.ShouldNotContain("was cut out by");
        using var cut = Image.Open(EncodedImage.FromFile(made.Json.GetProperty("images")[0].GetProperty("path").GetString()!));
        byte[] alpha = [.. cut.ToRgbaBytes().Where((_, place) => place % 4 is 3)];
        alpha[0].ShouldBe((byte)0);
        alpha.Count(value => value is > 90 and < 200).ShouldBeGreaterThan(alpha.Length / 10, "the glass");
        alpha.Count(value => value is > 4 and < 90).ShouldBeGreaterThan(alpha.Length / 20, "the glow");
        alpha.Count(value => value > 245).ShouldBeGreaterThan(alpha.Length / 50, "the words");
    }

    [Fact]
    public async Task A_dry_run_says_that_two_pictures_are_drawn_and_prices_both()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var two = await server.MakeAsync(new(Glass) { ["dry_run"] = true });
        var one = await server.MakeAsync(new(Glass) { ["cutout"] = true, ["dry_run"] = true });

        two.Text.ShouldContain("cutout translucent draws and bills two pictures, the subject on white and the same on black; prices are for both.");
        one.Text.ShouldNotContain("two pictures");
        Price(two).ShouldBeInRange(Price(one) * 1.9m, Price(one) * 2.4m);

        static decimal Price(ModelContextProtocol.Protocol.CallToolResult plan) => plan.Json.GetProperty("cost").GetProperty("with_key_high").GetDecimal();
    }

    [Fact]
    public async Task It_is_no_duplicate_of_a_cut_out_by_the_backdrop()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var translucent = await server.MakeAsync(Glass);
        var keyed = await server.MakeAsync(new(Glass) { ["cutout"] = true });

        keyed.Json.GetProperty("job").GetProperty("id").GetString().ShouldNotBe(translucent.Json.GetProperty("job").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Its_recipe_is_the_call_that_draws_two_pictures_again()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var made = await server.MakeAsync(Glass);

        var recipe = (await server.UseAsync("view_image", new() { ["image"] = made.Images[0], ["recipe"] = true })).Text;

        recipe.ShouldContain(", cutout translucent.");
        recipe.ShouldContain("\"cutout\":\"translucent\"");
    }

    [Theory]
    [InlineData("Translucent")]
    [InlineData("TRANSLUCENT ")]
    public async Task Another_spelling_is_understood(string written)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        (await server.MakeAsync(new(Glass) { ["cutout"] = written, ["dry_run"] = true })).Text.ShouldContain("two pictures");
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("yes", false)]
    [InlineData(1, false)]
    [InlineData("no", true)]
    public async Task Flags_in_other_words_stay_flags(object written, bool isWhole)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var plan = (await server.MakeAsync(new(Glass) { ["cutout"] = written, ["dry_run"] = true })).Text;

        plan.ShouldNotContain("two pictures");
        plan.Contains("The subject stands alone", StringComparison.Ordinal).ShouldBe(!isWhole);
    }
}
