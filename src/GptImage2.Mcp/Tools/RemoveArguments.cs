using System.Text.Json;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tools;

/// <summary>The arguments of remove_background.</summary>
internal sealed record RemoveArguments
{
    public string? Image { get; init; }

    public string? Method { get; init; }

    public ImageFormat? Format { get; init; }

    public int? Compression { get; init; }

    public string? SaveTo { get; init; }

    public PictureView? View { get; init; }

    public bool? DryRun { get; init; }

    public bool? Fresh { get; init; }

    /// <summary>What the call wants beside its picture.</summary>
    public MakerHow How => new(DryRun is true, Fresh is true, View ?? PictureView.Preview);

    public static RemoveArguments Read(JsonElement arguments) => arguments.Deserialize(ToolJson.Default.RemoveArguments)!;

    public BackgroundRemovalRequest ToRequest() => new()
    {
        Prompt = "Background removed",
        // The picture decides it, once it has been looked at.
        Size = SizePreset.Square.Size,
        Image = new Reference { Image = Image ?? "", Role = ReferenceRole.Base, FullSize = true, Argument = "image" },
        Delivery = new Delivery { Format = Format ?? ImageFormat.Png, Compression = Compression, SaveTo = SaveTo },
    };
}
