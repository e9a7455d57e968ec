using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using GptImage2.Testing.Time;

namespace GptImage2.Faults.Backend;

/// <summary>A service that fails in every way, some of them hostile: the key stays where it belongs.</summary>
public sealed class FailingServiceTests : IDisposable
{
    private const string Key = "sk-proj-9f8e7d6c5b4a_very-secret";

    private readonly TestFolders _folders = new();

    private static ScriptedResponse[] Failures =>
    [
        ScriptedResponse.Error(500, null, "The server had an error while processing your request."),
        ScriptedResponse.Error(401, "invalid_api_key", $"Incorrect API key provided: {Key}."),
        ScriptedResponse.Error(403, "moderation_blocked", $"Your request was rejected. Authorization: Bearer {Key}"),
        ScriptedResponse.Error(400, "invalid_value", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Key)) + "\n\u001b[31m" + Key),
        new() { Status = 502, Body = $"<html><body>Bad gateway {Key}</body></html>", BodyType = "text/html" },
        new() { Status = 200, Body = $"not json {Key}" },
        new() { Status = 200, Body = """{"data":[{"b64_json":"!!!!"}]}""" },
        new() { Status = 200, Body = """{"data":[{"b64_json":"AAAA"}]}""" },
        new() { Status = 200, Body = """{"data":[]}""" },
        new() { Status = 200, Body = "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"" + Key + "\"}}\n\n", BodyType = "text/event-stream" },
        new() { Status = 307, Body = "", Headers = new Dictionary<string, string> { ["Location"] = $"http://127.0.0.1:9/{Key}" } },
        new() { DropAfter = 1000 },
        new() { WithoutCompleted = true },
    ];

    [Fact]
    public async Task Is_reported_in_words_and_the_server_lives_on()
    {
        await using var service = await StrictOpenAI.StartAsync(Key);
        service.Enqueue(Failures);
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();

        for (var i = 0; i < Failures.Length; i++)
        {
            var reply = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = $"fox {i}" }, progressToken: $"{i}");

            reply.IsError.ShouldBeTrue(reply.Text);
            reply.Text.ShouldNotContain("unforeseen", Case.Insensitive, $"failure {i}");
            reply.Structured.GetProperty("failure").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        }

        var last = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a fox at last" });
        last.IsError.ShouldBeFalse(last.Text);
        service.Requests.Count.ShouldBe(Failures.Length + 1);
        server.FindInvalidLines().ShouldBeEmpty();
        await server.CloseInputAsync();
        await server.ExitAsync(TestTimeouts.Safety);
        Leaks(server).ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();

    /// <summary>Every place where the key can be read.</summary>
    private IEnumerable<string> Leaks(ServerProcess server) =>
    [
        .. server.Lines.Select(line => line.Text).Append(server.Stderr).Where(text => text.Contains("very-secret", StringComparison.Ordinal)),
        .. Directory.EnumerateFiles(_folders.Root, "*", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file).AsSpan().IndexOf("very-secret"u8) >= 0),
    ];
}
