using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Constraints;
using GptImage2.Generation.Failures;
using GptImage2.Generation.References;
using GptImage2.Generation.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Lets the model look at a picture. No structured content, so that the picture always reaches it.</summary>
internal sealed class ViewImageTool(ImageArgumentResolver finder, PictureBlocks pictures) : ITool
{
    private const int MinEdge = 64;
    private const int MaxEdge = 3840;

    public Tool Define() => new()
    {
        Name = "view_image",
        Title = "View image",
        Description = "Shows any picture to you, whole or a detail in full sharpness. Free; changes nothing.",
        InputSchema = Schema.Object(
            new JsonObject
            {
                ["image"] = Schema.Text(ImageArgument.Full),
                ["max_edge"] = Schema.Integer($"Longest edge in pixels. Default {PictureBlocks.PreviewEdge}.", MinEdge, MaxEdge),
                ["crop"] = RegionArguments.Rectangle("Show only this part."),
            },
            "image").Closed(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Check(Caller caller, CheckedArguments arguments) => Read(arguments.Values).Crop?.ToPart() switch
    {
        { } part when !arguments.Blames("crop") => [.. RegionShapeInputValidator.Check(part, "crop."), .. arguments.Violations is [] ? [] : RegionShapeInputValidator.CheckUnits(part, "crop.")],
        _ => [],
    };

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = Read(call.Arguments);
        using var found = await finder.ResolveAsync(call.Caller, "image", arguments.Image!, cancellationToken);
        return found.ReadWith(_ => pictures.View(found, arguments.MaxEdge ?? PictureBlocks.PreviewEdge, arguments.Crop is { } crop ? Part(crop) : null));
    }

    /// <summary>Waits for the picture's size, which decides what the numbers mean.</summary>
    private static Func<Dimensions, DisplayedView?, PixelArea> Part(RegionArguments crop) => (size, shown) =>
        RegionResolver.GetBounds(RegionResolver.Resolve(crop.ToPart(), size, shown, "crop"), size);

    private static ViewArguments Read(JsonElement arguments) => arguments.Deserialize(ToolJson.Default.ViewArguments)!;
}

/// <summary>The arguments of view_image.</summary>
internal sealed record ViewArguments
{
    public string? Image { get; init; }

    public int? MaxEdge { get; init; }

    public RegionArguments? Crop { get; init; }
}
