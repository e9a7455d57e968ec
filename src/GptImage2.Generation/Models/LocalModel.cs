using GptImage2.Imaging;

namespace GptImage2.Generation.Models;

/// <summary>What this machine does by itself, held to a profile as models are.</summary>
public static class LocalModel
{
    private const long NoLimit = 1L << 40;

    /// <summary>Takes plain backdrops away: any picture, any size, without a price.</summary>
    public static ModelProfile FlatBackdrop { get; } = new()
    {
        Model = "flat-backdrop",
        Family = "flat-backdrop",
        Sizes = new SizeRules
        {
            EdgeMultiple = 1,
            MinEdge = 1,
            MaxEdge = 1_000_000,
            MaxRatio = 1_000_000,
            MinPixels = 1,
            MaxPixels = NoLimit,
            ExperimentalAbove = NoLimit,
        },
        Qualities = [ImageQuality.Medium],
        Backgrounds = [ImageBackground.Auto],
        Formats = [ImageFormat.Png, ImageFormat.Webp],
        MaxCount = 1,
        MaxReferences = 1,
        // Words are for the record only: those of the picture, and a few more.
        MaxPromptLength = int.MaxValue,
        Tariff = new Tariff.Free(),
        Inputs = new InputRules
        {
            Formats = [ImageFormat.Png],
            AcceptsAnyImage = true,
            MaxBytes = NoLimit,
            MaxMaskBytes = NoLimit,
            PatchEdge = 1,
            MaxPatches = int.MaxValue,
            MagnifiedEdge = 1,
        },
    };
}
