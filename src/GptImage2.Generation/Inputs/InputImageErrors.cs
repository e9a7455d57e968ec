using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Inputs;

/// <summary>Why a named image cannot be read, by which rule, and what to do about it.</summary>
internal static class InputImageErrors
{
    public static InvalidRequestException Invalid(string argument, string expected, string text) =>
        new([new Violation(argument, expected, Violation.Quote(text))]);

    /// <param name="nearest">The id that was probably meant, or null.</param>
    public static ImageException ImageNotFound(string argument, string id, string? nearest = null) => CreateMissing(
        argument, $"no image has the id {Violation.Quote(id)}. {(nearest is null ? "list_images shows what there is." : $"Nearest: {nearest}.")}", nearest, isGuess: false);

    public static ImageException OutsideAllowedFolders(string argument, string path, IEnumerable<string> folders) => CreateError(
        FailureCode.NotAllowed,
        argument,
        $"{Violation.Quote(path)} is outside the folders that may be read ({string.Join(", ", folders)}). " +
        "Copy it into one of them, or the user can add its folder to GPTIMAGE2_INPUTS__ROOTS.");

    /// <param name="nearest">The file that was probably meant, or null.</param>
    public static ImageException FileNotFound(string argument, string path, string? workingFolder, string inbox, string? nearest = null, bool isGuess = true) => CreateMissing(
        argument,
        nearest is not null
            ? $"there is no file {Violation.Quote(path)}. Nearest: {nearest}."
            : $"there is no file {Violation.Quote(path)}. A relative path starts at {workingFolder ?? "no folder (give an absolute path)"}; " +
                $"a bare name is also looked for in {inbox}. list_images shows what was made here.",
        nearest,
        isGuess);

    /// <param name="nearest">The shared file that was probably meant.</param>
    public static ImageException SharedFileNotFound(string argument, string name, string nearest, bool isGuess) =>
        CreateMissing(argument, $"no shared file has the name {Violation.Quote(name)}. Nearest: {nearest}.", nearest, isGuess);

    /// <summary>Words where a name belongs.</summary>
    /// <param name="words">Those that tell something; null where none does.</param>
    /// <param name="found">Images that have them.</param>
    /// <param name="isPartial">Whether these have only some of the words, so that even a single one may not be meant.</param>
    public static ImageException NotAName(string argument, string text, string? words, IReadOnlyList<ImageRecord> found, bool isPartial) => found switch
    {
        [var only] when !isPartial => CreateMissing(argument, $"expected an id, a path or a URI but received {Violation.Quote(text)}, which fits the image {only.Id}.", only.Id),
        [] => CreateMissing(argument, $"there is no file {Violation.Quote(text)}, and no image is known by these words. Give an id, a path or a URI; list_images shows what there is.", null),
        _ => new ImageException(CreateFailure(
            FailureCode.NotFound, argument, $"expected an id, a path or a URI but received {Violation.Quote(text)}, which fits {(isPartial ? "some images in part" : "several images")}. Choose one by its id:") with
        {
            Repairs = [new Repair("query", words) { Tool = "list_images" }, new Repair("show", true)],
        }),
    };

    public static ImageException IsFolder(string argument, string path) =>
        CreateError(FailureCode.UnreadableImage, argument, $"{Violation.Quote(path)} is a folder. Give the path of an image in it.");

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

    private static ImageException CreateMissing(string argument, string message, string? nearest, bool isGuess = true) => new(CreateFailure(FailureCode.NotFound, argument, message) with
    {
        Nearest = nearest,
        Repairs = nearest is null ? [] : [new Repair(argument, nearest) { IsGuess = isGuess }],
    });

    private static ImageException CreateError(FailureCode code, string argument, string message, Exception? inner = null) => new(CreateFailure(code, argument, message), inner);

    private static Failure CreateFailure(FailureCode code, string argument, string message) =>
        new() { Code = code, Message = $"{argument}: {message}", Retry = RetryAdvice.Changed, Argument = argument };
}
