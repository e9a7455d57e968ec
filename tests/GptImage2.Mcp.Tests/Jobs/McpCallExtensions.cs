using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Jobs;

/// <summary>Calls as short as tests about jobs need them.</summary>
internal static class McpCallExtensions
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Small and cheap.</summary>
    public static Dictionary<string, object?> Fox => new() { ["prompt"] = "a fox", ["quality"] = "low" };

    /// <summary>Settings for a server that draws at the stand-in.</summary>
    public static IEnumerable<(string Variable, string Value)> Settings(StrictOpenAI service, params IEnumerable<(string Variable, string Value)> more) =>
        [("OPENAI_API_KEY", service.ApiKey), ("OPENAI_BASE_URL", service.BaseUrl.ToString()), .. more];

    extension(McpHost server)
    {
        public Task<CallToolResult> MakeAsync(Dictionary<string, object?> arguments) => server.UseAsync("generate_image", arguments);

        public Task<CallToolResult> CheckAsync(string job, int wait, bool? cancel = null) =>
            server.UseAsync("check_job", new() { ["job"] = job, ["wait_seconds"] = wait, ["cancel"] = cancel });

        public Task<CallToolResult> UseAsync(string tool, Dictionary<string, object?> arguments) =>
            server.Client.CallToolAsync(tool, arguments, cancellationToken: Cancellation).AsTask();

        /// <summary>Sends a request as it is and returns its result.</summary>
        public async Task<JsonObject> RawAsync(string method, JsonObject parameters)
        {
            var answer = await server.Client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, Cancellation);
            return answer.Result!.AsObject();
        }
    }

    extension(CallToolResult result)
    {
        public string Text => result.Content.OfType<TextContentBlock>().First().Text;

        public JsonElement Json => result.StructuredContent!.Value;

        public string Status => result.Json.GetProperty("job").GetProperty("status").GetString()!;

        public string JobId => result.Json.GetProperty("job").GetProperty("id").GetString()!;

        public string[] Images => [.. result.Json.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("id").GetString()!)];
    }
}
