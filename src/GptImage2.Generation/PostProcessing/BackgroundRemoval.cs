using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Cuts subjects out of plain backdrops, and says what to do where that is not possible.</summary>
public static class BackgroundRemoval
{
    /// <summary>What a model is told that redraws a subject on a plain backdrop.</summary>
    public const string RedrawPrompt = "Keep the subject exactly as it is, alone";

    private const string RedrawAdvice = "edit_with_references with cutout: true lets the model redraw the subject on a plain backdrop, which is then cut out: "
        + "that is billed, and labels and small details are drawn anew.";

    /// <exception cref="ImageException">No good cut-out is possible, or the image cannot be read.</exception>
    public static Image RemoveBackground(EncodedImage image) => Explain(() => BackgroundRemover.RemoveBackground(image));

    /// <summary>Judges what would come of it, without cutting.</summary>
    /// <exception cref="ImageException">No good cut-out is possible, or the image cannot be read.</exception>
    public static void ThrowIfUnsuitable(EncodedImage image) => Explain(() =>
    {
        BackgroundRemover.ThrowIfUnsuitable(image);
        return true;
    });

    /// <summary>Why a cut would be refused; null where it would be made.</summary>
    public static BackgroundRemovalError? FindProblem(EncodedImage image)
    {
        try
        {
            BackgroundRemover.ThrowIfUnsuitable(image);
            return null;
        }
        catch (BackgroundRemovalException refused)
        {
            return refused.Error;
        }
    }

    private static T Explain<T>(Func<T> remove)
    {
        try
        {
            return remove();
        }
        catch (BackgroundRemovalException cannot)
        {
            throw CreateError(FailureCode.CutoutRefused, $"{cannot.Message.TrimEnd('.')}. {GetAdvice(cannot.Error)}", cannot);
        }
        catch (UnreadableImageException unreadable)
        {
            throw CreateError(FailureCode.UnreadableImage, $"{unreadable.Message}.", unreadable);
        }
    }

    /// <summary>What to do with an image whose background cannot be removed.</summary>
    public static string GetAdvice(BackgroundRemovalError error) => error switch
    {
        BackgroundRemovalError.AlreadyTransparent => "It needs no cutting: use it as it is.",
        BackgroundRemovalError.TooLarge => "Make a smaller copy first.",
        BackgroundRemovalError.NoForeground => $"Look at it with view_image. If there is a subject, it has the backdrop's own colour. {RedrawAdvice}",
        _ => RedrawAdvice,
    };

    /// <summary>How cut-outs and composites are encoded: lossless unless the caller wants the file smaller.</summary>
    public static SaveOptions CreateSaveOptions(Delivery delivery) => new()
    {
        Format = delivery.Format,
        Quality = delivery.Compression ?? 90,
        Lossless = delivery.Compression is null,
    };

    /// <summary>A service was to remove a background, and what came back is transparent nowhere or everywhere, or no version of the image.</summary>
    /// <param name="id">Of what is kept.</param>
    public static ImageException CreateNoMatteError(string id, Exception? inner = null) => new(
        new Failure
        {
            Code = FailureCode.CutoutRefused,
            Message = $"The service cut out nothing: what it returned is transparent nowhere or everywhere, damaged, or of another shape than the image. It was billed, and is kept as {id}. {RedrawAdvice}",
            Retry = RetryAdvice.Changed,
            Billed = Billing.Yes,
        },
        inner);

    private static ImageException CreateError(FailureCode code, string message, Exception inner) =>
        new(new Failure { Code = code, Message = $"image: {message}", Retry = RetryAdvice.Changed, Argument = "image" }, inner);
}
