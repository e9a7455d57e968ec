using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Responses;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Storyboards;

/// <summary>One call, one board: what the service receives for it, and what the caller is told.</summary>
public sealed class CreateStoryboardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_panel_is_one_request_for_one_picture_and_the_board_shows_them_in_order()
    {
        await using var host = await BoardHost.StartAsync();

        var made = await host.CreateAsync(6, ""","style":"ink on paper" """);

        host.Service.Orders.Count.ShouldBe(6);
        host.Service.Orders.ShouldAllBe(order => order.Count == 1 && order.Prompt.Contains("Shot: wide shot") && order.Prompt.Contains("Style: ink on paper."));
        Enumerable.Range(1, 6).ShouldAllBe(number => host.Service.Orders.Count(order => order.Prompt.Contains($"scene {number} of the story.")) == 1);
        BoardHost.States(made).ShouldBe(Enumerable.Repeat("drawn", 6));
        BoardHost.Pictures(made).Distinct().Count().ShouldBe(6);
        made.Images.ShouldHaveSingleItem();
        made.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        made.Json.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBe(host.Service.Billing.BilledMicroUsd / 1_000_000m);
        made.Text.ShouldStartWith($"Storyboard \"The kite\" ({BoardHost.Board(made)}): 6 panels, all drawn with gpt-image-2 (openai) in ");
    }

    [Fact]
    public async Task Without_cast_and_references_the_first_panel_sets_the_look_and_nothing_refers_to_the_panel_before()
    {
        await using var host = await BoardHost.StartAsync();

        var made = await host.CreateAsync(5);

        var first = await ReadAsync(host, BoardHost.Pictures(made)[0]!);
        host.Service.Orders[0].Images.ShouldBeEmpty();
        host.Service.Orders[0].Prompt.ShouldContain("scene 1 of");
        host.Service.Orders.Skip(1).ShouldAllBe(order => BoardHost.ShowsOnly(order, first));
        host.Service.Orders.Skip(1).ShouldAllBe(order => order.Prompt.StartsWith("Image 1 is an identity lock.") && order.Prompt.Contains("The look of the story: another picture of it."));
    }

    [Fact]
    public async Task The_cast_sets_the_look_where_it_is_mentioned_and_the_others_look_like_one_of_those()
    {
        await using var host = await BoardHost.StartAsync();
        var sheet = PngEncoder.Gradient(new(640, 480), 7);
        host.Server.PutIntoInbox("mira.png", sheet);
        await host.CallAsync("define_cast", """{"name":"Mira","traits":"red hair, a scar","images":[{"image":"mira.png"}]}""");

        var made = await host.CallAsync("create_storyboard", """{"quality":"low","panels":[{"action":"@Mira runs"},{"action":"An empty beach"},{"action":"@Mira falls"}]}""");

        var drawn = host.Service.Orders.ToDictionary(order => order.Prompt.Contains("Mira runs") ? 1 : order.Prompt.Contains("An empty beach") ? 2 : 3);
        drawn.Where(entry => entry.Key is not 2).Select(entry => entry.Value).ShouldAllBe(order => BoardHost.ShowsOnly(order, sheet) && order.Prompt.EndsWith("Mira, always: red hair, a scar."));
        drawn[2].Images.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe(await ReadAsync(host, BoardHost.Pictures(made)[0]!));
    }

    [Fact]
    public async Task References_go_with_every_panel_and_are_kept_with_the_board_when_their_file_is_gone()
    {
        await using var host = await BoardHost.StartAsync();
        var bible = PngEncoder.Gradient(new(300, 200), 9);
        var path = host.Server.PutIntoInbox("bible.png", bible);

        var made = await host.CreateAsync(2, ""","references":[{"image":"bible.png","role":"style"}]""");
        File.Delete(path);
        await host.CallAsync("update_storyboard", $$"""{"board":"{{BoardHost.Board(made)}}","panels":[2]}""");

        host.Service.Orders.Count.ShouldBe(3);
        host.Service.Orders.ShouldAllBe(order => BoardHost.ShowsOnly(order, bible) && order.Prompt.StartsWith("Image 1 is the style."));
    }

    [Fact]
    public async Task A_dry_run_shows_every_prompt_and_the_price_of_all_and_sends_nothing()
    {
        await using var host = await BoardHost.StartAsync();

        var plan = await host.CreateAsync(4, ""","dry_run":true""");
        var made = await host.CreateAsync(4);

        plan.Text.ShouldContain("PLAN, nothing was sent: storyboard \"The kite\", 4 panels; 4 would be drawn by gpt-image-2 (openai)");
        var text = plan.Text;
        Enumerable.Range(1, 4).ShouldAllBe(number => text.Contains($"scene {number} of the story."));
        BoardHost.PanelsOf(plan).Select(panel => panel.GetProperty("prompt").GetString()).ShouldBe(
            Enumerable.Range(1, 4).Select(number => host.Service.Orders.Single(order => order.Prompt.Contains($"scene {number} of")).Prompt));
        var cost = plan.Json.GetProperty("cost");
        made.Json.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBeInRange(cost.GetProperty("estimate_low").GetDecimal(), cost.GetProperty("estimate_high").GetDecimal());
        host.Service.Orders.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_board_above_the_cap_is_refused_as_a_whole_before_anything_is_sent()
    {
        await using var host = await BoardHost.StartAsync(("GPTIMAGE2_SPENDING__PERCALLUSD", "0.05"));

        var refused = await host.CallAsync("create_storyboard", $$"""{"quality":"high","panels":[{{BoardHost.Panels(12)}}]}""", fails: true);

        refused.Json.GetProperty("failure").GetProperty("code").GetString().ShouldBe("spending_refused");
        host.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_board_that_cannot_be_finished_today_is_not_begun()
    {
        await using var host = await BoardHost.StartAsync(("GPTIMAGE2_SPENDING__DAILYUSD", "0.03"));

        var refused = await host.CallAsync("create_storyboard", $$"""{"quality":"medium","panels":[{{BoardHost.Panels(6)}}]}""", fails: true);

        refused.Json.GetProperty("failure").GetProperty("code").GetString().ShouldBe("spending_refused");
        host.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_twelve_two_fail_and_ten_are_delivered_and_it_says_which_and_whether_they_are_billed()
    {
        await using var host = await BoardHost.StartAsync();
        host.Answer(3, ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system.", "image_generation_user_error"));
        host.Answer(7, ScriptedResponse.Disconnect);

        var made = await host.CreateAsync(12);

        made.Status.ShouldBe("partial");
        BoardHost.States(made).Count(state => state is "drawn").ShouldBe(10);
        var failed = BoardHost.PanelsOf(made).Where(panel => panel.GetProperty("state").GetString() is "failed").ToDictionary(panel => panel.GetProperty("panel").GetInt32(), panel => panel.GetProperty("failure"));
        failed.Keys.ShouldBe([3, 7]);
        (failed[3].GetProperty("code").GetString(), failed[3].GetProperty("billed").GetString()).ShouldBe(("content_rejected", "no"));
        (failed[7].GetProperty("code").GetString(), failed[7].GetProperty("billed").GetString()).ShouldBe(("answer_lost", "unknown"));
        made.Text.ShouldContain("3. WS, scene 3 of the story: no picture, not drawn (content_rejected, not billed)");
        made.Text.ShouldContain("7. WS, scene 7 of the story: no picture, not drawn (answer_lost, may be billed)");
        made.Images.ShouldHaveSingleItem();
        host.Service.Orders.Count.ShouldBe(12, "what may be billed is not sent again");

        host.Service.SelectResponse = _ => null;
        var mended = await host.CallAsync("update_storyboard", $$"""{"board":"{{BoardHost.Board(made)}}","panels":[{"panel":3,"action":"scene 3 of the story, milder"},{"panel":7}]}""");

        host.Service.Orders.Skip(12).Select(order => order.Prompt.Contains("scene 3 of") ? 3 : order.Prompt.Contains("scene 7 of") ? 7 : 0).Order().ShouldBe([3, 7]);
        BoardHost.States(mended).ShouldBe(Enumerable.Range(1, 12).Select(number => number is 3 or 7 ? "drawn" : "kept"));
        mended.Status.ShouldBe("done");
    }

    [Fact]
    public async Task A_panel_that_was_certainly_not_billed_is_tried_again_and_no_other()
    {
        await using var host = await BoardHost.StartAsync();
        var refusals = 0;
        host.Service.SelectResponse = order => order.Prompt.Contains("scene 2 of") && Interlocked.Increment(ref refusals) <= 3 ? ScriptedResponse.RateLimit("0") : null;

        var made = await host.CreateAsync(3);

        BoardHost.States(made).ShouldBe(["drawn", "drawn", "drawn"]);
        host.Service.Billing.Entries.Count(entry => entry.BilledMicroUsd > 0).ShouldBe(3);
    }

    [Fact]
    public async Task Where_the_first_panel_fails_the_next_sets_the_look()
    {
        await using var host = await BoardHost.StartAsync();
        host.Answer(1, ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system.", "image_generation_user_error"));

        var made = await host.CreateAsync(4);

        BoardHost.States(made).ShouldBe(["failed", "drawn", "drawn", "drawn"]);
        var second = await ReadAsync(host, BoardHost.Pictures(made)[1]!);
        host.Service.Orders.Where(order => order.Prompt.Contains("scene 3 of") || order.Prompt.Contains("scene 4 of")).ShouldAllBe(order => BoardHost.ShowsOnly(order, second));
    }

    [Fact]
    public async Task Where_nothing_can_be_drawn_there_is_no_board_to_look_at_and_the_call_that_draws_it_is_named()
    {
        await using var host = await BoardHost.StartAsync();
        host.Service.DefaultResponse = ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system.", "image_generation_user_error");

        var failed = await host.CallAsync("create_storyboard", $$"""{"panels":[{{BoardHost.Panels(2)}}],"quality":"low"}""", fails: true);

        failed.Images.ShouldBeEmpty();
        failed.Text.ShouldContain("no panel was drawn");
        host.Service.DefaultResponse = ScriptedResponse.Images;
        var renamed = await host.CallAsync("update_storyboard", $$"""{"board":"{{BoardHost.Board(failed)}}","title":"The other kite"}""", fails: true);
        renamed.Text.ShouldContain("The change is kept, but nothing was drawn for the board yet");
        var drawn = await host.CallAsync("update_storyboard", $$"""{"board":"{{BoardHost.Board(failed)}}"}""");
        BoardHost.States(drawn).ShouldBe(["drawn", "drawn"]);
    }

    [Fact]
    public async Task The_same_call_while_it_runs_joins_it()
    {
        await using var host = await BoardHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Service.DefaultResponse = new ScriptedResponse { StartSignal = release.Task };

        var first = host.CreateAsync(3);
        await host.Service.WaitForRequestsAsync(1);
        var second = host.CreateAsync(3);
        await host.Server.CheckAsync("last", 0);
        release.SetResult();

        BoardHost.Board(await second).ShouldBe(BoardHost.Board(await first));
        host.Service.Orders.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Cancelled_it_keeps_what_was_drawn_and_sends_no_more()
    {
        await using var host = await BoardHost.StartAsync(("GPTIMAGE2_JOBS__WAITSECONDS", "1"), ("GPTIMAGE2_JOBS__CONCURRENCY", "1"));
        var release = new TaskCompletionSource();
        host.Service.SelectResponse = order => order.Prompt.Contains("scene 1 of") ? null : new ScriptedResponse { StartSignal = release.Task };

        var running = await host.CreateAsync(4);
        await host.Service.WaitForRequestsAsync(2);
        var cancelled = await host.Server.CheckAsync(running.JobId, 5, cancel: true);
        release.SetResult();

        running.Text.ShouldContain("is not done yet");
        cancelled.Text.ShouldContain("1 panel was drawn before and stays on the board; 1 had been sent, may be billed");
        cancelled.Text.ShouldContain("2 were never sent and cost nothing");
        host.Service.Orders.Count.ShouldBe(2);
        await host.Service.Billing.FirstAsync(entry => entry.Number is 2 && entry.EndedAt is not null, Cancellation);
        host.Service.SelectResponse = _ => null;
        var finished = await WaitForSecondAsync(host, BoardHost.Board(running));
        BoardHost.States(finished).Count(state => state is "drawn").ShouldBe(2);
        host.Service.Orders.Count.ShouldBe(4, "what had been sent came to the board and is not drawn again");
    }

    [Fact]
    public async Task What_is_being_drawn_is_waited_for_by_a_call_that_wants_the_rest_and_not_drawn_twice()
    {
        await using var host = await BoardHost.StartAsync(("GPTIMAGE2_JOBS__WAITSECONDS", "1"), ("GPTIMAGE2_JOBS__CONCURRENCY", "2"));
        host.Server.PutIntoInbox("bible.png", PngEncoder.Gradient(new(300, 200), 9));
        var release = new TaskCompletionSource();
        host.Service.DefaultResponse = new ScriptedResponse { StartSignal = release.Task };

        var first = await host.CreateAsync(4, ""","references":[{"image":"bible.png","role":"style"}]""");
        await host.Service.WaitForRequestsAsync(2);
        var second = await host.CallAsync("update_storyboard", $$"""{"board":"{{BoardHost.Board(first)}}"}""");
        release.SetResult();
        var created = await host.Server.CheckAsync(first.JobId, 45);
        var completed = await host.Server.CheckAsync(second.JobId, 45);

        host.Service.Orders.Count.ShouldBe(4, $"{created.Text}\n{completed.Text}");
        BoardHost.Pictures(completed).ShouldAllBe(picture => picture != null);
        BoardHost.States(completed).ShouldNotContain("drawing");
        completed.Status.ShouldBe("done");
    }

    [Fact]
    public async Task Cancelled_and_asked_for_at_once_it_waits_for_what_had_been_sent()
    {
        await using var host = await BoardHost.StartAsync(("GPTIMAGE2_JOBS__WAITSECONDS", "1"), ("GPTIMAGE2_JOBS__CONCURRENCY", "1"));
        var release = new TaskCompletionSource();
        host.Service.DefaultResponse = new ScriptedResponse { StartSignal = release.Task };

        var running = await host.CreateAsync(2);
        await host.Service.WaitForRequestsAsync(1);
        await host.Server.CheckAsync(running.JobId, 5, cancel: true);
        var rest = await host.CallAsync("update_storyboard", $$"""{"board":"{{BoardHost.Board(running)}}"}""");
        release.SetResult();
        var completed = await host.Server.CheckAsync(rest.JobId, 45);

        completed.Status.ShouldBe("done", completed.Text);
        host.Service.Orders.Count.ShouldBe(2, completed.Text);
        BoardHost.Pictures(completed).ShouldAllBe(picture => picture != null);
    }

    [Theory]
    [InlineData("""{"panels":[{"action":"one"}]}""", "panels: expected 2 to 24 panels but received 1")]
    [InlineData("""{"panels":[{"action":"one"},{"shot":"CU"}]}""", "panels[1].action: expected")]
    [InlineData("""{"panels":[{"action":"one"},{"action":"two","size":"wide"}]}""", "panels[1].size: expected a preset (square,")]
    [InlineData("""{"panels":[{"action":"one"},{"action":"two","duration":0}]}""", "panels[1].duration: expected 0.1 to 600 seconds but received 0. Nearest legal: 0.1")]
    [InlineData("""{"panels":[{"action":"one"},{"action":"@Mira runs"}]}""", "panels[1].action: expected after each @ a name of the cast")]
    [InlineData("""{"style":"@Noir","panels":[{"action":"one"},{"action":"two"}]}""", "style: expected after each @ a name of the cast")]
    [InlineData("""{"panels":[{"action":"one"},{"action":"two"}],"references":[{"image":"gone.png"}]}""", "references[0].image: there is no file")]
    public async Task What_is_wrong_is_said_of_the_argument_that_was_written(string arguments, string expected)
    {
        await using var host = await BoardHost.StartAsync();

        var refused = await host.CallAsync("create_storyboard", arguments, fails: true);

        refused.Text.ShouldContain(expected);
        host.Service.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"width\":1000,\"height\":500")]
    [InlineData("\"size\":\"1000x500\"")]
    [InlineData("\"resize_to\":\"1000x500\"")]
    [InlineData("\"preset\":\"1000x500\"")]
    public async Task Exact_pixels_by_any_name_are_the_size_of_each_panel(string size)
    {
        await using var host = await BoardHost.StartAsync();

        var made = await host.CallAsync("create_storyboard", $$"""{"quality":"low","scenes":["scene 1 of it",{"action":"scene 2 of it","size":"square"}],{{size}}}""");

        var sizes = await Task.WhenAll(BoardHost.Pictures(made).Select(async picture => JsonElement.Parse(await ReadTextAsync(host, $"image://{picture}/record")).GetProperty("file").GetProperty("size").GetString()));
        sizes.ShouldBe(["1000x500", "1024x1024"]);
    }

    [Fact]
    public async Task A_board_is_no_image_and_the_answer_names_its_picture()
    {
        await using var host = await BoardHost.StartAsync();
        var made = await host.CreateAsync(2);

        var refused = await host.CallAsync("view_image", $$"""{"image":"{{BoardHost.Board(made)}}"}""", fails: true);

        refused.Text.ShouldContain($"which fits the image {made.Images[0]}.");
    }

    [Fact]
    public async Task Panels_may_be_plain_texts_and_have_the_names_of_other_shot_lists()
    {
        await using var host = await BoardHost.StartAsync();

        var made = await host.CallAsync("create_storyboard", """{"quality":"low","panels":["scene 1 of the story",{"description":"scene 2 of the story","shot_type":"CU","seconds":2}]}""");

        BoardHost.States(made).ShouldBe(["drawn", "drawn"]);
        made.Text.ShouldContain("2. CU · 2 s, scene 2 of the story: img_");
    }

    /// <summary>The picture that had been sent is there as soon as its job is over.</summary>
    private static async Task<CallToolResult> WaitForSecondAsync(BoardHost host, string board)
    {
        while ((await host.CallAsync("list_images", "{}")).Json.GetProperty("images").GetArrayLength() < 2)
        {
            await Task.Yield();
        }

        return await host.CallAsync("update_storyboard", $$"""{"board":"{{board}}"}""");
    }

    private static async Task<string> ReadTextAsync(BoardHost host, string uri) =>
        (await host.Server.Client.ReadResourceAsync(uri, cancellationToken: Cancellation)).Contents.OfType<TextResourceContents>().First().Text;

    private static async Task<byte[]> ReadAsync(BoardHost host, string image)
    {
        var read = await host.Server.Client.ReadResourceAsync($"image://{image}", cancellationToken: Cancellation);
        return read.Contents.OfType<BlobResourceContents>().Single().DecodedData.ToArray();
    }
}
