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

    private static string Describe(Storyboard board) => board.Title is { } title ? $"{board.Id} ({Violation.Quote(title)})" : $"{board.Id} ({board.Panels.Count} panels)";
}
