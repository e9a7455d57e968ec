namespace GptImage2.Generation.Inputs;

/// <summary>Why a named image cannot be read, by which rule, and what to do about it.</summary>
internal static class InputImageErrors
{
    public static InvalidRequestException Invalid(string argument, string expected, string text) =>
        new([new Violation(argument, expected, Violation.Quote(text))]);

    public static ImageException ImageNotFound(string argument, string id) =>
        CreateError(FailureCode.NotFound, argument, $"there is no image {id}. list_images shows what there is.");

    public static ImageException OutsideAllowedFolders(string argument, string path, IEnumerable<string> folders) => CreateError(
        FailureCode.NotAllowed,
        argument,
        $"{Violation.Quote(path)} is outside the folders that may be read ({string.Join(", ", folders)}). " +
        "Copy it into one of them, or the user can add its folder to GPTIMAGE2_INPUTS__ROOTS.");

    public static ImageException FileNotFound(string argument, string path, string? workingFolder, string inbox) => CreateError(
        FailureCode.NotFound,
        argument,
        $"there is no file {Violation.Quote(path)}. A relative path starts at {workingFolder ?? "no folder (give an absolute path)"}; " +
        $"a bare name is also looked for in {inbox}.");

    public static ImageException NotARegularFile(string argument, string path) => CreateError(
        FailureCode.UnreadableImage,
        argument,
        $"{Violation.Quote(path)} is empty, or no regular file. Give the path of an image file.");

    public static ImageException NotOpened(string argument, string path, Exception exception) => CreateError(
        FailureCode.NotAllowed,
        argument,
        $"{Violation.Quote(path)} cannot be opened: this process may not read it, or it was being replaced. Call again, or copy it into the inbox and call with its file name.",
        exception);

    /// <param name="failure">A failure whose text names no argument.</param>
    public static ImageException WithArgument(string argument, ImageException failure) =>
        new(failure.Failure with { Argument = argument, Message = $"{argument}: {failure.Failure.Message}" }, failure);

    public static ImageException ChangedWhileReading(string argument) =>
        CreateError(FailureCode.UnreadableImage, argument, "the image was replaced by one of another size while it was read. Call again.");

    public static ImageException ReadFailed(string argument, IOException exception) =>
        CreateError(FailureCode.UnreadableImage, argument, "the file could not be read to its end. Copy it again and call again.", exception);

    public static ImageException Unreadable(string argument, UnreadableImageException unreadable)
    {
        var advice = unreadable.Error switch
        {
            ImageReadError.NotAnImage => " Give the path or id of an image, or convert it to PNG first.",
            ImageReadError.Damaged => " Export or copy it again, or give another image.",
            ImageReadError.TooLarge => " Scale it down or export a single frame first.",
            _ => "",
        };
        return CreateError(FailureCode.UnreadableImage, argument, $"{unreadable.Message}.{advice}", unreadable);
    }

    private static ImageException CreateError(FailureCode code, string argument, string message, Exception? inner = null) =>
        new(new Failure { Code = code, Message = $"{argument}: {message}", Retry = RetryAdvice.Changed, Argument = argument }, inner);
}
