using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImageToolArguments))]
[JsonSerializable(typeof(EditWithReferencesArguments))]
[JsonSerializable(typeof(InpaintRegionArguments))]
[JsonSerializable(typeof(RemoveBackgroundArguments))]
[JsonSerializable(typeof(RemoveBackgroundHintArguments))]
[JsonSerializable(typeof(ComposeBoardArguments))]
[JsonSerializable(typeof(ViewImageArguments))]
[JsonSerializable(typeof(ListImagesArguments))]
[JsonSerializable(typeof(ListPresetsArguments))]
[JsonSerializable(typeof(CheckJobArguments))]
[JsonSerializable(typeof(DefineCastArguments))]
[JsonSerializable(typeof(CreateStoryboardArguments))]
[JsonSerializable(typeof(UpdateStoryboardArguments))]
[JsonSerializable(typeof(ExportStoryboardArguments))]
internal sealed partial class ToolJsonContext : JsonSerializerContext;
