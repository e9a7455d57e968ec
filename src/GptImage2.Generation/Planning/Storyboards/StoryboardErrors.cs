using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>Why a board cannot be had.</summary>
public static class StoryboardErrors
{
    private const int MaxListed = 5;

    /// <param name="written">As the caller named it.</param>
    /// <param name="known">The caller's boards, those that were changed last first.</param>
    public static ImageException NotFound(string written, IReadOnlyList<Storyboard> known)
    {
        var nearest = EditDistance.FindNear(written.Trim(), [.. known.Select(board => board.Id)]);
        var listed = known is [] ? " There is none yet; create_storyboard makes one." : $" There are {string.Join(", ", known.Take(MaxListed).Select(Describe))}.";
        return new ImageException(new Failure
        {
            Code = FailureCode.NotFound,
            Message = $"board: expected the id of one of your boards, or last, but received {Violation.Quote(written)}.{(nearest is null ? "" : $" Nearest: {nearest}.")}{listed}",
            Retry = RetryAdvice.Changed,
            Argument = "board",
            Nearest = nearest,
            Repairs = nearest is null ? [] : [new Repair("board", nearest)],
        });
    }

    /// <summary>The files of a board could not be written.</summary>
    public static ImageException NotWritten(string folder, Exception broken)
    {
        ArgumentNullException.ThrowIfNull(broken);
        return new ImageException(
            new Failure { Code = FailureCode.StorageFailed, Message = $"{folder} cannot be written: {broken.Message} The board and its pictures are safe; save_to names another folder.", Retry = RetryAdvice.Changed },
            broken);
    }

    private static string Describe(Storyboard board) => board.Title is { } title ? $"{board.Id} ({Violation.Quote(title)})" : $"{board.Id} ({board.Panels.Count} panels)";
}
