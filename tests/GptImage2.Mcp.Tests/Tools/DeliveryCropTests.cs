using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;

namespace GptImage2.Mcp.Tests.Tools;

/// <summary>What is cut away, and what is said about it, where the canvas has another shape than the size to deliver.</summary>
public sealed class DeliveryCropTests(McpServerFixture server) : IClassFixture<McpServerFixture>
{
    private const string SafeArea = "The top 7.8 % and the bottom 7.8 % of the image will be cut away: keep everything that matters, faces and words above all, between them.";
    private const string Note = "resize_to 1920x1080: of the canvas 1536x1024, 16 % of the height: 7.8 % at the top and 7.8 % at the bottom is cut away.";

    [Fact]
    public async Task The_plan_the_result_and_the_prompt_as_sent_say_how_much_of_which_side_goes()
    {
        var plan = await server.Server.CallAsync("generate_image", """{"prompt": "a poster", "preset": "landscape", "resize_to": "1920x1080", "dry_run": true}""");
        var made = await server.Server.CallAsync("generate_image", """{"prompt": "a poster", "preset": "landscape", "resize_to": "1920x1080"}""");

        plan.Text.ShouldContain(Note);
        plan.Json.GetProperty("prompt").GetString().ShouldBe($"a poster\n\n{SafeArea}");
        made.Text.ShouldContain(Note);
        made.Json.GetProperty("prompt").GetString()!.ShouldEndWith(SafeArea);
    }

    [Theory]
    [InlineData("""{"prompt": "a poster", "resize_to": "1920x1080", "dry_run": true}""")]
    [InlineData("""{"prompt": "a poster", "resize_to": "1000x1500", "dry_run": true}""")]
    [InlineData("""{"prompt": "a poster", "resize_to": "1366x768", "dry_run": true}""")]
    public async Task A_canvas_of_the_right_shape_loses_nothing_worth_a_word(string arguments)
    {
        var plan = await server.Server.CallAsync("generate_image", arguments);

        plan.Text.ShouldNotContain("cut away");
        plan.Json.TryGetProperty("prompt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task More_than_a_quarter_is_refused_with_the_canvas_that_fits()
    {
        var refused = await server.Server.CallAsync("generate_image", """{"prompt": "a poster", "preset": "wide_4k", "resize_to": "1080x1920"}""");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldStartWith("resize_to: expected a canvas of about that shape (resize_to alone chooses one) but received 1080x1920 on a canvas of 3840x2160, which would cut away 68 % of the width");
        refused.Text.ShouldEndWith("""Call: generate_image {"prompt":"a poster","resize_to":"1080x1920"}""");
    }

    [Fact]
    public async Task A_result_of_another_size_than_its_base_names_both()
    {
        server.Server.PutIntoInbox("base.png", PngEncoder.Gradient(new(320, 200), 1));

        var other = await server.Server.CallAsync("edit_with_references", """{"prompt": "at night", "references": [{"image": "base.png", "role": "base"}], "preset": "landscape"}""");
        var same = await server.Server.CallAsync("edit_with_references", """{"prompt": "at night", "references": [{"image": "base.png", "role": "base"}]}""");

        other.Text.ShouldContain("The base is 320x200, the result 1536x1024.");
        same.Text.ShouldContain(" 320x200 png");
        same.Text.ShouldNotContain("The base is");
    }
}
