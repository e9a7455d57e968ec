using GptImage2.Generation.Errors;
using GptImage2.Imaging;

namespace GptImage2.Generation.Storage;

/// <summary>Says why a picture could not be kept or read, and what to do about it.</summary>
internal static class StorageErrors
{
    private const int DiskFullOnWindows = unchecked((int)0x80070070);
    private const int DiskFullOnUnix = 28;

    public static bool IsStorageException(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static ImageException NotWritten(Exception exception, string root) => new(
        new Failure
        {
            Code = FailureCode.StorageFailed,
            Message = $"The picture could not be written to {root} or anywhere else: {DescribeReason(exception)} The service had already made it, so making it again is charged again.",
            Retry = RetryAdvice.Later,
            Billed = Billing.Yes,
        },
        exception);

    public static ImageException NotRenamed(Exception exception, string path) => new(
        new Failure
        {
            Code = FailureCode.StorageFailed,
            Message = $"The picture could not be given its name: {DescribeReason(exception)} Its bytes are kept as {path}.",
            Billed = Billing.Yes,
        },
        exception);

    public static ImageException RecordNotWritten(Exception exception, string path) => new(
        new Failure
        {
            Code = FailureCode.StorageFailed,
            Message = $"The picture is kept, but its record {path} could not be written: {DescribeReason(exception)}",
            Billed = Billing.Yes,
        },
        exception);

    public static ImageException InputNotStored(Exception exception, string root) => new(
        new Failure
        {
            Code = FailureCode.StorageFailed,
            Message = $"The picture to work on could not be copied to {root}: {DescribeReason(exception)} Nothing was sent to the service.",
            Retry = RetryAdvice.Later,
        },
        exception);

    /// <summary>Why a picture that is safe is not where it belongs, and what to do about that.</summary>
    public static string DescribeRelocation(Exception exception, string root) => $"{root} could not take it: {DescribeReason(exception)}";

    public static ImageException OutsideStore() =>
        new(new Failure { Code = FailureCode.NotAllowed, Message = "That file lies outside the store of pictures." });

    public static ImageException InMemoryImageLost() => new(new Failure
    {
        Code = FailureCode.NotFound,
        Message = "That picture was held in the memory of a server that has ended, because no disk took it; it is gone.",
    });

    public static ImageException EmptyImage() => new(new Failure
    {
        Code = FailureCode.UnreadableImage,
        Message = "The service sent a picture of no bytes. Asking again may help, and may be charged again.",
        Retry = RetryAdvice.Same,
        Billed = Billing.Yes,
    });

    /// <param name="aside">Where the bytes were put; null where nothing took them.</param>
    public static ImageException NotAnImage(Exception exception, string? aside) => new(
        new Failure
        {
            Code = exception switch
            {
                UnreadableImageException => FailureCode.UnreadableImage,
                ImagingUnavailableException => FailureCode.ImagingUnavailable,
                _ => FailureCode.StorageFailed,
            },
            Message = exception switch
            {
                UnreadableImageException => $"What the service sent cannot be read as a picture: {exception.Message} {(aside is null ? "No disk took its bytes." : $"Its bytes are kept as {aside}.")}",
                ImagingUnavailableException => $"The picture arrived{(aside is null ? "" : $" and is kept as {aside}")}, but it cannot be looked at: {exception.Message}",
                _ => $"The picture arrived{(aside is null ? "" : $" and is kept as {aside}")}, but it could not be read back: {DescribeReason(exception)}",
            },
            Retry = exception is UnreadableImageException ? RetryAdvice.Same : RetryAdvice.No,
            Billed = Billing.Yes,
        },
        exception);

    public static ImageException FileNotFound(Exception exception, string path) => new(
        new Failure { Code = FailureCode.NotFound, Message = $"The file {path} is no longer in the store, or may not be read." }, exception);

    private static string DescribeReason(Exception exception) => exception switch
    {
        IOException { HResult: DiskFullOnWindows or DiskFullOnUnix } => "the disk is full. Free some space, then try again.",
        UnauthorizedAccessException => "it may not be written to. Allow it, or set GPTIMAGE2_STORAGE__ROOT to another folder.",
        DirectoryNotFoundException => "the folder is gone. Create it, or set GPTIMAGE2_STORAGE__ROOT to another folder.",
        _ => $"{exception.Message.TrimEnd('.')}. Mend that, or set GPTIMAGE2_STORAGE__ROOT to another folder.",
    };
}
