using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>
/// Second stage: the subject's own colour where a pixel shows background too, so that no halo of the old background stays. Opaque pixels are
/// not touched; transparent ones next to the edge take the colour of the subject, so that scaling shows no fringe, and all others become black.
/// </summary>
internal sealed class ColourRefiner
{
    private const int TileEdge = 192;

    /// <summary>In pixels: how far colours are taken from.</summary>
    private const int Margin = 48;

    private readonly RgbaBuffer _pixels;
    private readonly EdgeBand _band;
    private readonly ForegroundColours _solver = new(TileEdge + (2 * Margin));

    private ColourRefiner(RgbaBuffer pixels, EdgeBand band) => (_pixels, _band) = (pixels, band);

    internal static void Refine(RgbaBuffer pixels, EdgeBand band, CancellationToken cancellationToken)
    {
        // Tiles read each other's surroundings as they were, so what they find is written at the end.
        var found = new ConcurrentBag<(int Index, uint Pixel)[]>();
        ImageTiles.ForEach(ImageTiles.Cut(new Dimensions(pixels.Width, pixels.Height), TileEdge), () => new ColourRefiner(pixels, band), (refiner, tile) => found.Add(refiner.Refine(tile)), cancellationToken);
        Clear(pixels.Rgba);
        foreach (var (index, pixel) in found.SelectMany(pixel => pixel))
        {
            MemoryMarshal.Write(pixels.Rgba.AsSpan(index * 4, 4), pixel);
        }
    }

    private (int Index, uint Pixel)[] Refine(PixelArea tile)
    {
        if (!_band.Touches(tile))
        {
            return [];
        }

        var area = ImageTiles.Widen(tile, Margin, new Dimensions(_pixels.Width, _pixels.Height));
        Load(area);
        var colours = _solver.Solve(area.Size.Width, area.Size.Height);
        var found = new List<(int, uint)>();
        for (var y = tile.Top; y < tile.Top + tile.Size.Height; y++)
        {
            for (var x = tile.Left; x < tile.Left + tile.Size.Width; x++)
            {
                var index = (y * _pixels.Width) + x;
                if (_band.Contains(x, y) && _pixels.Rgba[(index * 4) + 3] is < byte.MaxValue and var alpha)
                {
                    found.Add((index, Pack(colours[((y - area.Top) * area.Size.Width) + x - area.Left], alpha)));
                }
            }
        }

        return [.. found];
    }

    private void Load(PixelArea area)
    {
        var (colours, alpha) = _solver.Input;
        var target = 0;
        for (var y = area.Top; y < area.Top + area.Size.Height; y++)
        {
            for (var x = area.Left; x < area.Left + area.Size.Width; x++, target++)
            {
                var index = (y * _pixels.Width) + x;
                (colours[target], alpha[target]) = (_pixels.ColourAt(index) / 255, _pixels.Rgba[(index * 4) + 3] / 255f);
            }
        }
    }

    private static uint Pack(Vector3 colour, byte alpha)
    {
        var levels = (colour * 255) + new Vector3(0.5f);
        Span<byte> pixel = [(byte)levels.X, (byte)levels.Y, (byte)levels.Z, alpha];
        return MemoryMarshal.Read<uint>(pixel);
    }

    private static void Clear(byte[] rgba)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(rgba.AsSpan());
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = rgba[(i * 4) + 3] is 0 ? 0 : pixels[i];
        }
    }
}
