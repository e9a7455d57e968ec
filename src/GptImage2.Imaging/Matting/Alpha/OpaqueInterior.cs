using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// Fourth stage: noise, grain and compression make single pixels inside the subject look like mixtures. A pixel around which nothing is clearly
/// transparent is opaque.
/// </summary>
internal sealed class OpaqueInterior(MattingContext context)
{
    /// <summary>Alpha below which a pixel is a mixture beyond doubt.</summary>
    private const byte ClearlyMixed = 140;

    /// <summary>In pixels; an edge is narrower than twice this.</summary>
    private readonly int _radius = context.Thresholds.IsNoisy ? 4 : 3;
    private readonly int _width = context.Pixels.Width;

    internal void Fill()
    {
        if (context.Background.IsNeutral)
        {
            FillPits();
        }

        var minima = WindowExtremes.Find(context.CopyAlpha(), new Dimensions(_width, context.Pixels.Height), _radius, largest: false);
        context.ForEachPixel(TrimapLabel.Unknown, (index, _) =>
        {
            if (minima[index] >= ClearlyMixed && context.Result[(index * 4) + 3] < byte.MaxValue)
            {
                Fill(index);
            }
        });
    }

    /// <summary>On a neutral background, whose colour the subject may have: what no mixture connects with anything transparent.</summary>
    private void FillPits()
    {
        var reached = Array.ConvertAll(context.Labels, label => label is TrimapLabel.Background or TrimapLabel.Translucent);
        RegionGrowth.Grow(reached, _width, int.MaxValue, (_, neighbour) => context.Result[(neighbour * 4) + 3] < byte.MaxValue);
        context.ForEachPixel(TrimapLabel.Unknown, (index, _) =>
        {
            if (!reached[index])
            {
                Fill(index);
            }
        });
    }

    /// <summary>On a chroma-key background the estimated colour stays, which has no spill.</summary>
    private void Fill(int index)
    {
        if (context.Background.IsNeutral)
        {
            context.Pixels.Rgba.AsSpan(index * 4, 3).CopyTo(context.Result.AsSpan(index * 4, 3));
        }

        context.Result[(index * 4) + 3] = byte.MaxValue;
    }
}
