namespace GptImage2.Generation.Storage;

/// <summary>Why an image could not be stored or read, and what to do about it.</summary>
internal static class StorageErrors
{
    private const int DiskFullOnWindows = unchecked((int)0x80070070);
    private const int DiskFullOnUnix = 28;

    public static bool IsStorageException(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static ImageException NotWritten(Exception exception, string root) => Create(
        FailureCode.StorageFailed,
        $"The image could not be written to {root} or anywhere else: {DescribeReason(exception)} The service had already made it, so making it again is charged again.",
        Billing.Yes,
        RetryAdvice.Later,
        exception);

    public static ImageException NotRenamed(Exception exception, string path) => Create(
        FailureCode.StorageFailed,
        $"The image could not be given its final name: {DescribeReason(exception)} Its bytes are stored as {path}.",
        Billing.Yes,
        inner: exception);

    public static ImageException RecordNotWritten(Exception exception, string path) => Create(
        FailureCode.StorageFailed,
        $"The image is stored, but its record {path} could not be written: {DescribeReason(exception)}",
        Billing.Yes,
        inner: exception);

    public static ImageException InputNotStored(Exception exception, string root) => Create(
        FailureCode.StorageFailed,
        $"The input image could not be copied to {root}: {DescribeReason(exception)} Nothing was sent to the service.",
        retry: RetryAdvice.Later,
        inner: exception);

    public static ImageException CatalogFolderUnusable(Exception exception, string folder) => Create(
        FailureCode.StorageFailed,
        $"The catalog's folder {folder} cannot be used. Make sure that it exists and is writable, "
            + "or choose another folder for the store with GPTIMAGE2_STORAGE__ROOT.",
        Billing.Unknown,
        inner: exception);

    /// <summary>Why an image that is safe is not in the store, and what to do about that.</summary>
    public static string DescribeRelocation(Exception exception, string root) => $"{root} could not store it: {DescribeReason(exception)}";

    public static ImageException OutsideStore() => Create(FailureCode.NotAllowed, "That file is outside the image store.");

    public static ImageException InMemoryImageLost() => Create(
        FailureCode.NotFound, "That image was held in the memory of a server that has ended, because no disk was writable; it is gone.");

    public static ImageException EmptyImage() => Create(
        FailureCode.UnreadableImage, "The service sent an empty image. Calling again may help, and may be charged again.", Billing.Yes, RetryAdvice.Same);

    /// <param name="quarantine">Where the bytes were put; null where they could not be saved.</param>
    public static ImageException NotAnImage(Exception exception, string? quarantine)
    {
        var arrived = $"The image arrived{(quarantine is null ? "" : $" and is stored as {quarantine}")}";
        return exception switch
        {
            UnreadableImageException => Create(
                FailureCode.UnreadableImage,
                $"What the service sent cannot be read as an image: {exception.Message} "
                    + (quarantine is null ? "The bytes could not be saved." : $"Its bytes are stored as {quarantine}."),
                Billing.Yes,
                RetryAdvice.Same,
                exception),
            ImagingUnavailableException => Create(
                FailureCode.ImagingUnavailable, $"{arrived}, but it cannot be decoded: {exception.Message}", Billing.Yes, inner: exception),
            _ => Create(FailureCode.StorageFailed, $"{arrived}, but it could not be read back: {DescribeReason(exception)}", Billing.Yes, inner: exception),
        };
    }

    public static ImageException FileNotFound(Exception exception, string path) =>
        Create(FailureCode.NotFound, $"The file {path} is no longer in the store, or is not readable.", inner: exception);

    private static ImageException Create(
        FailureCode code, string message, Billing billed = Billing.No, RetryAdvice retry = RetryAdvice.No, Exception? inner = null) =>
        new(new Failure { Code = code, Message = message, Retry = retry, Billed = billed }, inner);

    private static string DescribeReason(Exception exception) => exception switch
    {
        IOException { HResult: DiskFullOnWindows or DiskFullOnUnix } => "the disk is full. Free some space, then try again.",
        UnauthorizedAccessException => "it is not writable. Allow it, or set GPTIMAGE2_STORAGE__ROOT to another folder.",
        DirectoryNotFoundException => "the folder is gone. Create it, or set GPTIMAGE2_STORAGE__ROOT to another folder.",
        _ => $"{exception.Message.TrimEnd('.')}. Fix that, or set GPTIMAGE2_STORAGE__ROOT to another folder.",
    };
}
