using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>Lets the model look at an image. No structured content, so that the image always reaches it.</summary>
internal sealed class ViewImageTool(ImageArgumentResolver resolver, ImageContentBuilder content)
    : Tool<ViewImageArguments>(ToolJsonContext.Default.ViewImageArguments)
{
    private const int MinEdge = 64;

    public override Tool GetDefinition() => new()
    {
        Name = "view_image",
        Title = "View image",
        Description = "Shows any image to you, whole or a detail in full sharpness. Free; changes nothing.",
        InputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Full),
                ["max_edge"] = SchemaBuilder.Integer($"Longest edge in pixels. Default {PreviewOptions.DefaultMaxEdge}.", MinEdge, PreviewOptions.DefaultMaxEdge),
                ["crop"] = RegionArguments.CreateRectangleSchema("Show only this part."),
            },
            "image").CloseToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    protected override IEnumerable<Violation> Validate(ViewImageArguments arguments, ArgumentValidationResult shape) => arguments.Crop?.ToShapeInput() switch
    {
        { } crop when !shape.IsInvalid("crop") => [.. RegionShapeInputValidator.Check(crop, "crop."), .. shape.Violations is [] ? [] : RegionShapeInputValidator.CheckUnits(crop, "crop.")],
        _ => [],
    };

    protected override async Task<ToolResponse> InvokeAsync(ViewImageArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        using var resolved = await resolver.ResolveAsync(call.Caller, "image", arguments.Image!, cancellationToken);
        return resolved.ReadWith(_ => content.CreateViewResponse(
            call.Session,
            resolved,
            arguments.MaxEdge,
            arguments.Crop is { } crop ? ToCropResolver(crop) : null));
    }

    /// <summary>Waits for the image's size, which decides what the numbers mean.</summary>
    private static Func<Dimensions, DisplayedView?, PixelArea> ToCropResolver(RegionArguments crop) => (size, shown) =>
        RegionResolver.GetBounds(RegionResolver.Resolve(crop.ToShapeInput(), size, shown, "crop"), size);
}

/// <summary>The arguments of view_image.</summary>
internal sealed record ViewImageArguments(string? Image, int? MaxEdge, RegionArguments? Crop);
