using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Imaging.Matting.Refinement;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Cuts subjects out of plain backdrops, and says what to do where that is not possible.</summary>
public static class BackgroundRemoval
{
    /// <summary>What a model is told that redraws a subject on a plain backdrop.</summary>
    public const string RedrawPrompt = "The main subject of Image 1 exactly as it is, complete and alone";

    /// <summary>How the user gets what cuts out of any background, as the rest of a sentence.</summary>
    public const string ModelAdvice = "fetch a model that cuts out of any background, free, with gptimage2-mcp model add isnet-general-use, and set GPTIMAGE2_MATTING__MODEL";

    private const string Argument = "image";

    /// <summary>Less is a highlight or an eye.</summary>
    private const double MinEnclosedShare = 0.003;

    private const string RedrawAdvice = "edit_with_references with cutout: true redraws the subject on a plain backdrop and cuts it out: billed, and small details change.";

    /// <exception cref="ImageException">No good cut-out is possible, or the image cannot be read.</exception>
    public static Image RemoveBackground(EncodedImage image) => Explain(() => BackgroundRemover.RemoveBackground(image));

    /// <param name="openHoles">Whether enclosed areas of a white, grey or black backdrop's own colour are holes.</param>
    /// <param name="warn">Told what of the image is in doubt.</param>
    /// <exception cref="ImageException">No good cut-out is possible, or the image cannot be read.</exception>
    public static Image RemoveBackground(EncodedImage image, bool openHoles, Action<string> warn, CancellationToken cancellationToken) => Explain(() =>
    {
        var cutout = BackgroundRemover.RemoveBackground(image, openHoles, out var enclosed, cancellationToken);
        if (enclosed >= MinEnclosedShare)
        {
            warn($"{enclosed:0.0 %} of what was cut out lies inside it and has the backdrop's own colour. It was kept; if those are holes, call again with holes: open.");
        }

        return cutout;
    });

    /// <summary>Judges what would come of it, without cutting.</summary>
    /// <exception cref="ImageException">No good cut-out is possible, or the image cannot be read.</exception>
    public static void ThrowIfUnsuitable(EncodedImage image, bool openHoles = false) => Explain(() =>
    {
        BackgroundRemover.ThrowIfUnsuitable(image, openHoles);
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

    /// <summary>Cuts a subject out of any background, by what a model takes for it.</summary>
    /// <exception cref="ImageException">The model found no subject or cannot be used, or the image cannot be read.</exception>
    public static Task<Image> RemoveBackgroundAsync(EncodedImage image, IMatteModel model, CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        MatteChecks.ThrowIfUnsuitable(image);
        return MatteRefiner.CutOut(image, await model.PredictAsync(image, cancellationToken), cancellationToken);
    });

    /// <summary>Judges what can be known before the model is asked.</summary>
    /// <exception cref="ImageException">No good cut-out is possible, or the image cannot be read.</exception>
    public static void ThrowIfUnsuitableForModel(EncodedImage image) => Explain(() =>
    {
        MatteChecks.ThrowIfUnsuitable(image);
        return true;
    });

    private static T Explain<T>(Func<T> remove) => ExplainAsync(() => Task.FromResult(remove())).GetAwaiter().GetResult();

    private static async Task<T> ExplainAsync<T>(Func<Task<T>> remove)
    {
        try
        {
            return await remove();
        }
        catch (MatteModelException unusable)
        {
            throw CreateError(FailureCode.CutoutRefused, $"{unusable.Message} {RedrawAdvice}", unusable, "method");
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
        BackgroundRemovalError.LowContrast or BackgroundRemovalError.NoEdges => $"{RedrawAdvice} For glass, smoke and glow set cutout to \"translucent\" there: two pictures are billed.",
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

    private static ImageException CreateError(FailureCode code, string message, Exception inner, string argument = Argument) =>
        new(new Failure { Code = code, Message = $"{argument}: {message}", Retry = RetryAdvice.Changed, Argument = argument }, inner);
}
