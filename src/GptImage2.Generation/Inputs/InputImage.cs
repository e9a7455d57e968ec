using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>A picture of a request that has been found, allowed, and looked at as far as its header.</summary>
public sealed record InputImage
{
    /// <summary>As the caller named it.</summary>
    public required Reference Reference { get; init; }

    public required ResolvedImage Resolved { get; init; }

    public required ImageInfo Header { get; init; }

    /// <summary>Where its bytes lie unchangeable, once the plan is to be carried out; null before.</summary>
    public StoredInput? Stored { get; init; }
}
