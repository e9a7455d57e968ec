using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Gives back what was taken for a shadow but is a pale solid thing, its edge too faint to stop the search. A shadow fades into the
/// backdrop along most of its rim; a thing is, a few pixels inside, clearly different already.
/// </summary>
internal sealed class ShadowVerifier(MattingContext matte)
{
    /// <summary>Pixels between the backdrop and where its neighbour is judged.</summary>
    private const int RimDepth = 3;

    /// <summary>Of a shadow that has just begun, in levels of the channel that differs most.</summary>
    private const float MaxRimDifference = 10;

    /// <summary>Share of the rim.</summary>
    private const double MaxAbruptShare = 0.5;
    private readonly int _width = matte.Pixels.Width;
    private readonly TrimapLabel[] _labels = matte.Labels;

    internal void RejectFalseShadows()
    {
        var areas = new ConnectedComponents(_labels, _width);
        foreach (var area in areas.Find(TrimapLabel.Translucent, enclosed: false))
        {
            var places = areas.GetPixels(area);
            if (HasAbruptRim(places))
            {
                foreach (var place in places)
                {
                    _labels[place] = TrimapLabel.Unknown;
                }
            }
        }
    }

    private bool HasAbruptRim(ReadOnlySpan<int> places)
    {
        var (rim, abrupt) = (0, 0);
        Span<float> behind = stackalloc float[3];
        foreach (var place in places)
        {
            if (IsRimPixel(place))
            {
                matte.Background.ColourField.EvaluateAt(place % _width, place / _width, behind);
                rim++;
                abrupt += ChebyshevDistance(matte.Pixels.Rgba.AsSpan(place * 4, 3), behind) > MaxRimDifference + (2 * matte.Thresholds.Noise) ? 1 : 0;
            }
        }

        return abrupt > MaxAbruptShare * rim;
    }

    private bool IsRimPixel(int place)
    {
        var (x, y) = (place % _width, place / _width);
        return (x >= RimDepth && _labels[place - RimDepth] == TrimapLabel.Background)
            || (x < _width - RimDepth && _labels[place + RimDepth] == TrimapLabel.Background)
            || (y >= RimDepth && _labels[place - (RimDepth * _width)] == TrimapLabel.Background)
            || (y < matte.Pixels.Height - RimDepth && _labels[place + (RimDepth * _width)] == TrimapLabel.Background);
    }

    private static float ChebyshevDistance(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind) =>
        Math.Max(Math.Abs(pixel[0] - behind[0]), Math.Max(Math.Abs(pixel[1] - behind[1]), Math.Abs(pixel[2] - behind[2])));
}
