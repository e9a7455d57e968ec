using GptImage2.Generation.Models;
using GptImage2.Imaging;

namespace GptImage2.Generation.Requests;

/// <summary>Everything a caller may ask for, before any constraint has looked at it.</summary>
public abstract record ImageRequest
{
    public required string Prompt { get; init; }

    /// <summary>The canvas the model draws on, in pixels.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>How many pictures.</summary>
    public int Count { get; init; } = 1;

    public ImageQuality Quality { get; init; } = ImageQuality.Medium;

    public ImageBackground Background { get; init; } = ImageBackground.Auto;

    public Delivery Delivery { get; init; } = new();
}

/// <summary>Make images from words alone.</summary>
public sealed record GenerateRequest : ImageRequest;
