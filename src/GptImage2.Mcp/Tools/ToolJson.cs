using System.Text.Json.Serialization;

namespace GptImage2.Mcp.Tools;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MakerArguments))]
[JsonSerializable(typeof(EditArguments))]
[JsonSerializable(typeof(InpaintArguments))]
[JsonSerializable(typeof(RemoveArguments))]
[JsonSerializable(typeof(HintArguments))]
[JsonSerializable(typeof(ViewArguments))]
[JsonSerializable(typeof(ListArguments))]
[JsonSerializable(typeof(TopicArguments))]
[JsonSerializable(typeof(JobArguments))]
internal sealed partial class ToolJson : JsonSerializerContext;
