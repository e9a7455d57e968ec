using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>First stage: alpha at the image's own resolution, written into its alpha channel.</summary>
internal sealed class AlphaRefiner
{
    private const int TileEdge = 128;

    /// <summary>Radius of the filter in the model's own pixels, and its limits in pixels of the image.</summary>
    private const double RadiusInCells = 2.5;

    private const int MinRadius = 3;
    private const int MaxRadius = 48;

    /// <summary>
    /// The first pass moves the edge to where the image has one, but leaves it soft. Made steeper, and filtered once more with a smaller window, it is
    /// as sharp as the image: over the drawn subjects of the tests the error of alpha falls from a half of the model's to a tenth. The coarser the
    /// model saw the image, the steeper: where it saw every pixel, what it took for soft fur is.
    /// </summary>
    private const double GainByScale = 0.4;

    private const double MinGain = 1.25;
    private const double MaxGain = 2;

    private const double FineRadius = 0.4;

    /// <summary>Colours that differ less, squared, are grain: three levels of 255.</summary>
    private const float Epsilon = 1.4e-4f;

    /// <summary>What the filter leaves of haze and of dents: alpha is stretched so that this much at either end is nothing and everything.</summary>
    private const float Slack = 0.06f;

    private readonly RgbaBuffer _pixels;
    private readonly UnknownBand _band;
    private readonly int _margin;
    private readonly int _radius;
    private readonly int _fineRadius;
    private readonly float _gain;
    private readonly GuidedFilter _filter;
    private readonly Vector3[] _guide;
    private readonly float[] _alpha;

    private AlphaRefiner(RgbaBuffer pixels, UnknownBand band)
    {
        (_pixels, _band) = (pixels, band);
        var radius = Math.Clamp((int)Math.Round(RadiusInCells * band.Scale), MinRadius, MaxRadius);
        (_radius, _fineRadius) = (radius, Math.Max(2, (int)(radius * FineRadius)));
        _gain = (float)Math.Clamp(1 + ((band.Scale - 1) * GainByScale), MinGain, MaxGain);
        _margin = 2 * (_radius + _fineRadius);
        var edge = TileEdge + (2 * _margin);
        _filter = new GuidedFilter(edge * edge, edge, Epsilon);
        (_guide, _alpha) = (new Vector3[edge * edge], new float[edge * edge]);
    }

    internal static void Refine(RgbaBuffer pixels, UnknownBand band, CancellationToken cancellationToken) =>
        ImageTiles.ForEach(ImageTiles.Cut(new Dimensions(pixels.Width, pixels.Height), TileEdge), [], () => new AlphaRefiner(pixels, band), (refiner, tile) => refiner.Refine(tile), cancellationToken);

    private void Refine(PixelArea tile)
    {
        SetCertain(tile);
        if (_band.FindBounds(tile) is not { } unknown)
        {
            return;
        }

        var area = ImageTiles.Widen(unknown, _margin, new Dimensions(_pixels.Width, _pixels.Height));
        Load(area);
        var count = (int)area.Size.PixelCount;
        var guide = _guide.AsSpan(0, count);
        var alpha = _alpha.AsSpan(0, count);
        _filter.Filter(guide, alpha, area.Size.Width, area.Size.Height, _radius);
        foreach (ref var value in alpha)
        {
            value = Math.Clamp(((value - 0.5f) * _gain) + 0.5f, 0, 1);
        }

        _filter.Filter(guide, alpha, area.Size.Width, area.Size.Height, _fineRadius);
        for (var y = unknown.Top; y < unknown.Bottom; y++)
        {
            for (var x = unknown.Left; x < unknown.Right; x++)
            {
                if (_band.Contains(x, y))
                {
                    var filtered = _alpha[((y - area.Top) * area.Size.Width) + x - area.Left];
                    SetAlpha(x, y, (byte)((Math.Clamp((filtered - Slack) / (1 - (2 * Slack)), 0, 1) * 255) + 0.5f));
                }
            }
        }
    }

    private void Load(PixelArea area)
    {
        var index = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++, index++)
            {
                (_guide[index], _alpha[index]) = (_pixels.ColourAt((y * _pixels.Width) + x) / 255, _band.AlphaAt(x, y));
            }
        }
    }

    private void SetCertain(PixelArea tile)
    {
        for (var y = tile.Top; y < tile.Bottom; y++)
        {
            var certain = _band.CertaintyOfRow(y);
            for (var x = tile.Left; x < tile.Right; x++)
            {
                if (certain[_band.CellColumn(x)] is (0 or 255) and var alpha)
                {
                    SetAlpha(x, y, alpha);
                }
            }
        }
    }

    /// <summary>The few transparent specks that an image may have stay transparent.</summary>
    private void SetAlpha(int x, int y, byte found)
    {
        ref var stored = ref _pixels.Rgba[(((y * _pixels.Width) + x) * 4) + 3];
        stored = stored < RgbaBuffer.OpaqueThreshold ? Math.Min(stored, found) : found;
    }
}
