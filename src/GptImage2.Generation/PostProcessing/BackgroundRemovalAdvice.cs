using GptImage2.Imaging.Matting;

namespace GptImage2.Generation.PostProcessing;

/// <summary>What to do with a picture that cannot be cut out as it is.</summary>
public static class BackgroundRemovalAdvice
{
    private const string RedrawAdvice = "Call edit_with_references with this image as base, prompt \"Keep the subject exactly as it is\" and cutout: true: the model redraws it on a plain backdrop, which is then cut out.";

    public static string GetAdvice(BackgroundRemovalError problem) => problem switch
    {
        BackgroundRemovalError.AlreadyTransparent => "It needs no cutting: use it as it is.",
        BackgroundRemovalError.TooLarge => "Make a smaller copy first.",
        BackgroundRemovalError.NoForeground => $"Look at it with view_image. If there is a subject, it has the backdrop's own colour. {RedrawAdvice}",
        _ => RedrawAdvice,
    };
}
