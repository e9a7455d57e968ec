using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>Composites the output of a model back into the original, through the region.</summary>
public static class Compositor
{
    /// <summary>
    /// Writes the upright original with the model's output inside the region. Outside it every pixel is the decoded original's: all channels, bit
    /// depth and ICC profile (to which the output is converted). The resolution and the authors are the original's, too. Alpha is the original's, except where the region was mostly transparent.
    /// </summary>
    /// <param name="original">The image being edited.</param>
    /// <param name="modelOutput">What the model drew on the canvas; another size is scaled to it.</param>
    /// <param name="placement">The part that was sent.</param>
    /// <param name="region">What changes.</param>
    /// <param name="save">PNG or lossless WebP; a lossy format only with <see cref="OutsidePixels.Model"/>, and JPEG where the original is one, which is measured.</param>
    /// <param name="output">Receives the encoded result.</param>
    /// <exception cref="BackgroundRemovalException">What the model drew cannot be cut out of the backdrop of the options. Nothing has been written.</exception>
    /// <exception cref="ArgumentException">A lossy format that cannot keep the pixels outside, or a region or placement of another image.</exception>
    public static CompositeReport Composite(
        EncodedImage original,
        EncodedImage modelOutput,
        CanvasPlacement placement,
        RegionMask region,
        PasteOptions options,
        SaveOptions save,
        Stream output)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(modelOutput);
        ArgumentNullException.ThrowIfNull(placement);
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(save);
        using var source = new SourceImage(original, save.Format);
        ThrowIfLossy(save, options.Outside, source.FileFormat);
        ThrowIfMismatched(source.Size, region, placement);
        using var generated = new ModelOutput(modelOutput, placement, options.Backdrop);
        var pasted = options.Outside is OutsidePixels.Model ? RegionMask.FromArea(region.ImageSize, placement.Area) : region;
        var provenance = ImageHeader.ReadProvenance(original);
        var report = new CompositeOperation(source, generated, region, pasted, placement.Area, options).Execute(save with { Provenance = provenance }, output);
        return report with { MetadataDropped = provenance.Dropped };
    }

    private static void ThrowIfMismatched(Dimensions size, RegionMask region, CanvasPlacement placement)
    {
        if (region.ImageSize != size || !placement.Area.IsInside(size))
        {
            throw new ArgumentException($"The image is {size}, the region belongs to one of {region.ImageSize}, the part that was sent is {placement.Area}.", nameof(region));
        }

        if (region.IsEmpty || region.Bounds.Intersect(placement.Area) is null)
        {
            throw new ArgumentException("The region does not overlap the part that was sent.", nameof(region));
        }
    }

    private static void ThrowIfLossy(SaveOptions save, OutsidePixels outside, ImageFormat original)
    {
        var exact = save.Format is ImageFormat.Png || (save.Format is ImageFormat.Webp && save.Lossless) || (save.Format is ImageFormat.Jpeg && original is ImageFormat.Jpeg);
        if (outside is OutsidePixels.Keep && !exact)
        {
            throw new ArgumentException("Only PNG and lossless WebP keep pixels unchanged, and JPEG only those of a JPEG nearly.", nameof(save));
        }
    }
}

/// <summary>How a model's output is pasted back.</summary>
/// <param name="Feather">Width of the transition in pixels of the original, wholly inside the region.</param>
/// <param name="Outside">Whose pixels are used around the region.</param>
/// <param name="MatchColours">Brings the model's colours back to the original's, as far as the ring around the region tells them; never with <see cref="OutsidePixels.Model"/>.</param>
/// <param name="Backdrop">The colour around what was drawn into an empty part of an image with alpha: it is cut out of it. Null elsewhere.</param>
public sealed record PasteOptions(int Feather, OutsidePixels Outside = OutsidePixels.Keep, bool MatchColours = true, Colour? Backdrop = null);

/// <summary>One composite: chooses the colour handling, measures the result, and writes it.</summary>
/// <param name="region">What was meant to change.</param>
/// <param name="pasted">What is replaced: the region, or everything that was sent.</param>
/// <param name="sent">The rectangle of the original that the output shows.</param>
internal sealed class CompositeOperation(SourceImage original, ModelOutput modelOutput, RegionMask region, RegionMask pasted, PixelArea sent, PasteOptions options)
{
    private readonly PixelArea _area = pasted.Bounds.Intersect(sent)!.Value;
    private readonly bool _replacesEverything = !ReferenceEquals(region, pasted);

    internal CompositeReport Execute(SaveOptions save, Stream output)
    {
        var colours = DecideColourHandling();
        var match = options.MatchColours && !_replacesEverything ? MatchColours(colours.BecomesColour) : null;
        using var layer = CreateLayer(colours.BecomesColour, match);
        var seam = new SeamMetrics(pasted, sent, inside: _replacesEverything);
        var changes = MeasureChanges(colours.BecomesColour, layer, match, seam);
        var reencoding = WriteResult(colours.BecomesColour, layer, save, output);
        return new CompositeReport
        {
            Size = region.ImageSize,
            Coverage = region.Coverage,
            ChangedInside = changes.ChangedInside,
            ChangedOutside = reencoding?.Changed ?? changes.ChangedOutside,
            Reencoding = reencoding,
            ColourShift = seam.MeanColourShift,
            Colours = match is null ? null : new ColourMatch(match.Lines is not null, match.Before, match.After),
            CmykConverted = original.WasCmyk,
            ProfileUnwritable = original.ProfileUnwritable,
            GreyKept = colours.StaysGrey,
            BecameColour = colours.BecomesColour,
            AlphaRevealed = layer.RevealsAlpha,
            CutOut = layer.RevealsAlpha && modelOutput.IsCutOut,
            NothingDrawn = layer.RevealsAlpha && layer.IsEmpty,
            BecameEightBit = original.BecameEightBit,
            PngKeepsAll = original.PngKeepsAll,
            ProfileConverted = original.ProfileConverted,
        };
    }

    /// <summary>Whether a grey original becomes RGB, or must stay grey although colours were drawn, because its profile cannot represent them.</summary>
    private (bool BecomesColour, bool StaysGrey) DecideColourHandling()
    {
        using var baseImage = original.OpenPixels();
        var lost = baseImage.ColourBands == 1 && modelOutput.IsColourful(region, sent);
        return (lost && !baseImage.HasProfile, lost && baseImage.HasProfile);
    }

    private VipsImage OpenBase(bool coloured) => coloured ? original.OpenPixels().Pipe(grey => grey.GreyToRgb()) : original.OpenPixels();

    /// <summary>Compares what both images show around the region.</summary>
    private ColourFit MatchColours(bool coloured) => ColourMatcher.Fit(move =>
    {
        using var baseImage = OpenBase(coloured);
        using var drawn = ConvertOutput(baseImage, new PixelArea(0, 0, sent.Size), match: null);
        return RingSamples.Collect(baseImage, drawn, region, sent, move);
    });

    /// <summary>A rectangle of the output, relative to what was sent, in the original's colour space, its colours matched.</summary>
    private VipsImage ConvertOutput(VipsImage baseImage, PixelArea area, ColourFit? match)
    {
        var converted = modelOutput.ConvertTo(baseImage, area);
        return match?.Lines is { } lines ? converted.Pipe(drawn => ColourLine.Apply(lines, drawn)) : converted;
    }

    private BlendLayer CreateLayer(bool coloured, ColourFit? match)
    {
        using var baseImage = OpenBase(coloured);
        var weights = pasted.GetFeatherWeights(_area, options.Feather);
        var alpha = modelOutput.ReadAlpha(_area.RelativeTo(sent));
        var alphaWeights = AlphaReveal.ComputeAlphaWeights(baseImage, region, _area, options.Feather, alpha, weights);
        return new BlendLayer(_area, ConvertOutput(baseImage, _area.RelativeTo(sent), match), weights, alphaWeights, alpha);
    }

    private ChangeMetrics MeasureChanges(bool coloured, BlendLayer layer, ColourFit? match, SeamMetrics seam)
    {
        using var baseImage = OpenBase(coloured);
        using var result = layer.BlendOver(baseImage);
        using var converted = ConvertOutput(baseImage, new PixelArea(0, 0, sent.Size), match);
        var changes = new ChangeMetrics(region, seam);
        return ImageLoader.WithDecodeErrors(() =>
        {
            changes.Compare(baseImage, result, converted, sent);
            return changes;
        });
    }

    private Reencoding? WriteResult(bool coloured, BlendLayer layer, SaveOptions save, Stream output)
    {
        using var baseImage = OpenBase(coloured);
        using var image = new Image(layer.BlendOver(baseImage));
        if (_replacesEverything || save.Format is not ImageFormat.Jpeg)
        {
            image.Save(output, save);
            return null;
        }

        var jpeg = image.Encode(save);
        output.Write(jpeg);
        using var kept = OpenBase(coloured);
        return Reencoding.Measure(kept, EncodedImage.FromMemory(jpeg), region);
    }
}
