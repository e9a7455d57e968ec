using GptImage2.Mcp.Tests.Tools.Arguments.Generators;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Callers;

/// <summary>Two callers who ask for the very same at the same time, with the same request ids: each gets its own.</summary>
public sealed class EqualCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Picture => ReadOnlyToolArgumentGenerators.ImageDataUri;

    public static TheoryData<string, string> Makers => new()
    {
        { "generate_image", """{"prompt":"a red fox"}""" },
        { "edit_with_references", $$"""{"prompt":"a red fox","references":[{"image":"{{Picture}}","role":"base"}]}""" },
        { "inpaint_region", $$"""{"prompt":"a red fox","image":"{{Picture}}","region":[{"x":0.2,"y":0.2,"width":0.5,"height":0.5}]}""" },
        { "compose_board", $$"""{"images":["{{Picture}}","{{Picture}}"],"captions":["a","b"]}""" },
    };

    [Theory]
    [MemberData(nameof(Makers))]
    public async Task Nobody_joins_anothers_job(string tool, string arguments)
    {
        await using var callers = await TwoCallers.StartAsync();

        var made = await Task.WhenAll(TwoCallers.CallAsync(callers.Anna, tool, arguments), TwoCallers.CallAsync(callers.Bert, tool, arguments));

        made.ShouldAllBe(result => result.IsError != true);
        made[0].JobId.ShouldNotBe(made[1].JobId);
        made[0].Images.Intersect(made[1].Images).ShouldBeEmpty();
        (await ListAsync(callers.Anna)).ShouldBe(made[0].Images);
        (await ListAsync(callers.Bert)).ShouldBe(made[1].Images);
        Shape(made[0]).ShouldBe(Shape(made[1]));
        (await TwoCallers.SayAsync(callers.Bert, "check_job", "{}")).ShouldNotContain(made[0].JobId);
    }

    [Fact]
    public async Task A_caller_beside_another_is_answered_as_if_it_were_alone()
    {
        await using var alone = await TwoCallers.StartAsync();
        await using var callers = await TwoCallers.StartAsync();
        await TwoCallers.CallAsync(callers.Anna, "generate_image", """{"prompt":"a red fox","count":3}""");
        await TwoCallers.CallAsync(callers.Anna, "view_image", $$"""{"image":"{{Picture}}"}""");

        foreach (var (tool, arguments) in ((string, string)[])[
            ("list_images", "{}"),
            ("list_images", """{"query":"fox"}"""),
            ("list_images", """{"query":"img_"}"""),
            ("list_images", """{"query":"f","show":true}"""),
            ("check_job", "{}"),
            ("check_job", """{"job":"last"}"""),
            ("check_job", """{"cancel":true}"""),
            ("list_presets", """{"topic":"spending"}"""),
            ("view_image", """{"image":"the last image"}"""),
            ("view_image", """{"image":"red fox"}"""),
            ("view_image", $$"""{"image":"{{Picture}}","crop":{"x":1,"y":1,"width":4,"height":4,"units":"preview"} }"""),
            ("remove_background_hint", """{"image":"red-fox.png"}"""),
            ("generate_image", """{"prompt":"a red fox","dry_run":true}""")])
        {
            (await TwoCallers.SayAsync(callers.Bert, tool, arguments)).ShouldBe(await TwoCallers.SayAsync(alone.Bert, tool, arguments), $"{tool} {arguments}");
        }

        foreach (var (method, parameters) in ((string, string)[])[
            ("resources/list", "{}"),
            ("resources/read", """{"uri":"images://recent"}"""),
            ("resources/read", """{"uri":"spend://summary"}"""),
            ("prompts/list", "{}"),
            ("completion/complete", """{"ref":{"type":"ref/resource","uri":"image://{id}"},"argument":{"name":"id","value":""}}"""),
            ("completion/complete", """{"ref":{"type":"ref/prompt","name":"game-asset-inpaint"},"argument":{"name":"render","value":""}}""")])
        {
            (await TwoCallers.AskAsync(callers.Bert, method, parameters)).ShouldBe(await TwoCallers.AskAsync(alone.Bert, method, parameters), $"{method} {parameters}");
        }
    }

    [Fact]
    public async Task Many_calls_at_once_of_equal_request_ids_answer_whoever_asked()
    {
        await using var callers = await TwoCallers.StartAsync(("GPTIMAGE2_JOBS__CONCURRENCY", "2"));

        var made = await Task.WhenAll(Enumerable.Range(0, 24).Select(async number =>
        {
            var (client, name) = number % 2 is 0 ? (callers.Anna, "anna") : (callers.Bert, "bert");
            var result = await TwoCallers.CallAsync(client, "generate_image", $$"""{"prompt":"scene {{number / 2}} of {{name}}"}""");
            var recipe = await TwoCallers.SayAsync(client, "view_image", $$"""{"image":"{{result.Images.ShouldHaveSingleItem()}}","recipe":true}""");
            recipe.ShouldContain($"scene {number / 2} of {name}");
            return (name, Image: result.Images[0]);
        }));

        (await ListAsync(callers.Anna)).ShouldBe(made.Where(one => one.name is "anna").Select(one => one.Image), ignoreOrder: true);
        (await ListAsync(callers.Bert)).ShouldBe(made.Where(one => one.name is "bert").Select(one => one.Image), ignoreOrder: true);
    }

    [Fact]
    public async Task Pages_of_one_are_the_same_however_much_another_makes_and_their_cursors_tell_nothing()
    {
        await using var callers = await TwoCallers.StartAsync();
        var own = new List<string>();
        foreach (var number in Enumerable.Range(0, 3))
        {
            await TwoCallers.CallAsync(callers.Anna, "generate_image", $$"""{"prompt":"anna {{number}}","count":3}""");
            own.AddRange((await TwoCallers.CallAsync(callers.Bert, "generate_image", $$"""{"prompt":"bert {{number}}"}""")).Images);
        }

        var first = await TwoCallers.CallAsync(callers.Bert, "list_images", """{"limit":2}""");
        var cursor = first.Json.GetProperty("next_cursor").GetString();
        var second = await TwoCallers.CallAsync(callers.Bert, "list_images", $$"""{"limit":2,"cursor":"{{cursor}}"}""");

        cursor.ShouldBe($"c0_{own[1][4..]}");
        first.Images.Concat(second.Images).ShouldBe(Enumerable.Reverse(own));
        first.Json.GetProperty("total").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Each_reads_its_own_spending_and_the_cap_that_all_share()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var callers = await TwoCallers.StartAsync(McpCallExtensions.Settings(service, ("GPTIMAGE2_SPENDING__DAILYUSD", "0.25")));
        await TwoCallers.CallAsync(callers.Anna, "generate_image", """{"prompt":"a red fox","quality":"high"}""");

        var bert = await TwoCallers.CallAsync(callers.Bert, "list_presets", """{"topic":"spending"}""");
        var anna = await TwoCallers.CallAsync(callers.Anna, "list_presets", """{"topic":"spending"}""");
        var dry = await TwoCallers.SayAsync(callers.Bert, "generate_image", """{"prompt":"an owl","dry_run":true}""");
        var refused = await TwoCallers.SayAsync(callers.Bert, "generate_image", """{"prompt":"an owl"}""");

        bert.Text.ShouldContain("$0.00 are spent or reserved, without a cap of your own");
        bert.Text.ShouldContain("All callers of this server together may spend $0.25 a day.");
        bert.Json.GetProperty("spending").GetProperty("spent_usd").GetDecimal().ShouldBe(0);
        bert.Json.GetProperty("spending").GetProperty("cap_daily_all_callers_usd").GetDecimal().ShouldBe(0.25m);
        var spent = anna.Json.GetProperty("spending").GetProperty("spent_usd").GetDecimal();
        spent.ShouldBeGreaterThan(0);
        dry.ShouldContain("The server's budget for today is used up");
        refused.ShouldContain("The server's budget for today is used up");
        new[] { bert.Text, $"{bert.StructuredContent}", dry, refused }.ShouldAllBe(text => !text.Contains($"{spent:0.00##}") && !text.Contains($"{0.25m - spent:0.00##}"));
    }

    [Fact]
    public async Task A_cap_for_each_caller_is_shown_to_each_and_held_for_each()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var callers = await TwoCallers.StartAsync(McpCallExtensions.Settings(service, ("GPTIMAGE2_SPENDING__DAILYUSDPERCALLER", "0.10")));
        await TwoCallers.CallAsync(callers.Anna, "generate_image", """{"prompt":"a red fox"}""");

        var anna = await TwoCallers.SayAsync(callers.Anna, "generate_image", """{"prompt":"an owl"}""");
        var bert = await TwoCallers.SayAsync(callers.Bert, "generate_image", """{"prompt":"an owl"}""");
        var topic = await TwoCallers.CallAsync(callers.Bert, "list_presets", """{"topic":"spending"}""");

        anna.ShouldStartWith("error: True");
        anna.ShouldContain("of the $0.10 for today are spent or reserved");
        bert.ShouldStartWith("error: False");
        topic.Text.ShouldContain("of $0.10 are spent or reserved");
        topic.Text.ShouldContain("who runs the server sets its cap with GPTIMAGE2_SPENDING__DAILYUSDPERCALLER");
        topic.Json.GetProperty("spending").GetProperty("cap_daily_usd").GetDecimal().ShouldBe(0.10m);
    }

    [Fact]
    public async Task A_storyboard_of_one_keeps_another_waiting_only_for_images_that_are_being_drawn()
    {
        var (first, others) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var service = await StrictOpenAI.StartAsync();
        service.Enqueue(new ScriptedResponse { StartSignal = first.Task });
        service.DefaultResponse = new ScriptedResponse { StartSignal = others.Task };
        await using var callers = await TwoCallers.StartAsync(McpCallExtensions.Settings(service, ("GPTIMAGE2_JOBS__CONCURRENCY", "2"), ("GPTIMAGE2_JOBS__WAITSECONDS", "0"), ("GPTIMAGE2_SPENDING__DAILYUSD", "none")));
        foreach (var number in Enumerable.Range(0, 12))
        {
            await TwoCallers.CallAsync(callers.Anna, "generate_image", $$"""{"prompt":"scene {{number}}","quality":"low"}""");
        }

        await service.WaitForRequestsAsync(2);
        var one = await TwoCallers.CallAsync(callers.Bert, "generate_image", """{"prompt":"an owl","quality":"low"}""");
        while (!Shape(await TwoCallers.CallAsync(callers.Bert, "check_job", $$"""{"job":"{{one.JobId}}","wait_seconds":0}""")).Contains("waiting for", StringComparison.Ordinal))
        {
            // It is on its way to the queue.
        }

        first.SetResult();
        await service.WaitForRequestsAsync(3);
        others.SetResult();
        (await TwoCallers.CallAsync(callers.Bert, "check_job", $$"""{"job":"{{one.JobId}}"}""")).Status.ShouldBe("done");

        // After the two that were being drawn, and before the ten that had waited longer.
        service.Orders.Select(order => order.Prompt).Index().First(order => order.Item.Contains("owl")).Index.ShouldBe(2);
    }

    private static async Task<string[]> ListAsync(McpClient client) => (await TwoCallers.CallAsync(client, "list_images", """{"limit":100}""")).Images;

    /// <summary>All that it says, without what is each one's own.</summary>
    private static string Shape(CallToolResult result) => result.Images.Append(result.JobId)
        .Aggregate(string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text)), (text, id) => text.Replace(id, "ID").Replace(id[4..], "ID"))
        .Split('\n')
        .Select(line => Regex.Replace(line, @"\d+(\.\d+)? (s|ms)\b", "TIME"))
        .Aggregate((left, right) => $"{left}\n{right}");
}
