using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Faults.Backend;

/// <summary>What reaches the service: one request for a valid call, none for an invalid one.</summary>
public sealed class SentRequestTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Is_exactly_one_with_exactly_these_fields()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();

        await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox" });
        await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "two foxes", ["count"] = 2, ["format"] = "webp", ["compression"] = 80, ["preset"] = "landscape" });

        service.Requests.Count.ShouldBe(2);
        Fields(service.Requests[0]).ShouldBe(
            """background="auto" model="gpt-image-2" n=1 output_format="png" prompt="a fox" quality="medium" size="1024x1024" stream=true""");
        Fields(service.Requests[1]).ShouldBe(
            """background="auto" model="gpt-image-2" n=2 output_compression=80 output_format="webp" prompt="two foxes" quality="medium" size="1536x1024" """.Trim());
    }

    [Fact]
    public async Task Is_never_sent_for_a_call_that_is_wrong_planned_or_too_dear()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), ("GPTIMAGE2_SPENDING__PERCALLUSD", "0.50")]);
        await server.InitializeAsync();
        string[] calls =
        [
            "{}", """{"prompt":""}""", """{"prompt":"  "}""", """{"prompt":"a","count":0}""", """{"prompt":"a","count":11}""", """{"prompt":"a","width":1000,"height":1000}""",
            """{"prompt":"a","width":1024}""", """{"prompt":"a","preset":"square","width":1024,"height":1024}""", """{"prompt":"a","seed":1}""", """{"prompt":"a","format":"jpeg","background":"transparent"}""",
            """{"prompt":"a","compression":50}""", """{"prompt":"a","quality":"best"}""", """{"prompt":"a","resize_to":"huge"}""", """{"prompt":"a","save_to":"../a.png"}""",
            """{"prompt":"a","count":10,"quality":"high","preset":"wide_4k"}""", """{"prompt":"a","dry_run":true}""",
        ];

        foreach (var call in calls)
        {
            var reply = await server.CallAsync("generate_image", JsonNode.Parse(call)!.AsObject());
            reply.IsError.ShouldBe(!call.Contains("dry_run", StringComparison.Ordinal), $"{call}: {reply.Text}");
            reply.Text.ShouldNotContain("unforeseen", Case.Insensitive, call);
        }

        service.Requests.ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();

    private static string Fields(ReceivedRequest request) => string.Join(
        ' ',
        request.Json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value.GetRawText()}"));
}
