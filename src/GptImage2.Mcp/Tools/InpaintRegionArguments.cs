using System.Text.Json;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Compositing;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools;

/// <summary>The arguments of inpaint_region.</summary>
internal sealed record InpaintRegionArguments : ImageToolArguments
{
    public string? Image { get; init; }

    public IReadOnlyList<RegionArguments>? Region { get; init; }

    public string? Mask { get; init; }

    public bool? Invert { get; init; }

    public int? Feather { get; init; }

    public OutsidePixels? Outside { get; init; }

    public IReadOnlyList<ReferenceArguments>? References { get; init; }

    public static new InpaintRegionArguments Parse(JsonElement arguments) => arguments.Deserialize(ToolJsonContext.Default.InpaintRegionArguments)!;

    /// <summary>The request that is meant, what is missing or malformed left at its default.</summary>
    /// <param name="shown">What was last shown of a picture, by the hash of its bytes.</param>
    public InpaintRequest ToInpaintRequest(ModelProfile profile, Func<string, DisplayedView?>? shown) => ApplyCommon(
        new InpaintRequest
        {
            Prompt = Prompt ?? "",
            // The picture decides it, once it has been looked at.
            Size = SizePreset.Square.Size,
            Image = new Reference { Image = Image ?? "", Role = ReferenceRole.Base, Argument = "image" },
            Region = [.. (Region ?? []).Select(part => part.ToShapeInput())],
            FindDisplayedView = shown,
            Mask = Mask,
            Invert = Invert,
            Feather = Feather,
            Outside = Outside ?? OutsidePixels.Keep,
            References = [.. (References ?? []).Select((reference, index) => reference.ToReference(index))],
        },
        profile);
}
