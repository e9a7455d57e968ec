using GptImage2.Imaging.Boards;

namespace GptImage2.Generation.Models;

/// <summary>What this machine does itself, with a profile as models have.</summary>
public static class LocalModel
{
    /// <summary>What this machine is called as a backend.</summary>
    public const string Backend = "local";

    private const long NoLimit = 1L << 40;

    /// <summary>Removes plain backdrops: any image, any size, for free.</summary>
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
        // The prompt is only recorded: that of the image, and a few words more.
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

    /// <summary>Puts images of any size on a board, for free.</summary>
    public static ModelProfile Board { get; } = FlatBackdrop with
    {
        Model = "board",
        Family = "board",
        Formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp],
        MaxReferences = BoardContent.MaxImages,
    };

    /// <summary>Has the panels of a board drawn, each by a job of its own, and puts them on it.</summary>
    public static ModelProfile Storyboard { get; } = Board with { Model = "storyboard", Family = "storyboard" };

    /// <summary>Finds subjects in front of anything, for free.</summary>
    /// <param name="model">The name of the model that does.</param>
    public static ModelProfile FindsSubjects(string model) => FlatBackdrop with { Model = model, Family = "matte" };

    /// <summary>The profile of that name, or null where this machine has none.</summary>
    public static ModelProfile? Find(string model) => new[] { FlatBackdrop, Board, Storyboard }.FirstOrDefault(profile => profile.Model == model);
}
