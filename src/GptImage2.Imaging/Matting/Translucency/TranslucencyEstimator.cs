using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Second stage on a chroma-key background: glass, smoke, shadows. Seen through something grey, the background keeps its hue and loses chroma in
/// proportion to its transmission (<see cref="GreyMixture"/>), so broad areas of exactly the background's hue are translucent.
/// Anything with a hue of its own is solid, and so is grey, which has no background chroma left.
/// </summary>
internal sealed class TranslucencyEstimator(MattingContext context)
{
    /// <summary>Transmission below which an area is a solid object that happens to have the background's hue.</summary>
    private const float MinTransmission = 0.25f;

    /// <summary>The same inside a translucent area, as for a highlight on glass.</summary>
    private const float MinTransmissionInside = 0.04f;

    /// <summary>What is see-through somewhere lets this much through in at least <see cref="MinClearShare"/> of its area; less is spill on something solid.</summary>
    private const float ClearTransmission = 0.45f;
    private const double MinClearShare = 0.1;

    /// <summary>Half the width of such highlights, in pixels.</summary>
    private const int HighlightRadius = 6;

    /// <summary>Translucent areas are broader than this radius, in pixels; anything thinner is the edge of a solid object, which a lossy codec smears.</summary>
    private readonly int _erosionRadius = context.Thresholds.IsLossy ? 5 : 2;
    private readonly int _width = context.Pixels.Width;
    private readonly bool[] _candidates = new bool[context.Pixels.PixelCount];
    private readonly bool[] _strongCandidates = new bool[context.Pixels.PixelCount];

    internal void Estimate()
    {
        FindCandidates();
        var areas = Morphology.Erode(_strongCandidates, _candidates, _width, _erosionRadius);
        RegionGrowth.Grow(areas, _width, 2 * _erosionRadius, (_, neighbour) => _candidates[neighbour]);
        AddHighlights(areas);
        context.MarkTranslucent(areas);
        RejectSpill();
        context.ForEachPixel(TrimapLabel.Translucent, SolveTranslucent);
    }

    /// <summary>Adds what such areas surround (morphological closing).</summary>
    private void AddHighlights(bool[] areas)
    {
        var everywhere = new bool[areas.Length];
        Array.Fill(everywhere, true);
        var closed = Morphology.Erode(_candidates, Morphology.Dilate(everywhere, areas, _width, HighlightRadius), _width, HighlightRadius);
        for (var index = 0; index < areas.Length; index++)
        {
            areas[index] |= closed[index];
        }
    }

    /// <summary>Light of the backdrop on a grey subject looks like dense glass, but is nowhere clear.</summary>
    private void RejectSpill()
    {
        foreach (var component in new ConnectedComponents(context.Labels, _width).Find(TrimapLabel.Translucent, enclosed: false))
        {
            if (component.Count(IsClear) < MinClearShare * component.Count)
            {
                context.Relabel(component, TrimapLabel.Unknown);
            }
        }
    }

    private bool IsClear(int index) =>
        GreyMixture.Transmission(context.Pixels.ColourAt(index).Chroma, context.Background.ColourField.EvaluateAt(index).Chroma) >= ClearTransmission;

    private void FindCandidates()
    {
        var colours = context.Thresholds.IsNoisy ? BoxBlur.Blur(context.Pixels, context.Thresholds.BlurRadius) : context.Pixels;
        var tolerance = GreyMixture.Tolerance(context.Thresholds);
        context.ForEachPixel(TrimapLabel.Unknown, (index, background) =>
        {
            var transmission = GreyMixture.FindTransmission(colours.ColourAt(index), background, tolerance);
            (_candidates[index], _strongCandidates[index]) = (transmission >= MinTransmissionInside, transmission >= MinTransmission);
        });
    }

    private void SolveTranslucent(int index, Vector3 background)
    {
        var pixel = context.Pixels.ColourAt(index);
        var transmission = Math.Clamp(GreyMixture.Transmission(pixel.Chroma, background.Chroma), 0, 1);
        context.SetPixel(index, new Vector3(GreyMixture.FindGrey(pixel, background, transmission)), 1 - transmission);
    }
}
