using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>One pasting: decides how the answer enters the original, measures the result, and writes it.</summary>
/// <param name="region">What was to change.</param>
/// <param name="pasted">What does: the region, or all that was sent.</param>
/// <param name="sent">The part that the answer shows.</param>
internal sealed class CompositeOperation(SourceImage original, ModelOutput answer, RegionMask region, RegionMask pasted, PixelArea sent, int feather)
{
    private readonly PixelArea _area = pasted.Bounds.Intersect(sent)!.Value;
    private readonly bool _replacesEverything = !ReferenceEquals(region, pasted);

    internal CompositeReport Execute(SaveOptions save, Stream output)
    {
        var colours = DecideColourHandling();
        using var patch = CreateLayer(colours.Turns);
        var seam = new SeamMetrics(pasted, sent, inside: _replacesEverything);
        var measurement = MeasureChanges(colours.Turns, patch, seam);
        WriteResult(colours.Turns, patch, save, output);
        return new CompositeReport
        {
            Size = region.ImageSize,
            Coverage = region.Coverage,
            ChangedInside = measurement.ChangedInside,
            ChangedOutside = measurement.ChangedOutside,
            ColourShift = seam.MeanColourShift,
            CmykConverted = original.WasCmyk,
            GreyKept = colours.Stays,
            BecameColour = colours.Turns,
            AlphaRevealed = patch.RevealsAlpha,
            BecameEightBit = original.BecameEightBit,
            ProfileConverted = original.ProfileConverted,
        };
    }

    /// <summary>Whether a grey original turns into a coloured one, or stays grey though colours were drawn: its profile cannot say them.</summary>
    private (bool Turns, bool Stays) DecideColourHandling()
    {
        using var ground = original.OpenPixels();
        var lost = ground.ColourBands == 1 && answer.IsColourful(region, sent);
        return (lost && !ground.HasProfile, lost && ground.HasProfile);
    }

    private VipsImage OpenBase(bool coloured) => coloured ? original.OpenPixels().Pipe(grey => grey.GreyToRgb()) : original.OpenPixels();

    private BlendLayer CreateLayer(bool coloured)
    {
        using var ground = OpenBase(coloured);
        var weights = pasted.GetFeatherWeights(_area, feather);
        var opening = AlphaReveal.ComputeAlphaWeights(ground, region, _area, feather, weights);
        return new BlendLayer(_area, answer.ConvertTo(ground, _area.RelativeTo(sent)), weights, opening);
    }

    private ChangeMetrics MeasureChanges(bool coloured, BlendLayer patch, SeamMetrics seam)
    {
        using var ground = OpenBase(coloured);
        using var result = patch.BlendOver(ground);
        using var drawn = answer.ConvertTo(ground, new PixelArea(0, 0, sent.Size));
        var measurement = new ChangeMetrics(region, seam);
        return SourceImage.WithDecodeErrors(() =>
        {
            measurement.Compare(ground, result, drawn, sent);
            return measurement;
        });
    }

    private void WriteResult(bool coloured, BlendLayer patch, SaveOptions save, Stream output)
    {
        using var ground = OpenBase(coloured);
        using var picture = new Image(patch.BlendOver(ground));
        picture.Save(output, save);
    }
}
