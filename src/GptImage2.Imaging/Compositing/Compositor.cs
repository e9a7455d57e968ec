using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Compositing;

/// <summary>Brings a model's answer back into the original, through the region.</summary>
public static class Compositor
{
    /// <summary>
    /// Writes the original, upright, with the answer inside the region. Outside it every pixel is the decoded original's: all channels, their depth and
    /// the colour profile (into which the answer is converted). Alpha is the original's, except where the region was mostly transparent.
    /// </summary>
    /// <param name="original">Any image that is read.</param>
    /// <param name="answer">What the model drew on the canvas; another size is scaled to it.</param>
    /// <param name="fit">As it was sent.</param>
    /// <param name="region">What changes.</param>
    /// <param name="feather">Width of the transition in pixels of the original; it lies wholly inside the region.</param>
    /// <param name="outside">What becomes of the pixels around the region.</param>
    /// <param name="save">PNG or lossless WebP; a lossy format only where the model's pixels may be outside.</param>
    /// <param name="output">Receives the encoded result.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <exception cref="ArgumentException">A lossy format that could not keep what must be kept, or a region or canvas of another picture.</exception>
    /// <exception cref="UnreadableImageException">The original or the answer is damaged.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static CompositeReport Composite(
        EncodedImage original,
        EncodedImage answer,
        CanvasPlacement fit,
        RegionMask region,
        int feather,
        OutsidePixels outside,
        SaveOptions save,
        Stream output,
        ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(save);
        ThrowIfLossy(save, outside);
        using var ground = new SourceImage(original, save.Format, limits);
        ThrowIfMismatched(ground.Size, region, fit);
        using var drawn = new ModelOutput(answer, fit, limits);
        var pasted = outside is OutsidePixels.Model ? RegionMask.FromArea(region.ImageSize, fit.Area) : region;
        return new CompositeOperation(ground, drawn, region, pasted, fit.Area, feather).Execute(save, output);
    }

    private static void ThrowIfMismatched(Dimensions size, RegionMask region, CanvasPlacement fit)
    {
        if (region.ImageSize != size || !fit.Area.IsInside(size))
        {
            throw new ArgumentException($"The picture is {size}, the region is one of {region.ImageSize}, what was sent is {fit.Area}.", nameof(region));
        }

        if (region.IsEmpty || region.Bounds.Intersect(fit.Area) is null)
        {
            throw new ArgumentException("Nothing that was sent lies in the region.", nameof(region));
        }
    }

    private static void ThrowIfLossy(SaveOptions save, OutsidePixels outside)
    {
        var exact = save.Format is ImageFormat.Png || (save.Format is ImageFormat.Webp && save.Lossless);
        if (outside is OutsidePixels.Keep && !exact)
        {
            throw new ArgumentException("Only PNG and lossless WebP keep pixels as they are.", nameof(save));
        }
    }
}
