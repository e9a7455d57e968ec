using System.Net.Http.Headers;
using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>The stand-in refuses what the vendor refuses.</summary>
public sealed class StandInTests
{
    private const string Tool = """{"type":"image_generation","model":"gpt-image-2","size":"1024x1024"}""";
    private const string Input = """[{"role":"user","content":[{"type":"input_text","text":"a fox"}]}]""";

    [Theory]
    [InlineData(200, null, """ "background":true,"store":true,"stream":false,"tool_choice":{"type":"image_generation"} """)]
    [InlineData(200, null, """ "background":true,"tool_choice":{"type":"image_generation"} """)]
    [InlineData(400, "background", """ "background":true,"store":false,"tool_choice":{"type":"image_generation"} """)]
    [InlineData(400, "stream", """ "background":true,"store":true,"stream":true,"tool_choice":{"type":"image_generation"} """)]
    [InlineData(400, "background_options", """ "background_options":{"completion_window":"2h"},"tool_choice":{"type":"image_generation"} """)]
    [InlineData(400, "completion_window", """ "background":true,"background_options":{"completion_window":"4h"},"tool_choice":{"type":"image_generation"} """)]
    [InlineData(400, "tool_choice", """ "background":true """)]
    [InlineData(400, "tool_choice", """ "background":true,"tool_choice":"required" """)]
    [InlineData(400, "n", """ "background":true,"n":2,"tool_choice":{"type":"image_generation"} """)]
    [InlineData(400, "prompt", """ "background":true,"prompt":"a fox","tool_choice":{"type":"image_generation"} """)]
    [InlineData(400, "size", """ "background":true,"size":"1024x1024","tool_choice":{"type":"image_generation"} """)]
    public async Task Judges_the_order(int status, string? param, string members)
    {
        await using var server = await StrictResponsesApi.StartAsync();

        var (answered, error) = await SendAsync(server, $$"""{"model":"gpt-5.4-mini","tools":[{{Tool}}],"input":{{Input}},{{members}}}""");

        (answered, error).ShouldBe((status, param));
        server.Books.Count.ShouldBe(status is 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("tools[0].n", """[{"type":"image_generation","model":"gpt-image-2","n":2}]""")]
    [InlineData("tools[0].prompt", """[{"type":"image_generation","model":"gpt-image-2","prompt":"a fox"}]""")]
    [InlineData("tools[0].size", """[{"type":"image_generation","model":"gpt-image-2","size":"1000x1000"}]""")]
    [InlineData("tools[0].quality", """[{"type":"image_generation","model":"gpt-image-2","quality":"max"}]""")]
    [InlineData("tools[0].output_compression", """[{"type":"image_generation","model":"gpt-image-2","output_compression":50}]""")]
    [InlineData("tools[0].action", """[{"type":"image_generation","model":"gpt-image-2","action":"edit"}]""")]
    [InlineData("tools[0].input_image_mask", """[{"type":"image_generation","model":"gpt-image-2","input_image_mask":{"image_url":"data:image/png;base64,AAAA"}}]""")]
    [InlineData("tools[0].input_fidelity", """[{"type":"image_generation","model":"gpt-image-2","input_fidelity":"high"}]""")]
    [InlineData("tools[0].type", """[{"type":"web_search"}]""")]
    [InlineData("tools", "[]")]
    [InlineData("tools", "{}")]
    public async Task Judges_the_tool(string param, string tools)
    {
        await using var server = await StrictResponsesApi.StartAsync();

        (await SendAsync(server, $$"""{"model":"gpt-5.4-mini","background":true,"tool_choice":{"type":"image_generation"},"tools":{{tools}},"input":{{Input}}}""")).ShouldBe((400, param));
    }

    [Theory]
    [InlineData("input[0].content[1].image_url", """[{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_image","image_url":"https://example.com/a.png"}]}]""")]
    [InlineData("input[0].content[1].image_url", """[{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_image","image_url":"data:image/png;base64,AAAA"}]}]""")]
    [InlineData("input[0].content[1].image_url", """[{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_image","image_url":"data:image/png;base64,A"}]}]""")]
    [InlineData("input[0].content[0].text", """[{"role":"user","content":[{"type":"input_text"}]}]""")]
    [InlineData("input", "[]")]
    public async Task Judges_the_input(string param, string input)
    {
        await using var server = await StrictResponsesApi.StartAsync();

        (await SendAsync(server, $$"""{"model":"gpt-5.4-mini","background":true,"tool_choice":{"type":"image_generation"},"tools":[{{Tool}}],"input":{{input}}}""")).ShouldBe((400, param));
    }

    [Fact]
    public async Task Knows_only_what_was_ordered_and_cancels_it_once()
    {
        await using var server = await StrictResponsesApi.StartAsync();
        await SendAsync(server, $$"""{"model":"gpt-5.4-mini","background":true,"tool_choice":{"type":"image_generation"},"tools":[{{Tool}}],"input":{{Input}}}""");
        using var http = CreateClient(server);
        var response = server.Books.Single();

        (await http.GetAsync($"{server.BaseUrl}/responses/resp_none", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await http.GetAsync($"{server.BaseUrl}/responses", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await http.PostAsync($"{server.BaseUrl}/responses/{response.Id}/cancel", null, TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();

        response.Status.ShouldBe("cancelled");
    }

    private static HttpClient CreateClient(StrictResponsesApi server)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        return http;
    }

    private static async Task<(int Status, string? Param)> SendAsync(StrictResponsesApi server, string body)
    {
        using var http = CreateClient(server);
        using var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync($"{server.BaseUrl}/responses", content, TestContext.Current.CancellationToken);
        var json = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return ((int)response.StatusCode, json.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object ? error.GetProperty("param").GetString() : null);
    }
}
