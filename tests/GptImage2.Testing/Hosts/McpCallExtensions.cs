using GptImage2.Testing.OpenAI;
using ModelContextProtocol.Protocol;
using Xunit;

namespace GptImage2.Testing.Hosts;

/// <summary>Calls as short as tests need them.</summary>
public static class McpCallExtensions
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

        /// <param name="arguments">A JSON object.</param>
        public Task<CallToolResult> CallAsync(string tool, string arguments) => server.CallAsync(tool, JsonElement.Parse(arguments).EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));

        public Task<CallToolResult> CallAsync(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments) => server.UseAsync(tool, arguments.ToDictionary(pair => pair.Key, pair => (object?)pair.Value));

        /// <returns>The absolute path of the image in the inbox.</returns>
        public string PutIntoInbox(string name, byte[] image)
        {
            var path = Path.Combine(server.Root, "inbox", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, image);
            return path;
        }

        /// <summary>Sends a request as it is and returns its result.</summary>
        public async Task<JsonObject> RawAsync(string method, JsonObject parameters)
        {
            var answer = await server.Client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, Cancellation);
            return answer.Result!.AsObject();
        }
    }
}
