using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>First stage: alpha at the image's own resolution, written into its alpha channel.</summary>
internal sealed class AlphaRefiner
{
    private const int TileEdge = 256;

    /// <summary>Radius of the filter in the model's own pixels, and its limits in pixels of the image.</summary>
    private const double RadiusInCells = 2.5;

    private const int MinRadius = 3;
    private const int MaxRadius = 48;

    /// <summary>Colours that differ less, squared, are grain: three levels of 255.</summary>
    private const float Epsilon = 1.4e-4f;

    /// <summary>What the filter leaves of haze and of dents: alpha is stretched so that this much at either end is nothing and everything.</summary>
    private const float Slack = 0.06f;

    private readonly RgbaBuffer _pixels;
    private readonly EdgeBand _band;
    private readonly int _margin;
    private readonly GuidedFilter _filter;
    private readonly Vector3[] _guide;
    private readonly float[] _alpha;

    private AlphaRefiner(RgbaBuffer pixels, EdgeBand band)
    {
        (_pixels, _band) = (pixels, band);
        var radius = Math.Clamp((int)Math.Round(RadiusInCells * band.Scale), MinRadius, MaxRadius);
        _margin = 2 * radius;
        var edge = TileEdge + (2 * _margin);
        _filter = new GuidedFilter(edge * edge, edge, radius, Epsilon);
        (_guide, _alpha) = (new Vector3[edge * edge], new float[edge * edge]);
    }

    internal static void Refine(RgbaBuffer pixels, EdgeBand band, CancellationToken cancellationToken) =>
        ImageTiles.ForEach(ImageTiles.Cut(new Dimensions(pixels.Width, pixels.Height), TileEdge), [], () => new AlphaRefiner(pixels, band), (refiner, tile) => refiner.Refine(tile), cancellationToken);

    private void Refine(PixelArea tile)
    {
        if (!_band.Touches(tile))
        {
            ForEachPixel(tile, (x, y, _) => SetAlpha(x, y, _band.AlphaAt(x, y)));
            return;
        }

        var area = ImageTiles.Widen(tile, _margin, new Dimensions(_pixels.Width, _pixels.Height));
        ForEachPixel(area, (x, y, index) => (_guide[index], _alpha[index]) = (_pixels.ColourAt((y * _pixels.Width) + x) / 255, _band.AlphaAt(x, y)));
        var count = (int)area.Size.PixelCount;
        _filter.Filter(_guide.AsSpan(0, count), _alpha.AsSpan(0, count), area.Size.Width, area.Size.Height);
        ForEachPixel(tile, (x, y, _) =>
        {
            var filtered = _alpha[((y - area.Top) * area.Size.Width) + x - area.Left];
            SetAlpha(x, y, _band.Contains(x, y) ? (filtered - Slack) / (1 - (2 * Slack)) : _band.AlphaAt(x, y));
        });
    }

    /// <summary>The few transparent specks that an image may have stay transparent.</summary>
    private void SetAlpha(int x, int y, float alpha)
    {
        ref var stored = ref _pixels.Rgba[(((y * _pixels.Width) + x) * 4) + 3];
        var found = (byte)Math.Clamp((alpha * 255) + 0.5f, 0, 255);
        stored = stored < RgbaBuffer.OpaqueThreshold ? Math.Min(stored, found) : found;
    }

    private static void ForEachPixel(PixelArea area, Action<int, int, int> action)
    {
        var index = 0;
        for (var y = area.Top; y < area.Top + area.Size.Height; y++)
        {
            for (var x = area.Left; x < area.Left + area.Size.Width; x++)
            {
                action(x, y, index++);
            }
        }
    }
}
