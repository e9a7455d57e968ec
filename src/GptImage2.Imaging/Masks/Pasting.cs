using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Masks;

/// <summary>One pasting: decides how the answer enters the original, measures the result, and writes it.</summary>
/// <param name="region">What was to change.</param>
/// <param name="pasted">What does: the region, or all that was sent.</param>
/// <param name="sent">The part that the answer shows.</param>
internal sealed class Pasting(Original original, Answer answer, RegionMask region, RegionMask pasted, PixelArea sent, int feather)
{
    private readonly PixelArea _area = pasted.Bounds.Cut(sent)!.Value;
    private readonly bool _everywhere = !ReferenceEquals(region, pasted);

    internal PasteReport Run(SaveOptions save, Stream output)
    {
        var colours = Colours();
        using var patch = Prepare(colours.Turns);
        var seam = new Seam(pasted, sent, inside: _everywhere);
        var measurement = Measure(colours.Turns, patch, seam);
        Write(colours.Turns, patch, save, output);
        return new PasteReport
        {
            Size = region.Image,
            Coverage = region.Coverage,
            ChangedInside = measurement.ChangedInside,
            ChangedOutside = measurement.ChangedOutside,
            ColourShift = seam.Shift,
            CmykConverted = original.WasCmyk,
            GreyKept = colours.Stays,
            BecameColour = colours.Turns,
            AlphaOpened = patch.OpensAlpha,
            BecameEightBit = original.BecameEightBit,
            ProfileConverted = original.ProfileConverted,
        };
    }

    /// <summary>Whether a grey original turns into a coloured one, or stays grey though colours were drawn: its profile cannot say them.</summary>
    private (bool Turns, bool Stays) Colours()
    {
        using var ground = original.Open();
        var lost = ground.Colours == 1 && answer.IsColourful(region, sent);
        return (lost && !ground.HasProfile, lost && ground.HasProfile);
    }

    private VipsImage Ground(bool coloured) => coloured ? original.Open().Owned(grey => grey.GreyToRgb()) : original.Open();

    private Patch Prepare(bool coloured)
    {
        using var ground = Ground(coloured);
        var weights = pasted.Feathered(_area, feather);
        var opening = AlphaOpening.Open(ground, region, _area, feather, weights);
        return new Patch(_area, answer.In(ground, _area.From(sent)), weights, opening);
    }

    private PasteMeasurement Measure(bool coloured, Patch patch, Seam seam)
    {
        using var ground = Ground(coloured);
        using var result = patch.Over(ground);
        using var drawn = answer.In(ground, new PixelArea(0, 0, sent.Size));
        var measurement = new PasteMeasurement(region, seam);
        return Original.Reading(() =>
        {
            measurement.Compare(ground, result, drawn, sent);
            return measurement;
        });
    }

    private void Write(bool coloured, Patch patch, SaveOptions save, Stream output)
    {
        using var ground = Ground(coloured);
        using var picture = new Picture(patch.Over(ground));
        picture.Save(output, save);
    }
}
