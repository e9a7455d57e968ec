using GptImage2.Imaging.Matting;

namespace GptImage2.Generation.Errors;

/// <summary>What a refusal to cut a subject out of its backdrop means for another method.</summary>
public static class CutoutRefusal
{
    /// <summary>Whether a model may find the subject where its backdrop did not tell: what is cut out already, or too large, is so for a model too.</summary>
    public static bool MayModelHelp(ImageException refused) =>
        refused is { Failure.Code: FailureCode.CutoutRefused, InnerException: BackgroundRemovalException { Error: not (BackgroundRemovalError.AlreadyTransparent or BackgroundRemovalError.TooLarge) } };

    /// <summary>Why it was refused, without the name of the argument, and without what to do.</summary>
    public static string GetReason(Failure refused) =>
        $"{(refused.Argument is { } argument ? refused.Message.Replace($"{argument}: ", "", StringComparison.Ordinal) : refused.Message).Split(". ", 2)[0].TrimEnd('.')}.";
}
