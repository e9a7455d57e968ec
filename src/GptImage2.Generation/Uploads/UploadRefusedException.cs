namespace GptImage2.Generation.Uploads;

/// <summary>Why an upload is refused.</summary>
public enum UploadRefusal
{
    /// <summary>There are no bytes, or damaged ones, or they are not wrapped as announced.</summary>
    InvalidUpload,

    /// <summary>More bytes or pixels than allowed.</summary>
    TooLarge,

    /// <summary>The bytes are no image, or one that cannot be decoded here.</summary>
    NotAnImage,

    /// <summary>Too much of the owner is waiting or arriving already.</summary>
    TooManyUploads,
}

/// <summary>An upload that is refused, of which nothing is left. The message is safe to show.</summary>
public sealed class UploadRefusedException(UploadRefusal reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public UploadRefusal Reason { get; } = reason;

    internal static UploadRefusedException TooLarge(long most) =>
        new(UploadRefusal.TooLarge, $"expected at most {most >> 20} MB but received more. Scale the image down, or encode it as JPEG or WebP.");

    internal static UploadRefusedException Full(WaitingUploads waiting, UploadLimits limits) => new(
        UploadRefusal.TooManyUploads,
        $"{waiting.Count} uploads ({waiting.Bytes >> 20} MB) are waiting to be used, and at most {limits.MaxWaiting} ({limits.MaxWaitingBytes >> 20} MB) may. "
            + $"Use some in a call, or wait: each unused one is gone an hour after it was uploaded.");

    internal static UploadRefusedException Busy(UploadLimits limits) =>
        new(UploadRefusal.TooManyUploads, $"{limits.MaxArriving} uploads are arriving at the same time, and no more may. Upload again when one of them has ended.");

    internal static UploadRefusedException Unreadable(UnreadableImageException unreadable) => new(
        unreadable.Error switch
        {
            ImageReadError.TooLarge => UploadRefusal.TooLarge,
            ImageReadError.Damaged => UploadRefusal.InvalidUpload,
            _ => UploadRefusal.NotAnImage,
        },
        $"{unreadable.Message}.",
        unreadable);
}
