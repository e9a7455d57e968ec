using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Masks;

/// <summary>Interprets any image that is a mask, and rejects every other. Streams: memory grows with the image to be edited, not with the mask.</summary>
public static class MaskReader
{
    /// <summary>Levels below this count as transparent, or black, where edges are hard.</summary>
    private const byte LevelThreshold = 128;

    /// <summary>
    /// Levels of a soft mask this near to an end count as the end: what lossy encoding and segmenters leave on plain ground. All others change, and
    /// the service is told so, however little they do: hair fades out over its last levels, and what the model draws there must be new as well.
    /// </summary>
    private const int EndTolerance = 8;

    private static readonly byte[] Stretched =
        [.. Enumerable.Range(0, 256).Select(level => (byte)Math.Clamp(Math.Ceiling((level - EndTolerance) * 255.0 / (255 - (2 * EndTolerance))), 0, 255))];

    /// <summary>
    /// Reads which pixels change: the transparent ones, or the white ones when alpha carries no information. Where edges are soft, levels in
    /// between are weights; hard ones, antialiased or not, are cut in the middle.
    /// </summary>
    /// <param name="mask">An image of the same aspect ratio as <paramref name="image"/>; another size is scaled.</param>
    /// <param name="size">Of the upright mask in pixels, as its header says.</param>
    /// <param name="image">Size of the upright image to be edited.</param>
    /// <param name="invert">True inverts the meaning. Null means unspecified, so an ambiguous mask is rejected.</param>
    /// <exception cref="UnusableMaskException">Not a mask, of another aspect ratio, ambiguous, or it selects nothing or everything.</exception>
    public static MaskReadResult Read(EncodedImage mask, Dimensions size, Dimensions image, bool? invert)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (!MaskAspectRatio.Matches(size, image))
        {
            throw MaskErrors.AspectRatioMismatch(size, image);
        }

        var statistics = GatherStatistics(mask);
        var kind = DetectKind(statistics);
        var region = ReadRegion(mask, kind, image, invert is true, statistics.IsSoft(kind));
        ThrowIfTrivial(region, kind, invert is true);
        ThrowIfAmbiguous(statistics, region, kind, invert);
        return new MaskReadResult { Region = region, Kind = kind, ScaledFrom = size == image ? null : size };
    }

    private static MaskStatistics GatherStatistics(EncodedImage mask)
    {
        using var upright = new ImageLoader(mask).OpenUpright(PixelAccess.Sequential);
        using var rgba = upright.ToRgba8();
        using var reader = new VipsRegion(rgba);
        var statistics = new MaskStatistics(new Dimensions(rgba.Width, rgba.Height));
        return ImageLoader.WithDecodeErrors(() =>
        {
            foreach (var band in PixelArea.FromSize(statistics.Size).SplitIntoRowBands())
            {
                statistics.Add(band, reader.Read(band));
            }

            return statistics;
        });
    }

    private static MaskKind DetectKind(MaskStatistics statistics) => statistics switch
    {
        { HasMixedAlpha: true } => MaskKind.Alpha,
        { IsFullyTransparent: true } => throw MaskErrors.FullyTransparent(),
        { IsBlackAndWhite: true } or { IsSoftGrey: true } => MaskKind.BlackAndWhite,
        _ => throw MaskErrors.NotAMask(statistics.ExtremeShare),
    };

    /// <summary>Second pass: reads only the channel that matters, scaled to the image.</summary>
    private static RegionMask ReadRegion(EncodedImage mask, MaskKind kind, Dimensions image, bool invert, bool soft)
    {
        using var upright = new ImageLoader(mask).OpenUpright(PixelAccess.Sequential);
        using var srgb = upright.ToSrgb8();
        using var level = kind is MaskKind.Alpha ? srgb.ExtractBands(3, 1) : srgb.ExtractBands(0, 3).Pipe(colours => colours.ToGrey());
        using var scaled = level.Resize(image);
        using var reader = new VipsRegion(scaled);
        var highChanges = kind is MaskKind.BlackAndWhite != invert;
        var selected = new byte[image.PixelCount];
        foreach (var band in PixelArea.FromSize(image).SplitIntoRowBands())
        {
            var levels = ImageLoader.WithDecodeErrors(() => reader.Read(band).ToArray());
            var target = selected.AsSpan(band.Top * image.Width, levels.Length);
            if (soft)
            {
                ToWeights(levels, highChanges, target);
            }
            else
            {
                ApplyThreshold(levels, highChanges, target);
            }
        }

        return soft ? RegionMask.FromWeights(image, PixelArea.FromSize(image), selected) : RegionMask.FromPixels(image, PixelArea.FromSize(image), selected);
    }

    /// <summary>Stretched from the tolerance at one end to that at the other, so that no step remains where it begins.</summary>
    private static void ToWeights(byte[] levels, bool highChanges, Span<byte> weights)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            weights[i] = Stretched[highChanges ? levels[i] : byte.MaxValue - levels[i]];
        }
    }

    private static void ApplyThreshold(byte[] levels, bool highChanges, Span<byte> selected)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            selected[i] = levels[i] >= LevelThreshold == highChanges ? (byte)1 : (byte)0;
        }
    }

    private static void ThrowIfTrivial(RegionMask region, MaskKind kind, bool inverted)
    {
        if (region.IsEmpty)
        {
            throw MaskErrors.SelectsNothing(kind, inverted);
        }

        if (region.IsFull)
        {
            throw MaskErrors.SelectsEverything(kind, inverted);
        }
    }

    private static void ThrowIfAmbiguous(MaskStatistics statistics, RegionMask region, MaskKind kind, bool? invert)
    {
        if (invert is not null)
        {
            return;
        }

        if (kind is MaskKind.Alpha && statistics.LooksPaintedOnTransparent)
        {
            throw MaskErrors.AmbiguousAlpha(region.Coverage);
        }

        if (kind is MaskKind.BlackAndWhite && statistics.WhiteBorderShare >= 0.9 && region.Coverage > 0.5)
        {
            throw MaskErrors.AmbiguousPolarity(region.Coverage);
        }
    }
}

/// <summary>What a mask selects.</summary>
public sealed record MaskReadResult
{
    public required RegionMask Region { get; init; }

    public required MaskKind Kind { get; init; }

    /// <summary>The mask's own size if it differs from the image's; otherwise null.</summary>
    public Dimensions? ScaledFrom { get; init; }
}

/// <summary>How a mask encodes what changes.</summary>
public enum MaskKind
{
    /// <summary>By its alpha channel: transparent pixels change.</summary>
    Alpha,

    /// <summary>By its brightness: white pixels change.</summary>
    BlackAndWhite,
}

/// <summary>Whether a mask has the aspect ratio of its image.</summary>
internal static class MaskAspectRatio
{
    private const double Tolerance = 0.01;

    /// <summary>The ratios differ by at most one per cent, or by no more than rounding a small edge to whole pixels can explain.</summary>
    internal static bool Matches(Dimensions mask, Dimensions image)
    {
        var ratio = (double)mask.Width * image.Height / ((double)mask.Height * image.Width);
        return Math.Abs(ratio - 1) <= Tolerance || MatchesAfterRounding(mask, image) || MatchesAfterRounding(image, mask);
    }

    /// <summary>Whether scaling the larger to one edge of the smaller gives the other edge within a pixel.</summary>
    private static bool MatchesAfterRounding(Dimensions small, Dimensions large) =>
        Math.Abs(((double)large.Height * small.Width / large.Width) - small.Height) < 1
        && Math.Abs(((double)large.Width * small.Height / large.Height) - small.Width) < 1;
}
