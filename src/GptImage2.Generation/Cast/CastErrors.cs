namespace GptImage2.Generation.Cast;

/// <summary>What is wrong with the cast, and what to do about it.</summary>
internal static class CastErrors
{
    /// <summary>By the last two parts of its path: callers on other machines may not know where the folders of the cast are.</summary>
    public static ImageException Unreadable(string file, Exception broken) => Create(
        FailureCode.StorageFailed,
        $"The cast entry {Path.Combine(Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file))} cannot be read: {(broken is JsonException ? broken.Message.TrimEnd('.') : "the file cannot be opened")}. Mend that file, or move its folder away and define the entry anew.", broken);

    public static ImageException NotFound(string name, string? near) => Create(
        FailureCode.NotFound, $"The cast has no entry {Violation.Quote(name)}.{(near is null ? " define_cast with action list names those that there are." : $" Did you mean {near}?")}");

    public static ImageException NoImage(CastEntry entry, string? part) => Create(
        FailureCode.NotFound, part is null ? $"The cast entry {entry.Name} has traits and no image." : $"The cast entry {entry.Name} has no image {Violation.Quote(part)}; it has {(entry.AllImages.Any() ? string.Join(", ", entry.AllImages.Select(image => image.File)) : "none")}.");

    public static ImageException ImageGone(string entry, string file) => Create(
        FailureCode.NotFound, $"The image {file} of the cast entry {entry} is gone, or is no ordinary file. Put it back, or give the entry its images anew with define_cast.");

    public static ImageException NotWritten(string folder, Exception broken) => Create(
        FailureCode.StorageFailed, $"The cast could not be written to {folder}: {broken.Message.TrimEnd('.')}. Nothing has changed. Fix that, or set GPTIMAGE2_STORAGE__ROOT to another folder.", broken);

    public static ImageException Busy(string folder) => Create(
        FailureCode.StorageFailed, $"Another process is changing the cast in {folder}. Nothing has changed; call again in a moment.", retry: RetryAdvice.Later);

    private static ImageException Create(FailureCode code, string message, Exception? inner = null, RetryAdvice retry = RetryAdvice.No) =>
        new(new Failure { Code = code, Message = message, Retry = retry }, inner);
}
