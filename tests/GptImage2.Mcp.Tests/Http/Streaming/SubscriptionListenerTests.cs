namespace GptImage2.Mcp.Tests.Http.Streaming;

public sealed class SubscriptionListenerTests
{
    private const string Id = "io.modelcontextprotocol/subscriptionId";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_subscriber_is_acknowledged_and_told_of_a_new_image_under_its_own_id()
    {
        await using var http = await RawHttp.StartAsync();
        using var first = await ListenAsync(http, """{"resourcesListChanged":true,"toolsListChanged":true}""", "7");
        using var second = await ListenAsync(http, """{"resourcesListChanged":true}""", "\"a name\"");
        foreach (var (subscriber, id) in (IEnumerable<(EventReader, string)>)[(first, "7"), (second, "\"a name\"")])
        {
            var acknowledged = (await subscriber.ReadAsync()).ShouldNotBeNull();
            acknowledged["method"]!.GetValue<string>().ShouldBe("notifications/subscriptions/acknowledged");
            acknowledged["params"]!["notifications"]!.ToJsonString().ShouldBe("""{"resourcesListChanged":true}""", "nothing else ever changes");
            acknowledged["params"]!["_meta"]![Id]!.ToJsonString().ShouldBe(id);
        }

        using var made = await http.SendAsync(http.Draw("a fox"));
        await made.Content.ReadAsStringAsync(Cancellation);

        foreach (var (subscriber, id) in (IEnumerable<(EventReader, string)>)[(first, "7"), (second, "\"a name\"")])
        {
            var changed = (await subscriber.ReadAsync()).ShouldNotBeNull();
            changed["method"]!.GetValue<string>().ShouldBe("notifications/resources/list_changed");
            changed["params"]!["_meta"]![Id]!.ToJsonString().ShouldBe(id);
        }
    }

    [Fact]
    public async Task Whoever_did_not_ask_for_the_list_of_images_is_told_nothing_of_it()
    {
        await using var http = await RawHttp.StartAsync();
        using var listening = await ListenAsync(http, "{}", "1");
        (await listening.ReadAsync()).ShouldNotBeNull()["params"]!["notifications"]!.ToJsonString().ShouldBe("{}");

        using var made = await http.SendAsync(http.Draw("a fox"));
        await made.Content.ReadAsStringAsync(Cancellation);
        var next = listening.ReadAsync();
        await http.Server.StopAsync();

        (await next)?["method"].ShouldBeNull();
    }

    private static async Task<EventReader> ListenAsync(RawHttp http, string notifications, string id) =>
        await EventReader.OpenAsync(await http.SendAsync(http.Modern("subscriptions/listen", $"\"notifications\":{notifications},", id: id)));
}
