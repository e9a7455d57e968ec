using GptImage2.Generation.Errors;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Cuts subjects out of plain backdrops, and says what to do where that would end badly.</summary>
internal static class BackgroundRemoval
{
    /// <exception cref="ImageException">No good cut is possible.</exception>
    public static BackgroundRemovalResult RemoveBackground(EncodedImage image)
    {
        try
        {
            return BackgroundRemover.RemoveBackground(image);
        }
        catch (BackgroundRemovalException cannot)
        {
            throw new ImageException(
                new Failure
                {
                    Code = FailureCode.CutoutRefused,
                    Message = $"image: {cannot.Message.TrimEnd('.')}. {BackgroundRemovalAdvice.GetAdvice(cannot.Error)}",
                    Retry = RetryAdvice.Changed,
                    Argument = "image",
                },
                cannot);
        }
        catch (UnreadableImageException unreadable)
        {
            throw new ImageException(
                new Failure { Code = FailureCode.UnreadableImage, Message = $"image: {unreadable.Message}.", Retry = RetryAdvice.Changed, Argument = "image" },
                unreadable);
        }
    }

    /// <summary>How worked-on pixels are written: without loss unless the caller wants the file smaller.</summary>
    public static SaveOptions CreateSaveOptions(Delivery delivery) => new()
    {
        Format = delivery.Format,
        Quality = delivery.Compression ?? 90,
        Lossless = delivery.Compression is null,
    };
}
