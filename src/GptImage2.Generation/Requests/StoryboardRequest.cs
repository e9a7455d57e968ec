namespace GptImage2.Generation.Requests;

/// <summary>Make a board, or change one. Its panels are drawn by jobs of their own; the job of this request draws nothing and costs nothing, and delivers the board.</summary>
public sealed record StoryboardRequest : LocalRequest
{
    /// <summary>Who asks: the panels' jobs are the same caller's.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The tool that was called.</summary>
    public required string Tool { get; init; }

    /// <summary>The board's id; of a new one as well.</summary>
    public required string Board { get; init; }

    /// <summary>By which a change that was made already is known again.</summary>
    public required string ChangeId { get; init; }

    /// <summary>The new board; null for one that is there.</summary>
    public Storyboard? New { get; init; }

    /// <summary>Null for a new board.</summary>
    public StoryboardChange? Change { get; init; }

    public override IReadOnlyList<Reference> Images => New?.References ?? [];
}
