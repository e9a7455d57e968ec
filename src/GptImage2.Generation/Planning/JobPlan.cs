using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Planning;

/// <summary>Everything that making needs to know, decided before it starts. Enough to do it again after a crash.</summary>
public sealed record JobPlan : IDisposable
{
    public required Caller Caller { get; init; }

    /// <summary>The tool that was called, for records.</summary>
    public required string Tool { get; init; }

    public required IImageBackend Backend { get; init; }

    public required Validated<ImageRequest> Validated { get; init; }

    /// <summary>The request's pictures, in the order in which the prompt numbers them.</summary>
    public IReadOnlyList<InputImage> Inputs { get; init; } = [];

    /// <summary>How the first picture is edited in part, or null.</summary>
    public RegionPlan? Region { get; init; }

    public required Price Price { get; init; }

    /// <summary>Absolute path of a further copy, checked, or null.</summary>
    public string? CopyTo { get; init; }

    /// <summary>What the caller should know although nothing is wrong.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public ImageRequest Request => Validated.Request;

    /// <summary>Lets go of the callers' files. What a job keeps of them stays.</summary>
    public void Dispose()
    {
        foreach (var input in Inputs)
        {
            input.Resolved.Dispose();
        }
    }
}
