using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>Text to image.</summary>
internal sealed class GenerateImageTool(ImageToolRunner runner, BackendRegistry backends)
    : ImageTool<ImageToolArguments, GenerateRequest>(Name, ToolJsonContext.Default.ImageToolArguments, runner)
{
    private const string Name = "generate_image";

    public override Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Generate image",
        Description =
            "Draws new images from a prompt and saves them. Returns a preview, ids and files. " +
            "Takes 10 s to 2 min and costs money (see list_presets) unless the result says SKETCH.",
        InputSchema = SchemaBuilder.Object(ImageToolSchema.CreateProperties(backends.Default.Profile), "prompt").CloseToElement(),
        OutputSchema = JobResultBuilder.CreateOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override GenerateRequest CreateRequest(ImageToolArguments arguments, CallerSession session) => arguments.ApplyTo(
        new GenerateRequest
        {
            Prompt = arguments.Prompt ?? "",
            Size = backends.Default.Profile.Sizes.ChooseSize(arguments.RequestedCanvas, arguments.RequestedDeliverySize),
        },
        backends.Default.Profile);
}
