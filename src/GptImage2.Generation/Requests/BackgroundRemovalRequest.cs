namespace GptImage2.Generation.Requests;

/// <summary>Take away what lies behind the subject of a picture.</summary>
public sealed record BackgroundRemovalRequest : ImageRequest
{
    public required Reference Image { get; init; }

    public override IReadOnlyList<Reference> Images => [Image];

    /// <summary>Nobody is told anything: no model draws.</summary>
    public override string PromptAsSent => Prompt;
}
