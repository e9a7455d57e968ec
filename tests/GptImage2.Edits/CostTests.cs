using GptImage2.Edits.Hosts;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;

namespace GptImage2.Edits;

/// <summary>What an edit is said to cost before, and what it costs after.</summary>
public sealed class CostTests
{
    [Theory]
    [InlineData("17x33", 1)]
    [InlineData("341x512", 1)]
    [InlineData("160x120", 2)]
    [InlineData("1024x1024", 1)]
    [InlineData("1179x2556", 1)]
    [InlineData("3000x2000", 1)]
    [InlineData("2400x200", 1)]
    [InlineData("100x1200", 1)]
    public async Task The_bill_lies_within_the_estimate(string size, int count)
    {
        await using var client = await ServerHost.StartAsync();
        client.Put("a.png", PngEncoder.Gradient(Dimensions.Parse(size, null), 1));
        var arguments = $$"""{"prompt": "a hat on Image 1, and behind it the place of Image 2", "references": [{"image": "a.png", "role": "base"}, {"image": "a.png", "role": "environment"}], "width": 1024, "height": 640, "count": {{count}}, "quality": "low", "view": "none"}""";

        var estimate = (await client.CallAsync("edit_with_references", $"{arguments[..^1]}, \"dry_run\": true}}")).GetProperty("cost");
        var made = await client.CallAsync("edit_with_references", arguments);

        var (low, high) = (estimate.GetProperty("estimate_low").GetDecimal(), estimate.GetProperty("estimate_high").GetDecimal());
        made.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBeInRange(low, high);
        made.GetProperty("usage").GetProperty("image_in").GetInt64().ShouldBe(TokenPricing.ImageTokens(client.Service.Orders.Single(), count));
    }

    [Theory]
    [InlineData("160x120")]
    [InlineData("5000x200")]
    public async Task The_bill_of_a_part_is_never_above_the_estimate(string size)
    {
        await using var client = await ServerHost.StartAsync();
        client.Service.DrawImage = EditSimulator.Draw;
        client.Put("a.png", PngEncoder.Gradient(Dimensions.Parse(size, null), 1));

        var made = await client.CallAsync("inpaint_region", """{"prompt": "a hat", "image": "a.png", "region": {"x": 0.4, "y": 0.2, "width": 0.1, "height": 0.5}, "references": [{"image": "a.png", "role": "style"}], "quality": "low", "view": "none"}""");

        made.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBeLessThanOrEqualTo(made.GetProperty("cost").GetProperty("estimate_high").GetDecimal());
    }

    [Theory]
    [InlineData("edit_with_references", """{"prompt": "x", "references": [{"image": "a.png"}], "view": "none"}""")]
    [InlineData("inpaint_region", """{"prompt": "x", "image": "a.png", "region": {"x": 0, "y": 0, "width": 0.5, "height": 0.5}, "view": "none"}""")]
    public async Task Above_the_cap_nothing_is_kept_or_sent(string tool, string arguments)
    {
        await using var client = await ServerHost.StartAsync(("GPTIMAGE2_SPENDING__PERCALLUSD", "0.01"));
        client.Put("a.png", 1);

        var refused = await client.CallAsync(tool, arguments);

        refused.GetProperty("failure").GetProperty("code").GetString().ShouldBe("spending_refused");
        client.Service.Requests.ShouldBeEmpty();
        Directory.EnumerateFiles(client.Root, "*.png", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_result_calls_the_prompt_is_what_the_service_got()
    {
        await using var client = await ServerHost.StartAsync();
        client.Put("a.png", 1);

        var made = await client.CallAsync("edit_with_references", """{"prompt": "A \"hat\"\n on Image 2 — ☂", "references": [{"image": "a.png", "role": "style", "note": "Only its palette."}, {"image": "a.png", "role": "base"}], "view": "none"}""");

        client.Service.Orders.ShouldHaveSingleItem().Prompt.ShouldBe(made.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task An_image_is_sent_as_large_as_the_service_looks_at_it_unless_all_of_it_is_wanted()
    {
        await using var client = await ServerHost.StartAsync();
        client.Put("large.png", PngEncoder.Gradient(new Dimensions(2400, 1600), 1));

        await client.CallAsync("edit_with_references", """{"prompt": "x", "references": [{"image": "large.png"}, {"image": "large.png", "full_size": true}], "view": "none"}""");

        var images = client.Service.Orders.ShouldHaveSingleItem().Images;
        images.Select(image => image.Part).ShouldBe(["image[]", "image[]"]);
        images[0].Size.Width.ShouldBeInRange(1400, 1550);
        images[1].Size.ShouldBe(new Dimensions(2400, 1600));
        TokenPricing.ImageTokens(images[0].Size).ShouldBe(TokenPricing.ImageTokens(images[1].Size));
    }
}
