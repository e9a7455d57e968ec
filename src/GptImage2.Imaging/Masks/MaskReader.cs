using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Masks;

/// <summary>Understands any picture that is a mask, and refuses every other. Streams: memory grows with the picture to be edited, not with the mask's.</summary>
public static class MaskReader
{
    /// <summary>Below it a pixel counts as transparent, or black.</summary>
    private const byte Middle = 128;

    /// <summary>Reads which pixels change: the transparent ones; without telling alpha, the white ones.</summary>
    /// <param name="mask">A picture of the same shape as <paramref name="image"/>; another size is scaled.</param>
    /// <param name="image">Size of the upright picture that is to be edited.</param>
    /// <param name="invert">True turns the meaning round. Null: not said, so a mask that may be meant either way is refused.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <exception cref="UnusableMaskException">Not a mask, of another shape, doubtful, or it changes nothing or everything.</exception>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static MaskReading Read(EncodedImage mask, Dimensions image, bool? invert, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var size = ImageHeader.Read(mask, limits).Size;
        if (!MaskShape.Fits(size, image))
        {
            throw MaskRefusals.OtherShape(size, image);
        }

        var census = Census(mask, limits);
        var kind = Kind(census);
        var region = Region(mask, kind, image, invert is true, limits);
        ThrowIfUseless(region, kind, invert is true);
        ThrowIfDoubtful(census, region, kind, invert);
        return new MaskReading { Region = region, Kind = kind, ScaledFrom = size == image ? null : size };
    }

    private static MaskCensus Census(EncodedImage mask, ImageLimits? limits)
    {
        using var opened = new Loader(mask, limits).OpenUpright(PixelAccess.Sequential);
        using var plain = opened.ToSrgb8();
        using var rgba = plain.WithAlpha();
        using var pixels = new VipsRegion(rgba);
        var census = new MaskCensus(new Dimensions(rgba.Width, rgba.Height));
        return Original.Reading(() =>
        {
            foreach (var strip in Strips.Of(Areas.Whole(census.Size)))
            {
                census.Add(strip, pixels.Read(strip));
            }

            return census;
        });
    }

    private static MaskKind Kind(MaskCensus census) => census switch
    {
        { AlphaTells: true } => MaskKind.Alpha,
        { AllTransparent: true } => throw MaskRefusals.AllTransparent(),
        { IsBlackAndWhite: true } => MaskKind.BlackAndWhite,
        _ => throw MaskRefusals.NoMask(census.Extremes),
    };

    /// <summary>Reads once more, now only what counts, scaled to the picture.</summary>
    private static RegionMask Region(EncodedImage mask, MaskKind kind, Dimensions image, bool invert, ImageLimits? limits)
    {
        using var opened = new Loader(mask, limits).OpenUpright(PixelAccess.Sequential);
        using var plain = opened.ToSrgb8();
        using var level = kind is MaskKind.Alpha ? plain.Bands(3, 1) : plain.Bands(0, 3).Owned(colours => colours.ToGrey());
        using var scaled = level.Resize(image);
        using var pixels = new VipsRegion(scaled);
        var highChanges = kind is MaskKind.BlackAndWhite != invert;
        var marks = new byte[image.Pixels];
        foreach (var strip in Strips.Of(Areas.Whole(image)))
        {
            var levels = Original.Reading(() => pixels.Read(strip).ToArray());
            Mark(levels, highChanges, marks.AsSpan(strip.Top * image.Width, levels.Length));
        }

        return RegionMask.FromPixels(image, Areas.Whole(image), marks);
    }

    private static void Mark(byte[] levels, bool highChanges, Span<byte> marks)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            marks[i] = levels[i] >= Middle == highChanges ? (byte)1 : (byte)0;
        }
    }

    private static void ThrowIfUseless(RegionMask region, MaskKind kind, bool inverted)
    {
        if (region.IsEmpty)
        {
            throw MaskRefusals.Empty(kind, inverted);
        }

        if (region.IsFull)
        {
            throw MaskRefusals.Full(kind, inverted);
        }
    }

    private static void ThrowIfDoubtful(MaskCensus census, RegionMask region, MaskKind kind, bool? invert)
    {
        if (invert is not null)
        {
            return;
        }

        if (kind is MaskKind.Alpha && census.LooksBrushed)
        {
            throw MaskRefusals.DoubtfulAlpha(region.Coverage);
        }

        if (kind is MaskKind.BlackAndWhite && census.BorderWhite >= 0.9 && region.Coverage > 0.5)
        {
            throw MaskRefusals.DoubtfulWhite(region.Coverage);
        }
    }
}
