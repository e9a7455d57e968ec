using System.Numerics;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// The ring around a region, in which the original and the model's output show the same, averaged over small cells: a texture that was drawn
/// anew, softer or moved by a pixel is nearly the same on average, pixel by pixel it is not. Cells overlap and fade out, as does the ring, so that
/// no stripe matters by lying just within a border. Transparent pixels do not count: what lies under them was not sent.
/// </summary>
internal sealed class RingSamples
{
    /// <summary>Width in pixels of the original: wide enough for some texture, narrow enough for the shade at the edge.</summary>
    private const int MaxWidth = 24;

    private const int MinWidth = 8;

    /// <summary>Cells from the inner to the outer edge of the ring.</summary>
    private const int CellsAcross = 2;

    /// <summary>A whole cell in the middle of the ring has nearly 1.</summary>
    private const double MinCellWeight = 0.2;

    private readonly Dictionary<(int X, int Y), RingCell> _cells = [];
    private readonly EdgeBand _ring;
    private readonly int _cellSize;
    private readonly PixelArea _sent;
    private readonly (int X, int Y) _move;

    private RingSamples(RegionMask region, PixelArea sent, (int X, int Y) move)
    {
        (_sent, _move) = (sent, move);
        var width = Math.Clamp(region.ShorterSide / 2, MinWidth, MaxWidth);
        _ring = new EdgeBand(region, sent, width, inside: false);
        _cellSize = width / CellsAcross;
    }

    /// <summary>Reads both images once, from the top of the ring to its bottom.</summary>
    /// <param name="modelOutput">In the original's colour space and depth, of the size of <paramref name="sent"/>.</param>
    /// <param name="move">By how many pixels further to the right and down the output shows what the original shows.</param>
    /// <returns>Those that hold enough of the ring to say something.</returns>
    internal static RingCell[] Collect(VipsImage original, VipsImage modelOutput, RegionMask region, PixelArea sent, (int X, int Y) move = default)
    {
        var samples = new RingSamples(region, sent, move);
        ImageLoader.WithDecodeErrors(() =>
        {
            samples.Read(original, modelOutput);
            return samples;
        });
        var least = samples._cellSize * samples._cellSize * MinCellWeight;
        return [.. samples._cells.Values.Where(cell => cell.Weight >= least)];
    }

    private void Read(VipsImage original, VipsImage modelOutput)
    {
        using var before = new VipsRegion(original);
        using var drawn = new VipsRegion(modelOutput);
        var (channels, isSixteenBit) = (modelOutput.Bands, original.Format is VipsBandFormat.UShort);
        foreach (var band in _ring.Extent?.SplitIntoRowBands() ?? [])
        {
            // With the band itself: at the edge of what was sent the rest may lie beyond it.
            var surroundings = PixelArea.FromEdges(
                band.Left + Math.Min(0, _move.X - 1), band.Top + Math.Min(0, _move.Y - 1), band.Right + Math.Max(0, _move.X + 1), band.Bottom + Math.Max(0, _move.Y + 1)).Intersect(_sent)!.Value;
            Add(
                new PixelBlock(before.Read(band), band, original.Bands, isSixteenBit),
                new PixelBlock(drawn.Read(surroundings.RelativeTo(_sent)), surroundings, channels, isSixteenBit),
                channels,
                original.HasAlpha);
        }
    }

    /// <param name="modelOutput">Where the original was moved to, and one pixel more on each side that there is.</param>
    private void Add(PixelBlock original, PixelBlock modelOutput, int channels, bool hasAlpha)
    {
        var (band, shown) = (original.Area, modelOutput.Area);
        var distances = _ring.GetDistances(band);
        for (var i = 0; i < distances.Length; i++)
        {
            var (x, y) = (band.Left + (i % band.Size.Width), band.Top + (i / band.Size.Width));
            if (distances[i] == 0 || (hasAlpha && original.GetValue(x, y, channels) < byte.MaxValue))
            {
                continue;
            }

            var (drawnX, drawnY) = (Math.Clamp(x + _move.X, shown.Left, shown.Right - 1), Math.Clamp(y + _move.Y, shown.Top, shown.Bottom - 1));
            var taper = Math.Sin(Math.PI * distances[i] / (_ring.Width + 1));
            var (column, row) = (((x + 0.5) / _cellSize) - 0.5, ((y + 0.5) / _cellSize) - 0.5);
            for (var corner = 0; corner < 4; corner++)
            {
                var (cellX, cellY) = ((int)Math.Floor(column) + (corner % 2), (int)Math.Floor(row) + (corner / 2));
                var weight = taper * taper * (1 - Math.Abs(column - cellX)) * (1 - Math.Abs(row - cellY));
                var cell = GetCell(cellX, cellY, channels);
                cell.Weight += weight;
                for (var channel = 0; channel < channels; channel++)
                {
                    cell.OriginalSums[channel] += weight * original.GetValue(x, y, channel);
                    cell.DrawnSums[channel] += weight * modelOutput.GetValue(drawnX, drawnY, channel);
                    cell.DetailSums[channel] += (float)weight * GetDetail(modelOutput, drawnX, drawnY, channel);
                }
            }
        }
    }

    /// <summary>By how much the values change to the right and downwards, and the Laplacian: how much lighter the neighbours are.</summary>
    private static Vector3 GetDetail(PixelBlock image, int x, int y, int channel)
    {
        var (left, right) = (image.GetValue(Math.Max(x - 1, image.Area.Left), y, channel), image.GetValue(Math.Min(x + 1, image.Area.Right - 1), y, channel));
        var (above, below) = (image.GetValue(x, Math.Max(y - 1, image.Area.Top), channel), image.GetValue(x, Math.Min(y + 1, image.Area.Bottom - 1), channel));
        return new Vector3((float)(right - left) / 2, (float)(below - above) / 2, (float)(left + right + above + below - (4 * image.GetValue(x, y, channel))));
    }

    private RingCell GetCell(int x, int y, int channels)
    {
        if (!_cells.TryGetValue((x, y), out var cell))
        {
            _cells[(x, y)] = cell = new RingCell(x, y, channels);
        }

        return cell;
    }
}

/// <summary>The mean colours of one cell, 0 to 255 at any bit depth.</summary>
/// <param name="x">Its column in the grid of cells.</param>
/// <param name="y">Its row.</param>
internal sealed class RingCell(int x, int y, int channels)
{
    internal int X => x;

    internal int Y => y;

    internal int Channels => channels;

    /// <summary>Pixels, each as much as it belongs to the ring and the cell.</summary>
    internal double Weight { get; set; }

    internal double[] OriginalSums { get; } = new double[channels];

    internal double[] DrawnSums { get; } = new double[channels];

    internal Vector3[] DetailSums { get; } = new Vector3[channels];

    internal double Original(int channel) => OriginalSums[channel] / Weight;

    internal double Drawn(int channel) => DrawnSums[channel] / Weight;

    /// <summary>How the output's mean would change if it were moved by a pixel to the left, or up, or made softer.</summary>
    internal Vector3 Detail(int channel) => DetailSums[channel] / (float)Weight;

    /// <summary>The original's mean as it were if it had the output's place and softness.</summary>
    /// <param name="redrawn">By how many pixels further to the right and down the output shows what the original shows, and how much harder it is.</param>
    internal double OriginalRedrawn(int channel, Vector3 redrawn) => Original(channel) - Vector3.Dot(redrawn, Detail(channel));
}
