using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Masks;

/// <summary>A region as it lies on a canvas: 0 where the model may draw, 255 elsewhere.</summary>
internal sealed class CanvasMask
{
    private readonly CanvasFit _fit;
    private readonly byte[] _alpha;

    internal CanvasMask(RegionMask region, CanvasFit fit)
    {
        _fit = fit;
        _alpha = new byte[fit.Canvas.Pixels];
        _alpha.AsSpan().Fill(255);
        Draw(region);
    }

    /// <summary>All four channels are the same: the smallest of what is an RGBA picture, and one can see what it means.</summary>
    internal byte[] Encode()
    {
        using var alpha = VipsImage.FromPixels(_alpha, _fit.Canvas.Width, _fit.Canvas.Height, bands: 1);
        using var joined = new VipsOperation("bandjoin").With("in", [alpha, alpha, alpha, alpha]).Image();
        using var rgba = joined.Meaning("srgb");
        using var stream = new MemoryStream();
        using var target = new VipsTarget(stream);
        new VipsOperation("pngsave_target").With("in", rgba).With("target", target).With("compression", 6).Choose("filter", "none").Run();
        return stream.ToArray();
    }

    /// <summary>Lets the model draw in each square of which it may draw in a pixel: a mask of noise would not fit otherwise.</summary>
    internal void Coarsen(int block)
    {
        var (right, bottom) = (_fit.PadLeft + _fit.Scaled.Width, _fit.PadTop + _fit.Scaled.Height);
        for (var top = _fit.PadTop; top < bottom; top += block)
        {
            for (var left = _fit.PadLeft; left < right; left += block)
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
            open = Row(y).Slice(left, width).Contains((byte)0);
        }

        for (var y = top; y < top + height && open; y++)
        {
            Row(y).Slice(left, width).Clear();
        }
    }

    private void Draw(RegionMask region)
    {
        var (area, scaled) = (_fit.Area, _fit.Scaled);
        var marks = new byte[area.Size.Width];
        for (var row = 0; row < scaled.Height; row++)
        {
            var (first, end) = Covered(row, scaled.Height, area.Size.Height);
            for (var y = first; y < end; y++)
            {
                region.CopyRow(area.Top + y, area.Left, marks);
                if (marks.AsSpan().Contains((byte)1))
                {
                    Open(Row(_fit.PadTop + row).Slice(_fit.PadLeft, scaled.Width), marks);
                }
            }
        }
    }

    private static void Open(Span<byte> row, byte[] marks)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var (first, end) = Covered(x, row.Length, marks.Length);
            if (marks.AsSpan(first, end - first).Contains((byte)1))
            {
                row[x] = 0;
            }
        }
    }

    /// <summary>The pixels under one pixel of the canvas: the one under its centre, or all that were reduced to it.</summary>
    private static (int First, int End) Covered(int at, int scaled, int count)
    {
        if (scaled >= count)
        {
            var under = (int)(((2L * at) + 1) * count / (2L * scaled));
            return (under, under + 1);
        }

        return ((int)((long)at * count / scaled), (int)((((at + 1L) * count) + scaled - 1) / scaled));
    }

    private Span<byte> Row(int y) => _alpha.AsSpan(y * _fit.Canvas.Width, _fit.Canvas.Width);
}
