using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Masks;

/// <summary>Understands any picture that is a mask, and refuses every other. Streams: memory grows with the picture to be edited, not with the mask's.</summary>
public static class MaskReader
{
    /// <summary>Below it a pixel counts as transparent, or black.</summary>
    private const byte LevelThreshold = 128;

    /// <summary>Reads which pixels change: the transparent ones; without telling alpha, the white ones.</summary>
    /// <param name="mask">An image of the same shape as <paramref name="image"/>; another size is scaled.</param>
    /// <param name="size">Of the upright mask, as its header says.</param>
    /// <param name="image">Size of the upright picture that is to be edited.</param>
    /// <param name="invert">True turns the meaning round. Null: not said, so a mask that may be meant either way is refused.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <exception cref="UnusableMaskException">Not a mask, of another shape, doubtful, or it changes nothing or everything.</exception>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static MaskReadResult Read(EncodedImage mask, Dimensions size, Dimensions image, bool? invert, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (!MaskAspectRatio.Matches(size, image))
        {
            throw MaskErrors.AspectRatioMismatch(size, image);
        }

        var census = GatherStatistics(mask, limits);
        var kind = DetectKind(census);
        var region = ReadRegion(mask, kind, image, invert is true, limits);
        ThrowIfTrivial(region, kind, invert is true);
        ThrowIfAmbiguous(census, region, kind, invert);
        return new MaskReadResult { Region = region, Kind = kind, ScaledFrom = size == image ? null : size };
    }

    private static MaskStatistics GatherStatistics(EncodedImage mask, ImageLimits? limits)
    {
        using var opened = new ImageLoader(mask, limits).OpenUpright(PixelAccess.Sequential);
        using var plain = opened.ToSrgb8();
        using var rgba = plain.EnsureAlpha();
        using var pixels = new VipsRegion(rgba);
        var census = new MaskStatistics(new Dimensions(rgba.Width, rgba.Height));
        return SourceImage.WithDecodeErrors(() =>
        {
            foreach (var strip in RowBands.Split(PixelAreaExtensions.FromSize(census.Size)))
            {
                census.Add(strip, pixels.Read(strip));
            }

            return census;
        });
    }

    private static MaskKind DetectKind(MaskStatistics census) => census switch
    {
        { HasMixedAlpha: true } => MaskKind.Alpha,
        { IsFullyTransparent: true } => throw MaskErrors.FullyTransparent(),
        { IsBlackAndWhite: true } => MaskKind.BlackAndWhite,
        _ => throw MaskErrors.NotAMask(census.ExtremeShare),
    };

    /// <summary>Reads once more, now only what counts, scaled to the picture.</summary>
    private static RegionMask ReadRegion(EncodedImage mask, MaskKind kind, Dimensions image, bool invert, ImageLimits? limits)
    {
        using var opened = new ImageLoader(mask, limits).OpenUpright(PixelAccess.Sequential);
        using var plain = opened.ToSrgb8();
        using var level = kind is MaskKind.Alpha ? plain.ExtractBands(3, 1) : plain.ExtractBands(0, 3).Pipe(colours => colours.ToGrey());
        using var scaled = level.Resize(image);
        using var pixels = new VipsRegion(scaled);
        var highChanges = kind is MaskKind.BlackAndWhite != invert;
        var marks = new byte[image.PixelCount];
        foreach (var strip in RowBands.Split(PixelAreaExtensions.FromSize(image)))
        {
            var levels = SourceImage.WithDecodeErrors(() => pixels.Read(strip).ToArray());
            ApplyThreshold(levels, highChanges, marks.AsSpan(strip.Top * image.Width, levels.Length));
        }

        return RegionMask.FromPixels(image, PixelAreaExtensions.FromSize(image), marks);
    }

    private static void ApplyThreshold(byte[] levels, bool highChanges, Span<byte> marks)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            marks[i] = levels[i] >= LevelThreshold == highChanges ? (byte)1 : (byte)0;
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

    private static void ThrowIfAmbiguous(MaskStatistics census, RegionMask region, MaskKind kind, bool? invert)
    {
        if (invert is not null)
        {
            return;
        }

        if (kind is MaskKind.Alpha && census.LooksPaintedOnTransparent)
        {
            throw MaskErrors.AmbiguousAlpha(region.Coverage);
        }

        if (kind is MaskKind.BlackAndWhite && census.WhiteBorderShare >= 0.9 && region.Coverage > 0.5)
        {
            throw MaskErrors.AmbiguousPolarity(region.Coverage);
        }
    }
}
