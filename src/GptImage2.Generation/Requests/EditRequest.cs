namespace GptImage2.Generation.Requests;

/// <summary>Make images from a prompt and other images.</summary>
public sealed record EditRequest : ImageRequest
{
    public required IReadOnlyList<Reference> References { get; init; }

    /// <summary>Whether the canvas takes its shape from the base (else the first reference), because no size was given.</summary>
    public bool SizeFollowsReference { get; init; }

    /// <summary>The image that decides the canvas when no size was given.</summary>
    public int LeadingIndex => Math.Max(0, References.ToList().FindIndex(reference => reference.Role is ReferenceRole.Base));

    public override IReadOnlyList<Reference> Images => References;
}
