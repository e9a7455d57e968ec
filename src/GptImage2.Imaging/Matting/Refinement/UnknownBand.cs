using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>
/// Where a matte is certain, and where its edge has to be found anew: within a few of the model's own pixels of everything that is neither
/// subject nor background. Its width in pixels of the image therefore grows with the image.
/// </summary>
internal sealed class UnknownBand
{
    /// <summary>How far a model's edge may be from the real one, in its own pixels. ISNet at 1024 was seen to be off by up to three.</summary>
    private const int Reach = 3;

    /// <summary>Where all within reach is at least this sure, there is no edge: a model that hesitates about fur must not make it see-through.</summary>
    private const byte CertainSubject = 160;
    private const byte CertainBackground = 13;

    private readonly Dimensions _cells;
    private readonly Dimensions _image;
    private readonly byte[] _alpha;

    /// <summary>By cell: 255 certain subject, 0 certain background, anything else to be found.</summary>
    private readonly byte[] _certain;

    private readonly CellPosition[] _columns;
    private readonly CellPosition[] _rows;

    internal UnknownBand(Matte matte, Dimensions image)
    {
        _image = image;
        _cells = new Dimensions(Math.Min(matte.Size.Width, image.Width), Math.Min(matte.Size.Height, image.Height));
        _alpha = Shrink(matte, _cells);
        _certain = FindCertain(_alpha, _cells);
        (_columns, _rows) = (FindCells(_cells.Width, image.Width), FindCells(_cells.Height, image.Height));
        Scale = Math.Max((double)image.Width / _cells.Width, (double)image.Height / _cells.Height);
    }

    /// <summary>Pixels of the image in one of the model's, at least 1.</summary>
    internal double Scale { get; }

    /// <summary>What is certain of a row of the image.</summary>
    internal ReadOnlySpan<byte> CertaintyOfRow(int y) => _certain.AsSpan(_rows[y].Cell * _cells.Width, _cells.Width);

    /// <summary>The column of the model's pixel at a column of the image.</summary>
    internal int CellColumn(int x) => _columns[x].Cell;

    internal bool Contains(int x, int y) => CertaintyOfRow(y)[_columns[x].Cell] is not (0 or 255);

    /// <summary>The model's alpha, 0 to 1, interpolated; exactly 0 or 1 outside the band.</summary>
    internal float AlphaAt(int x, int y)
    {
        var certain = CertaintyOfRow(y)[_columns[x].Cell];
        return certain is 0 or 255 ? certain / 255f : Interpolate(x, y);
    }

    /// <summary>The smallest rectangle that holds all of the band within an area; null where it holds none.</summary>
    internal PixelArea? FindBounds(PixelArea area)
    {
        var (first, last) = (_columns[area.Left].Cell, _columns[area.Right - 1].Cell);
        var (left, right, top, bottom) = (int.MaxValue, -1, -1, -1);
        for (var row = _rows[area.Top].Cell; row <= _rows[area.Bottom - 1].Cell; row++)
        {
            var cells = _certain.AsSpan((row * _cells.Width) + first, last - first + 1);
            if (cells.IndexOfAnyExcept((byte)0, (byte)255) is >= 0 and var begin)
            {
                (left, right) = (Math.Min(left, first + begin), Math.Max(right, first + cells.LastIndexOfAnyExcept((byte)0, (byte)255)));
                (top, bottom) = (top < 0 ? row : top, row);
            }
        }

        return right < 0 ? null : PixelArea.FromEdges(FirstPixel(left, _cells.Width, _image.Width), FirstPixel(top, _cells.Height, _image.Height), FirstPixel(right + 1, _cells.Width, _image.Width), FirstPixel(bottom + 1, _cells.Height, _image.Height)).Intersect(area);
    }

    /// <summary>The first pixel of the image in a cell.</summary>
    private static int FirstPixel(int cell, int cells, int pixels) => (int)((((long)cell * pixels) + cells - 1) / cells);

    private float Interpolate(int x, int y)
    {
        var ((_, left, right, across), (_, top, bottom, down)) = (_columns[x], _rows[y]);
        var upper = float.Lerp(_alpha[(top * _cells.Width) + left], _alpha[(top * _cells.Width) + right], across);
        var lower = float.Lerp(_alpha[(bottom * _cells.Width) + left], _alpha[(bottom * _cells.Width) + right], across);
        return float.Lerp(upper, lower, down) / 255;
    }

    private static CellPosition[] FindCells(int cells, int pixels) => [.. Enumerable.Range(0, pixels).Select(position =>
    {
        var centre = ((position + 0.5f) * cells / pixels) - 0.5f;
        var first = (int)MathF.Floor(centre);
        return new CellPosition((int)((long)position * cells / pixels), Math.Clamp(first, 0, cells - 1), Math.Clamp(first + 1, 0, cells - 1), centre - first);
    })];

    private static byte[] Shrink(Matte matte, Dimensions cells)
    {
        if (matte.Size == cells)
        {
            return matte.Alpha;
        }

        using var grey = Vips.VipsImage.FromPixels(matte.Alpha, matte.Size.Width, matte.Size.Height, bands: 1);
        using var small = Vips.VipsImageExtensions.ResizeUnweighted(grey, cells);
        return ImageLoader.WithDecodeErrors(small.ToByteArray);
    }

    private static byte[] FindCertain(byte[] alpha, Dimensions cells)
    {
        var (least, most) = (WindowExtremes.Find(alpha, cells, Reach, largest: false), WindowExtremes.Find(alpha, cells, Reach, largest: true));
        var certain = new byte[alpha.Length];
        for (var i = 0; i < certain.Length; i++)
        {
            certain[i] = least[i] >= CertainSubject ? byte.MaxValue : most[i] <= CertainBackground ? byte.MinValue : (byte)128;
        }

        return certain;
    }

    /// <summary>Where a column or a row of the image lies in the model's.</summary>
    /// <param name="Cell">That it is in.</param>
    /// <param name="Before">The one whose centre is before it.</param>
    /// <param name="After">The one whose centre is after it.</param>
    /// <param name="Share">Of the latter, 0 to 1.</param>
    private readonly record struct CellPosition(int Cell, int Before, int After, float Share);
}
