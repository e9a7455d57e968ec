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
    private readonly UnknownBand _band;
    private readonly ForegroundColours _solver = new(TileEdge + (2 * Margin));

    private ColourRefiner(RgbaBuffer pixels, UnknownBand band) => (_pixels, _band) = (pixels, band);

    /// <summary>Tiles read each other's surroundings as they were, so what is found in a row of tiles is written when the next row is done.</summary>
    internal static void Refine(RgbaBuffer pixels, UnknownBand band, CancellationToken cancellationToken)
    {
        var workers = new ConcurrentBag<ColourRefiner>();
        var waiting = new ConcurrentBag<(PixelArea Tile, uint[] Found)>();
        foreach (var row in ImageTiles.Cut(new Dimensions(pixels.Width, pixels.Height), TileEdge).GroupBy(tile => tile.Top))
        {
            var found = new ConcurrentBag<(PixelArea Tile, uint[] Found)>();
            ImageTiles.ForEach(row, workers, () => new ColourRefiner(pixels, band), (refiner, tile) => found.Add((tile, refiner.Refine(tile))), cancellationToken);
            Write(pixels, waiting);
            waiting = found;
        }

        Write(pixels, waiting);
    }

    /// <returns>The tile's pixels; empty where there is nothing to be found.</returns>
    private uint[] Refine(PixelArea tile)
    {
        if (_band.FindBounds(tile) is not { } unknown)
        {
            return [];
        }

        var area = ImageTiles.Widen(unknown, Margin, new Dimensions(_pixels.Width, _pixels.Height));
        Load(area);
        var colours = _solver.Solve(area.Size.Width, area.Size.Height);
        var found = new uint[tile.Size.PixelCount];
        var target = 0;
        for (var y = tile.Top; y < tile.Top + tile.Size.Height; y++)
        {
            for (var x = tile.Left; x < tile.Left + tile.Size.Width; x++)
            {
                var pixel = _pixels.Rgba.AsSpan(((y * _pixels.Width) + x) * 4, 4);
                found[target++] = pixel[3] < byte.MaxValue && _band.Contains(x, y)
                    ? Pack(colours[((y - area.Top) * area.Size.Width) + x - area.Left], pixel[3])
                    : Clear(MemoryMarshal.Read<uint>(pixel), pixel[3]);
            }
        }

        return found;
    }

    private static void Write(RgbaBuffer pixels, IEnumerable<(PixelArea Tile, uint[] Found)> tiles)
    {
        var all = MemoryMarshal.Cast<byte, uint>(pixels.Rgba.AsSpan());
        foreach (var (tile, found) in tiles)
        {
            for (var y = 0; y < tile.Size.Height; y++)
            {
                var row = all.Slice(((tile.Top + y) * pixels.Width) + tile.Left, tile.Size.Width);
                if (found.Length > 0)
                {
                    found.AsSpan(y * tile.Size.Width, tile.Size.Width).CopyTo(row);
                }
                else if (pixels.Rgba[(((tile.Top * pixels.Width) + tile.Left) * 4) + 3] is 0)
                {
                    row.Clear();
                }
            }
        }
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

    /// <summary>One constant colour compresses best.</summary>
    private static uint Clear(uint pixel, byte alpha) => alpha is 0 ? 0 : pixel;
}
