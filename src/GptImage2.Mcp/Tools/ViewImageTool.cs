using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Lets the model look at a picture. No structured content, so that the picture always reaches it.</summary>
internal sealed class ViewImageTool(ImageArgumentResolver finder, ImageContentBuilder pictures) : ITool
{
    private const int MinEdge = 64;
    private const int MaxEdge = 3840;

    public Tool GetDefinition() => new()
    {
        Name = "view_image",
        Title = "View image",
        Description = "Shows any picture to you, whole or a detail in full sharpness. Free; changes nothing.",
        InputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Full),
                ["max_edge"] = SchemaBuilder.Integer($"Longest edge in pixels. Default {ImageContentBuilder.PreviewEdge}.", MinEdge, MaxEdge),
                ["crop"] = RegionArguments.CreateRectangleSchema("Show only this part."),
            },
            "image").CloseToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments) => ParseArguments(arguments.Values).Crop?.ToShapeInput() switch
    {
        { } part when !arguments.IsInvalid("crop") => [.. RegionShapeInputValidator.Check(part, "crop."), .. arguments.Violations is [] ? [] : RegionShapeInputValidator.CheckUnits(part, "crop.")],
        _ => [],
    };

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = ParseArguments(call.Arguments);
        using var found = await finder.ResolveAsync(call.Caller, "image", arguments.Image!, cancellationToken);
        return found.ReadWith(_ => pictures.CreateViewAnswer(found, arguments.MaxEdge ?? ImageContentBuilder.PreviewEdge, arguments.Crop is { } crop ? ToCropResolver(crop) : null));
    }

    /// <summary>Waits for the picture's size, which decides what the numbers mean.</summary>
    private static Func<Dimensions, DisplayedView?, PixelArea> ToCropResolver(RegionArguments crop) => (size, shown) =>
        RegionResolver.GetBounds(RegionResolver.Resolve(crop.ToShapeInput(), size, shown, "crop"), size);

    private static ViewImageArguments ParseArguments(JsonElement arguments) => arguments.Deserialize(ToolJsonContext.Default.ViewImageArguments)!;
}

/// <summary>The arguments of view_image.</summary>
internal sealed record ViewImageArguments
{
    public string? Image { get; init; }

    public int? MaxEdge { get; init; }

    public RegionArguments? Crop { get; init; }
}
