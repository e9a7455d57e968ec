namespace GptImage2.Generation.Requests;

/// <summary>Make images from a prompt and other images.</summary>
public sealed record EditRequest : ImageRequest
{
    public required IReadOnlyList<Reference> References { get; init; }

    /// <summary>Whether no size was given: the result has the base's size, and without a base the shape of the first reference.</summary>
    public bool SizeFollowsReference { get; init; }

    /// <summary>The place of the image to edit among the references, or null.</summary>
    public int? BaseIndex => References.ToList().FindIndex(reference => reference.Role is ReferenceRole.Base) is >= 0 and var index ? index : null;

    /// <summary>Whether the base is longer than any canvas, so that it is sent on a mat and the mat is cut off the result.</summary>
    public bool NeedsMat => SizeFollowsReference && BaseIndex is not null && Crop is { IsNoticeable: true };

    public override IReadOnlyList<Reference> Images => References;
}
