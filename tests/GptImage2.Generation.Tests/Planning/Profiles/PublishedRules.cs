using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Tests.Planning.Profiles;

/// <summary>
/// What a service admits, judged by the figures that its vendor publishes and by nothing of ours: the defaults are OpenAI's for gpt-image-2
/// (its image generation guide and API reference, 2026-11).
/// </summary>
/// <param name="Profile">What the product takes for the same.</param>
internal sealed record PublishedRules(string Name, ModelProfile Profile)
{
    /// <summary>The three formats that every backend but Azure delivers, by the service or by conversion here.</summary>
    public string Formats { get; init; } = "png jpeg webp";

    public string Qualities { get; init; } = "auto low medium high";

    public string Backgrounds { get; init; } = "auto opaque transparent";

    public int MinEdge { get; init; } = 16;

    public int MaxEdge { get; init; } = 3840;

    public int MaxRatio { get; init; } = 3;

    public long MinPixels { get; init; } = 655_360;

    public long MaxPixels { get; init; } = 8_294_400;

    public int MaxCount { get; init; } = 10;

    public int MaxImages { get; init; } = 16;

    public bool TakesMask { get; init; } = true;

    public bool Admits(ImageRequest request) =>
        AdmitsSize(request.Size)
        && request.Count >= 1 && request.Count <= MaxCount
        && Lists(Qualities, request.Quality.Name)
        && Lists(Backgrounds, request.Background.Name)
        && AdmitsFile(request)
        && AdmitsPrompt(request.Prompt)
        && AdmitsImages(request);

    public bool AdmitsSize(Dimensions size)
    {
        var (longer, shorter) = size.Width > size.Height ? (size.Width, size.Height) : (size.Height, size.Width);
        var pixels = (long)longer * shorter;
        return (longer % 16, shorter % 16) is (0, 0) && shorter >= MinEdge && longer <= MaxEdge && longer <= shorter * MaxRatio && pixels >= MinPixels && pixels <= MaxPixels;
    }

    /// <summary>JPEG has no transparency; whether an edit may be one is decided by its image, which is not read yet; a level of compression is for JPEG and WebP, and not where WebP is to be lossless.</summary>
    public bool AdmitsFile(ImageRequest request)
    {
        var (format, level) = (request.Delivery.Format.Name, request.Delivery.Compression);
        var keepsPixels = request is InpaintRequest { Outside: OutsidePixels.Keep };
        return Lists(Formats, format) && format switch
        {
            "png" => level is null,
            "jpeg" => level is null or (>= 0 and <= 100) && request.Background is not ImageBackground.Transparent,
            _ => level is null || (level is >= 0 and <= 100 && !keepsPixels),
        };
    }

    /// <summary>32,000 characters, of which the generator leaves some to what is said about images.</summary>
    private static bool AdmitsPrompt(string prompt)
    {
        var characters = prompt.Length - prompt.Count(char.IsLowSurrogate);
        return prompt.Trim() is not "" && characters <= 32_000;
    }

    private bool AdmitsImages(ImageRequest request) => request switch
    {
        EditRequest edit => edit.References.Count is > 0 and var given && given <= MaxImages && edit.References.Count(IsBase) <= 1,
        InpaintRequest inpaint => TakesMask && inpaint.References.Count < MaxImages && !inpaint.References.Any(IsBase) && (inpaint.Mask is null) == (inpaint.Region.Count > 0),
        _ => true,
    };

    private static bool IsBase(Reference reference) => reference.Role is ReferenceRole.Base;

    private static bool Lists(string names, string name) => names.Split(' ').Contains(name);
}
