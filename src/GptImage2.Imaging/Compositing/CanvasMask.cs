using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>A region as it lies on a canvas: 0 where the model may draw, 255 elsewhere.</summary>
internal sealed class CanvasMask
{
    private readonly CanvasPlacement _placement;
    private readonly byte[] _alpha;

    internal CanvasMask(RegionMask region, CanvasPlacement fit)
    {
        _placement = fit;
        _alpha = new byte[fit.Canvas.PixelCount];
        _alpha.AsSpan().Fill(255);
        RasterizeRegion(region);
    }

    /// <summary>All four channels are the same: the smallest of what is an RGBA picture, and one can see what it means.</summary>
    internal byte[] EncodePng()
    {
        using var alpha = VipsImage.FromPixels(_alpha, _placement.Canvas.Width, _placement.Canvas.Height, bands: 1);
        using var joined = new VipsOperation("bandjoin").With("in", [alpha, alpha, alpha, alpha]).ToImage();
        using var rgba = joined.WithInterpretation("srgb");
        using var stream = new MemoryStream();
        using var target = new VipsTarget(stream);
        new VipsOperation("pngsave_target").With("in", rgba).With("target", target).With("compression", 6).WithEnum("filter", "none").Run();
        return stream.ToArray();
    }

    /// <summary>Lets the model draw in each square of which it may draw in a pixel: a mask of noise would not fit otherwise.</summary>
    internal void Coarsen(int block)
    {
        var (right, bottom) = (_placement.PadLeft + _placement.Scaled.Width, _placement.PadTop + _placement.Scaled.Height);
        for (var top = _placement.PadTop; top < bottom; top += block)
        {
            for (var left = _placement.PadLeft; left < right; left += block)
            {
                Coarsen(left, top, Math.Min(block, right - left), Math.Min(block, bottom - top));
            }
        }
    }

    private void Coarsen(int left, int top, int width, int height)
    {
        var open = false;
        for (var y = top; y < top + height && !open; y++)
        {
            open = RowSpan(y).Slice(left, width).Contains((byte)0);
        }

        for (var y = top; y < top + height && open; y++)
        {
            RowSpan(y).Slice(left, width).Clear();
        }
    }

    private void RasterizeRegion(RegionMask region)
    {
        var (area, scaled) = (_placement.Area, _placement.Scaled);
        var marks = new byte[area.Size.Width];
        for (var row = 0; row < scaled.Height; row++)
        {
            var (first, end) = SourceSpan(row, scaled.Height, area.Size.Height);
            for (var y = first; y < end; y++)
            {
                region.CopyRow(area.Top + y, area.Left, marks);
                if (marks.AsSpan().Contains((byte)1))
                {
                    MarkEditable(RowSpan(_placement.PadTop + row).Slice(_placement.PadLeft, scaled.Width), marks);
                }
            }
        }
    }

    private static void MarkEditable(Span<byte> row, byte[] marks)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var (first, end) = SourceSpan(x, row.Length, marks.Length);
            if (marks.AsSpan(first, end - first).Contains((byte)1))
            {
                row[x] = 0;
            }
        }
    }

    /// <summary>The pixels under one pixel of the canvas: the one under its centre, or all that were reduced to it.</summary>
    private static (int First, int End) SourceSpan(int at, int scaled, int count)
    {
        if (scaled >= count)
        {
            var under = (int)(((2L * at) + 1) * count / (2L * scaled));
            return (under, under + 1);
        }

        return ((int)((long)at * count / scaled), (int)((((at + 1L) * count) + scaled - 1) / scaled));
    }

    private Span<byte> RowSpan(int y) => _alpha.AsSpan(y * _placement.Canvas.Width, _placement.Canvas.Width);
}
