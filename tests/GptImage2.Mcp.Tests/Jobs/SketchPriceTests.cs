using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;

namespace GptImage2.Mcp.Tests.Jobs;

/// <summary>Without a key, a dry run says what the call would cost with one.</summary>
public sealed class SketchPriceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_prices_the_model_itself()
    {
        await using var sketching = await McpHost.StartAsync(cancellationToken: Cancellation);
        await using var real = await McpHost.StartAsync([("OPENAI_API_KEY", "sk-none"), ("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")], cancellationToken: Cancellation);
        Dictionary<string, object?> call = new() { ["prompt"] = "four foxes", ["preset"] = "wide_4k", ["quality"] = "high", ["count"] = 4, ["dry_run"] = true };

        var (sketch, priced) = (await sketching.MakeAsync(call), await real.MakeAsync(call));

        sketch.Text.ShouldContain("Free as a sketch; with a key about $1.60.");
        sketch.Text.ShouldEndWith("Call again without dry_run to make it.");
        var (free, billed) = (sketch.Json.GetProperty("cost"), priced.Json.GetProperty("cost"));
        free.GetProperty("unit").GetString().ShouldBe("none");
        free.GetProperty("with_key_low").GetDecimal().ShouldBe(billed.GetProperty("estimate_low").GetDecimal());
        free.GetProperty("with_key_high").GetDecimal().ShouldBe(billed.GetProperty("estimate_high").GetDecimal());
        free.TryGetProperty("with_key_refused", out _).ShouldBeFalse();
        billed.TryGetProperty("with_key_low", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("GPTIMAGE2_SPENDING__PERCALLUSD", "2", 6, "up to $2.40", "is above the cap of $2.00 a call")]
    [InlineData("GPTIMAGE2_SPENDING__DAILYUSD", "0.5", 2, "up to $0.80", "after $0.00 today is above the cap of $0.50 a day")]
    public async Task It_says_which_cap_would_refuse_the_call(string setting, string cap, int count, string price, string why)
    {
        await using var server = await McpHost.StartAsync([(setting, cap)], cancellationToken: Cancellation);

        var plan = await server.MakeAsync(new() { ["prompt"] = "foxes", ["preset"] = "wide_4k", ["quality"] = "high", ["count"] = count, ["dry_run"] = true });
        var made = await server.MakeAsync(new() { ["prompt"] = "foxes", ["quality"] = "low" });

        plan.IsError.ShouldNotBe(true);
        plan.Text.ShouldMatch($"with a key about .*, and it would be refused: {Regex.Escape(price)}\\d* {Regex.Escape(why)}\\.");
        plan.Text.ShouldNotContain("Call again");
        plan.Json.GetProperty("cost").GetProperty("with_key_refused").GetString()!.ShouldStartWith(price);
        made.IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task A_model_without_a_price_is_not_promised_one()
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_MODEL", "mystery-1")], cancellationToken: Cancellation);

        var plan = await server.MakeAsync(new(McpCallExtensions.Fox) { ["dry_run"] = true });

        plan.Text.ShouldContain("with a key at an unknown price, and it would be refused: its price is unknown, and a spending cap is set.");
    }

    [Fact]
    public async Task What_this_machine_does_costs_nothing_with_a_key_too()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        byte[] Paint(int pixel) => pixel % 96 is >= 30 and < 66 && pixel / 96 is >= 30 and < 66 ? [200, 40, 30, 255] : [0, 177, 64, 255];
        server.PutIntoInbox("photo.png", new PngPixels(new Dimensions(96, 96), [.. Enumerable.Range(0, 96 * 96).SelectMany(Paint)]).Encode(alpha: false));

        var plan = await server.UseAsync("remove_background", new() { ["image"] = "photo.png", ["dry_run"] = true });

        plan.Text.ShouldContain("It costs nothing.");
        plan.Text.ShouldNotContain("with a key");
    }

    [Theory]
    [InlineData("quality-and-cost")]
    [InlineData("model-limits")]
    public async Task The_sentence_of_a_sketch_is_about_images_and_not_in_guides(string guide)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var made = await server.MakeAsync(McpCallExtensions.Fox);
        var read = await server.UseAsync("list_presets", new() { ["topic"] = guide });

        Regex.Count(made.Text, "SKETCH").ShouldBe(1);
        made.Text.Split('\n')[0].Length.ShouldBeLessThanOrEqualTo(70);
        read.Text.ShouldNotContain("SKETCH", Case.Sensitive);
        read.Text.ShouldContain("sketches");
    }
}
