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

        var minima = FindMinima();
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

    /// <summary>The smallest alpha in the square around each pixel: along the rows, then along the columns.</summary>
    private byte[] FindMinima()
    {
        var rows = new byte[context.Pixels.PixelCount];
        Parallel.For(0, context.Pixels.Height, y =>
        {
            for (var x = 0; x < _width; x++)
            {
                var minimum = byte.MaxValue;
                for (var column = Math.Max(0, x - _radius); column <= Math.Min(_width - 1, x + _radius); column++)
                {
                    minimum = Math.Min(minimum, context.Result[(((y * _width) + column) * 4) + 3]);
                }

                rows[(y * _width) + x] = minimum;
            }
        });
        var minima = new byte[rows.Length];
        Parallel.For(0, context.Pixels.Height, y =>
        {
            var target = minima.AsSpan(y * _width, _width);
            target.Fill(byte.MaxValue);
            for (var row = Math.Max(0, y - _radius); row <= Math.Min(context.Pixels.Height - 1, y + _radius); row++)
            {
                var line = rows.AsSpan(row * _width, _width);
                for (var x = 0; x < line.Length; x++)
                {
                    target[x] = Math.Min(target[x], line[x]);
                }
            }
        });
        return minima;
    }
}
