using ModelContextProtocol.Protocol;

namespace GptImage2.Testing.Hosts;

/// <summary>What tests read in a tool's result.</summary>
public static class CallToolResultExtensions
{
    extension(CallToolResult result)
    {
        public string Text => result.Content.OfType<TextContentBlock>().First().Text;

        public JsonElement Json => result.StructuredContent!.Value;

        public string Status => result.Json.GetProperty("job").GetProperty("status").GetString()!;

        public string JobId => result.Json.GetProperty("job").GetProperty("id").GetString()!;

        public string[] Warnings => [.. result.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];

        public string[] Images => [.. result.Json.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("id").GetString()!)];
    }
}
