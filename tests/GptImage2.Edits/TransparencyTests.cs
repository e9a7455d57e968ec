using GptImage2.Edits.Hosts;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Edits;

/// <summary>Models that say they draw transparency, and what their service really answers.</summary>
public sealed class TransparencyTests
{
    private const string Transparent = """{"prompt": "a fox", "width": 1024, "height": 640, "background": "transparent", "view": "none"}""";
    private const string Cutout = """{"prompt": "a fox", "width": 1024, "height": 640, "cutout": true, "view": "none"}""";
    private const string Flare = "gpt-image-2.5-flare";

    private static readonly ScriptedResponse Refused = ScriptedResponse.Error(400, "invalid_value", "Transparent background is not supported for this model.", "image_generation_user_error", "background");

    [Theory]
    [InlineData(Transparent)]
    [InlineData(Cutout)]
    public async Task Real_alpha_is_measured_and_left_as_it_came(string arguments)
    {
        await using var client = await StartAsync();

        var made = await client.CallAsync("generate_image", arguments);

        client.Service.Orders.ShouldHaveSingleItem().Background.ShouldBe("transparent");
        // The stand-in leaves the outer quarters clear.
        made.GetProperty("images")[0].GetProperty("see_through").GetDouble().ShouldBe(0.5, 0.001);
        ServerHost.Warnings(made).ShouldMatch(@"^Image img_\w+: the subject is cropped by the border: top \(50 % of it\), bottom \(50 % of it\)\.[^\n]*$");
        Directory.EnumerateFiles(client.Root, "*.png", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_painted_checkerboard_is_reported()
    {
        await using var client = await StartAsync();
        client.Service.DrawImage = (order, _) => Draw(order.Size, (x, y) => ((x / 16) + (y / 16)) % 2 is 0 ? [255, 255, 255] : [204, 204, 204]);

        var made = await client.CallAsync("generate_image", Transparent);

        ServerHost.Warnings(made).ShouldContain("is not transparent: a checkerboard was painted instead");
        made.GetProperty("images")[0].GetProperty("see_through").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task A_checkerboard_that_cannot_be_cut_is_delivered_with_the_truth()
    {
        await using var client = await StartAsync();
        client.Service.DrawImage = (order, _) => Draw(order.Size, (x, y) => ((x / 16) + (y / 16)) % 2 is 0 ? [255, 255, 255] : [204, 204, 204]);

        var made = await client.CallAsync("generate_image", Cutout);

        ServerHost.Status(made).ShouldBe("done");
        ServerHost.Warnings(made).ShouldContain("keeps its background");
        ServerHost.Warnings(made).ShouldNotContain("is not transparent", Case.Sensitive, "the refusal says all there is to say");
        ServerHost.Warnings(made).ShouldNotContain("Nothing was spent");
        made.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBePositive();
    }

    [Fact]
    public async Task An_opaque_answer_is_cut_out_here_and_drawn_once()
    {
        await using var client = await StartAsync();
        client.Service.DrawImage = OnGreen;

        var made = await client.CallAsync("generate_image", Cutout);

        client.Service.Requests.Count.ShouldBe(1);
        made.GetProperty("images")[0].GetProperty("see_through").GetDouble().ShouldBeInRange(0.8, 0.95);
        ServerHost.Warnings(made).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gpt-image-2", Transparent)]
    [InlineData(Flare, Transparent)]
    [InlineData(Flare, Cutout)]
    public async Task Where_the_service_refuses_it_the_subject_is_drawn_on_a_background_once_and_cut_out(string model, string arguments)
    {
        await using var client = await StartAsync(model);
        client.Service.Enqueue(Refused);
        client.Service.DrawImage = OnGreen;

        var made = await client.CallAsync("generate_image", arguments);

        client.Service.Orders.Select(order => order.Background).ShouldBe(["transparent", "opaque"]);
        client.Service.Orders[1].Prompt.ShouldStartWith("a fox\n\nThe subject stands alone");
        made.GetProperty("prompt").GetString().ShouldBe(client.Service.Orders[1].Prompt);
        made.GetProperty("images")[0].GetProperty("see_through").GetDouble().ShouldBeInRange(0.8, 0.95);
        ServerHost.Warnings(made).ShouldContain("the service refused transparent for this model (nothing was billed), so the subject was drawn on a plain backdrop and cut out.");
    }

    [Fact]
    public async Task An_edit_that_is_refused_sends_the_same_images_again()
    {
        await using var client = await StartAsync();
        client.Put("a.png", 1);
        client.Service.Enqueue(Refused);
        client.Service.DrawImage = OnGreen;

        var made = await client.CallAsync("edit_with_references", """{"prompt": "a fox", "references": [{"image": "a.png"}, {"image": "a.png", "role": "style"}], "width": 1024, "height": 640, "background": "transparent", "format": "webp", "view": "none"}""");

        ServerHost.Status(made).ShouldBe("done");
        made.GetProperty("images")[0].GetProperty("format").GetString().ShouldBe("webp");
        client.Service.Orders.Select(order => order.Format).ShouldBe(["webp", "png"]);
        client.Service.Orders[1].Images.Select(image => image.Bytes.ToArray()).ShouldBe(client.Service.Orders[0].Images.Select(image => image.Bytes.ToArray()));
    }

    [Fact]
    public async Task A_second_refusal_of_another_kind_is_reported_as_it_is()
    {
        await using var client = await StartAsync();
        client.Service.Enqueue(Refused, ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system.", "image_generation_user_error"));

        var failed = await client.CallAsync("generate_image", Transparent);

        client.Service.Requests.Count.ShouldBe(2);
        failed.GetProperty("failure").GetProperty("code").GetString().ShouldBe("content_rejected");
        failed.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("no");
    }

    [Fact]
    public async Task There_is_no_third_request()
    {
        await using var client = await StartAsync();
        client.Service.Enqueue(Refused, Refused);

        var failed = await client.CallAsync("generate_image", Transparent);

        client.Service.Requests.Count.ShouldBe(2);
        failed.GetProperty("failure").GetProperty("argument").GetString().ShouldBe("background");
    }

    [Fact]
    public async Task Another_refusal_is_no_reason_to_ask_again()
    {
        await using var client = await StartAsync();
        client.Service.Enqueue(ScriptedResponse.Error(400, "invalid_value", "Bad size.", "image_generation_user_error", "size"));

        var failed = await client.CallAsync("generate_image", Transparent);

        client.Service.Requests.Count.ShouldBe(1);
        failed.GetProperty("failure").GetProperty("argument").GetString().ShouldBe("width and height");
    }

    [Fact]
    public async Task A_format_without_transparency_is_refused_in_the_callers_own_words()
    {
        await using var client = await StartAsync();

        var refused = await client.CallAsync("generate_image", """{"prompt": "a fox", "cutout": true, "format": "jpeg"}""");

        refused.GetProperty("summary").GetString().ShouldBe("format: expected png or webp with cutout (jpeg has no transparency) but received jpeg. Nearest legal: png.\nCall: generate_image {\"prompt\":\"a fox\",\"cutout\":true,\"format\":\"png\"}");
    }

    private static Task<ServerHost> StartAsync(string model = Flare) => ServerHost.StartAsync(("GPTIMAGE2_MODEL", model));

    private static byte[] OnGreen(ImageOrder order, int index) =>
        Draw(order.Size, (x, y) => ((x - 512) * (x - 512)) + ((y - 320) * (y - 320)) < 22_500 ? [200, 40, 30] : [0, 177, 64]);

    private static byte[] Draw(Dimensions size, Func<int, int, byte[]> paint)
    {
        var pixels = new PngPixels(size, new byte[size.PixelCount * 4]);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                paint(x, y).CopyTo(pixels[x, y]);
            }
        }

        return pixels.Encode(alpha: false);
    }
}
