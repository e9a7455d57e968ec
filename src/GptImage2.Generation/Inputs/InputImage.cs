using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>An image of a request that was found, may be read, and whose header is known.</summary>
public sealed record InputImage
{
    /// <summary>As the caller named it.</summary>
    public required Reference Reference { get; init; }

    public required ResolvedImage Resolved { get; init; }

    public required ImageInfo Header { get; init; }

    /// <summary>The immutable copy for the job, once the plan is carried out; null before.</summary>
    public StoredFile? Stored { get; init; }
}

/// <summary>An image that may be read, and its header.</summary>
public sealed record OpenedImage(ResolvedImage Resolved, ImageInfo Header);

/// <summary>The images of a request.</summary>
/// <param name="Images">In the order in which the prompt numbers them.</param>
/// <param name="Mask">The image that says which pixels change, or null.</param>
public sealed record ResolvedInputs(IReadOnlyList<InputImage> Images, OpenedImage? Mask);
