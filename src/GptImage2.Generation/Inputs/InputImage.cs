using GptImage2.Generation.Inputs.Sources;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>An image of a request that was found, may be read, and whose header is known.</summary>
public sealed record InputImage
{
    /// <summary>A longer text is the image's bytes.</summary>
    private const int MaxPathLength = 4096;

    /// <summary>As the caller named it.</summary>
    public required Reference Reference { get; init; }

    public required ResolvedImage Resolved { get; init; }

    public required ImageInfo Header { get; init; }

    /// <summary>The immutable copy for the job, once the plan is carried out; null before.</summary>
    public StoredFile? Stored { get; init; }

    /// <summary>Its id, the name of its file, or the host of its address; never its bytes.</summary>
    public string DisplayName => Resolved.Record?.Id ?? FileName ?? (Source is ImageSource.Remote { Address: var address } ? address.Host : "an image");

    /// <summary>The file's name, without a folder, where it is a file of the caller; null for an image of ours, an address and bytes.</summary>
    public string? FileName => Source switch
    {
        _ when Resolved.Record is not null => null,
        ImageSource.LocalFile { Path: var path } => Path.GetFileName(path),
        ImageSource.FileName { Name: var name } => name,
        _ => null,
    };

    private ImageSource? Source => Reference.Image.Length > MaxPathLength ? null : new ImageSourceParser(inbox: "").Parse(Reference.Image);
}

/// <summary>An image that may be read, and its header.</summary>
public sealed record OpenedImage(ResolvedImage Resolved, ImageInfo Header);

/// <summary>The images of a request.</summary>
/// <param name="Images">In the order in which the prompt numbers them.</param>
/// <param name="Mask">The image that says which pixels change, or null.</param>
public sealed record ResolvedInputs(IReadOnlyList<InputImage> Images, OpenedImage? Mask);
