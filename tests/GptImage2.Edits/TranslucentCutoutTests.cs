using GptImage2.Edits.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Edits;

/// <summary>What is see-through is drawn on white, then again on black, and solved; where that fails, the first picture is there all the same.</summary>
public sealed class TranslucentCutoutTests
{
    private const string Glass = """{"prompt": "a pane of glass", "width": 1024, "height": 640, "cutout": "translucent", "view": "none"}""";

    private static readonly ScriptedResponse Moderated = ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system.", "image_generation_user_error");

    [Fact]
    public async Task Two_requests_are_sent_the_second_an_edit_of_the_first_and_alpha_is_solved_from_both()
    {
        await using var client = await StartAsync();

        var made = await client.CallAsync("generate_image", Glass);

        var (first, second) = (client.Service.Orders[0], client.Service.Orders[1]);
        client.Service.Requests.Count.ShouldBe(2);
        first.Images.ShouldBeEmpty();
        first.Prompt.ShouldStartWith("a pane of glass\n\nThe subject stands alone");
        first.Prompt.ShouldContain("pure white (#FFFFFF)");
        second.Images.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe(TranslucentPane.Draw(first, 0));
        second.Prompt.ShouldStartWith("Image 1 is the picture to repeat.");
        (second.Size, second.Quality, second.Background, second.Format).ShouldBe((first.Size, first.Quality, first.Background, first.Format));

        ServerHost.Status(made).ShouldBe("done");
        made.GetProperty("images").GetArrayLength().ShouldBe(1);
        ServerHost.Warnings(made).ShouldContain("draws and bills two pictures");
        ServerHost.Warnings(made).ShouldNotContain("was cut out by");
        var cut = await ReadAsync(made);
        ((int)cut[300, 200][3]).ShouldBeInRange(101, 103, "0.4 of 255");
        cut[512, 320].ToArray().ShouldBe([200, 40, 30, 255]);
        ((int)cut[10, 10][3]).ShouldBe(0);
        Directory.EnumerateFiles(client.Root, "*.png", SearchOption.AllDirectories).Count().ShouldBe(3, "both pictures stay");
    }

    [Fact]
    public async Task The_price_of_both_is_known_before_and_the_cost_is_the_sum_of_both()
    {
        await using var client = await StartAsync();

        var one = (await client.CallAsync("generate_image", DryRun(Glass.Replace("\"translucent\"", "true", StringComparison.Ordinal)))).GetProperty("cost");
        var planned = await client.CallAsync("generate_image", DryRun(Glass));
        client.Service.Requests.ShouldBeEmpty();
        var made = (await client.CallAsync("generate_image", Glass)).GetProperty("cost");

        var estimate = planned.GetProperty("cost");
        planned.GetProperty("summary").GetString()!.ShouldContain("cutout translucent draws and bills two pictures");
        estimate.GetProperty("estimate_low").GetDecimal().ShouldBeGreaterThan(one.GetProperty("estimate_low").GetDecimal() * 1.9m);
        made.GetProperty("actual").GetDecimal().ShouldBe(client.Service.Billing.BilledMicroUsd / 1_000_000m, 0.000_01m);
        made.GetProperty("actual").GetDecimal().ShouldBeInRange(estimate.GetProperty("estimate_low").GetDecimal(), estimate.GetProperty("estimate_high").GetDecimal());
    }

    [Fact]
    public async Task A_cap_between_one_picture_and_two_refuses_before_anything_is_sent()
    {
        await using var client = await StartAsync(("GPTIMAGE2_SPENDING__PERCALLUSD", "0.05"));

        var refused = await client.CallAsync("generate_image", Glass);
        var allowed = await client.CallAsync("generate_image", Glass.Replace("\"translucent\"", "true", StringComparison.Ordinal));

        refused.GetProperty("failure").GetProperty("code").GetString().ShouldBe("spending_refused");
        allowed.GetProperty("job").GetProperty("status").GetString().ShouldBe("done");
        client.Service.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_picture_that_is_refused_leaves_the_first_cut_by_its_backdrop_and_says_so()
    {
        await using var client = await StartAsync();
        client.Service.SelectResponse = order => TranslucentPane.IsSecond(order) ? Moderated : null;

        var made = await client.CallAsync("generate_image", Glass);

        ServerHost.Status(made).ShouldBe("done");
        client.Service.Requests.Count.ShouldBe(2);
        ServerHost.Warnings(made).ShouldContain("The second picture, on black, could not be drawn");
        ServerHost.Warnings(made).ShouldContain("It was not billed; the first is.");
        ServerHost.Warnings(made).ShouldContain("was cut out by its white backdrop alone");
        made.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBe(client.Service.Billing.BilledMicroUsd / 1_000_000m, 0.000_01m);
        var cut = await ReadAsync(made);
        ((int)cut[10, 10][3]).ShouldBe(0);
        ((int)cut[512, 320][3]).ShouldBe(255);
    }

    [Fact]
    public async Task A_second_picture_whose_answer_is_lost_is_never_asked_for_again_and_counts_as_what_it_may_cost()
    {
        await using var client = await StartAsync();
        client.Service.SelectResponse = order => TranslucentPane.IsSecond(order) ? ScriptedResponse.Disconnect : null;

        var made = await client.CallAsync("generate_image", Glass);

        ServerHost.Status(made).ShouldBe("done");
        client.Service.Orders.Count.ShouldBe(2);
        ServerHost.Warnings(made).ShouldContain("It may be billed; the first is.");
        made.GetProperty("cost").TryGetProperty("actual", out _).ShouldBeFalse("what the second costs is not known");
        made.GetProperty("images").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_in_its_second_picture_still_gives_the_first()
    {
        await using var client = await StartAsync(("GPTIMAGE2_JOBS__WAITSECONDS", "0"), ("GPTIMAGE2_JOBS__ONCANCEL", "abort"));
        client.Service.SelectResponse = order => TranslucentPane.IsSecond(order) ? new ScriptedResponse { StartSignal = new TaskCompletionSource().Task } : null;
        var job = ServerHost.JobId(await client.CallAsync("generate_image", Glass));
        await client.Service.WaitForRequestsAsync(2).WaitAsync(TestContext.Current.CancellationToken);

        await client.CallAsync("check_job", $$"""{"job": "{{job}}", "cancel": true}""");
        await client.WaitForJobsAsync();
        var left = await client.CallAsync("check_job", $$"""{"job": "{{job}}"}""");

        ServerHost.Status(left).ShouldBe("partial");
        left.GetProperty("images").GetArrayLength().ShouldBe(1);
        ServerHost.Warnings(left).ShouldContain("was cut out by its white backdrop alone");
        client.Service.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_pictures_that_do_not_agree_leave_the_first_cut_by_its_backdrop_and_both_are_kept_and_counted()
    {
        await using var client = await StartAsync();
        client.Service.DrawImage = (order, _) => TranslucentPane.Draw(order, drift: 60);

        var made = await client.CallAsync("generate_image", Glass);

        ServerHost.Status(made).ShouldBe("done");
        ServerHost.Warnings(made).ShouldContain("the two pictures do not tell what is see-through (");
        made.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBe(client.Service.Billing.BilledMicroUsd / 1_000_000m, 0.000_01m);
        Directory.EnumerateFiles(client.Root, "*.png", SearchOption.AllDirectories).Count().ShouldBe(3);
    }

    [Fact]
    public async Task An_edit_is_drawn_on_white_from_its_images_and_repeated_on_black_from_its_result()
    {
        await using var client = await StartAsync();
        client.Put("a.png", 1);

        var made = await client.CallAsync("edit_with_references", """{"prompt": "as glass", "references": [{"image": "a.png", "role": "base"}], "width": 1024, "height": 640, "cutout": "translucent", "view": "none"}""");

        ServerHost.Status(made).ShouldBe("done");
        client.Service.Orders[0].Prompt.ShouldContain("Image 1 is the image to take the subject from");
        client.Service.Orders[1].Images.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe(TranslucentPane.Draw(client.Service.Orders[0], 0));
        ((int)(await ReadAsync(made))[300, 200][3]).ShouldBeInRange(101, 103);
    }

    [Fact]
    public async Task A_model_that_draws_transparency_itself_is_asked_for_two_pictures_all_the_same()
    {
        await using var client = await StartAsync(("GPTIMAGE2_MODEL", "gpt-image-2.5-flare"));

        var made = await client.CallAsync("generate_image", Glass);

        client.Service.Orders.Select(order => order.Background).ShouldBe(["opaque", "opaque"]);
        ((int)(await ReadAsync(made))[300, 200][3]).ShouldBeInRange(101, 103);
    }

    [Theory]
    [InlineData("""{"prompt": "a", "cutout": "translucent", "count": 3}""", "count: expected 1 with cutout translucent (which draws one image twice, on white and on black) but received 3. Nearest legal: 1.", """{"prompt":"a","cutout":"translucent","count":1}""")]
    [InlineData("""{"prompt": "a", "cutout": "glass"}""", "cutout: expected one of true, false, translucent but received \"glass\". Nearest legal: translucent.", """{"prompt":"a","cutout":"translucent"}""")]
    [InlineData("""{"prompt": "a", "cutout": "please"}""", "cutout: expected one of true, false, translucent but received \"please\". Nearest legal: true.", """{"prompt":"a","cutout":true}""")]
    [InlineData("""{"prompt": "a", "cutout": "translucent", "format": "jpeg"}""", "format: expected png or webp with cutout (jpeg has no transparency) but received jpeg. Nearest legal: png.", """{"prompt":"a","cutout":"translucent","format":"png"}""")]
    public async Task A_wrong_call_is_refused_with_the_one_that_is_right(string call, string reason, string corrected)
    {
        await using var client = await StartAsync();

        var refused = (await client.CallAsync("generate_image", call)).GetProperty("summary").GetString()!;

        refused.ShouldStartWith(reason);
        JsonNode.DeepEquals(JsonNode.Parse(refused[(refused.IndexOf("generate_image {", StringComparison.Ordinal) + "generate_image ".Length)..]), JsonNode.Parse(corrected)).ShouldBeTrue(refused);
        client.Service.Requests.ShouldBeEmpty();
    }

    private static async Task<ServerHost> StartAsync(params (string Variable, string Value)[] settings)
    {
        var client = await ServerHost.StartAsync(settings);
        client.Service.DrawImage = TranslucentPane.Draw;
        return client;
    }

    private static string DryRun(string call) => $"{call[..^1]}, \"dry_run\": true}}";

    private static async Task<PngPixels> ReadAsync(JsonElement made) =>
        PngFile.Read(await File.ReadAllBytesAsync(made.GetProperty("images")[0].GetProperty("path").GetString()!, TestContext.Current.CancellationToken)).Decode();
}
