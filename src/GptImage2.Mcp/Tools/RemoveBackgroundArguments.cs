using System.Text.Json;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tools;

/// <summary>The arguments of remove_background.</summary>
internal sealed record RemoveBackgroundArguments
{
    public string? Image { get; init; }

    public string? Method { get; init; }

    public ImageFormat? Format { get; init; }

    public int? Compression { get; init; }

    public string? SaveTo { get; init; }

    public ImageViewMode? View { get; init; }

    public bool? DryRun { get; init; }

    public bool? Fresh { get; init; }

    /// <summary>What the call wants beside its picture.</summary>
    public ImageToolOptions Options => new(DryRun is true, Fresh is true, View ?? ImageViewMode.Preview);

    public static RemoveBackgroundArguments Parse(JsonElement arguments) => arguments.Deserialize(ToolJsonContext.Default.RemoveBackgroundArguments)!;

    public BackgroundRemovalRequest ToRequest() => new()
    {
        Prompt = "Background removed",
        // The picture decides it, once it has been looked at.
        Size = SizePreset.Square.Size,
        Image = new Reference { Image = Image ?? "", Role = ReferenceRole.Base, FullSize = true, Argument = "image" },
        Delivery = new Delivery { Format = Format ?? ImageFormat.Png, Compression = Compression, SaveTo = SaveTo },
    };
}
