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

    private const byte CertainSubject = 242;
    private const byte CertainBackground = 13;

    private readonly Dimensions _cells;
    private readonly Dimensions _image;
    private readonly byte[] _alpha;

    /// <summary>By cell: 255 certain subject, 0 certain background, anything else to be found.</summary>
    private readonly byte[] _certain;

    internal UnknownBand(Matte matte, Dimensions image)
    {
        _image = image;
        _cells = new Dimensions(Math.Min(matte.Size.Width, image.Width), Math.Min(matte.Size.Height, image.Height));
        _alpha = Shrink(matte, _cells);
        _certain = FindCertain(_alpha, _cells);
        Scale = Math.Max((double)image.Width / _cells.Width, (double)image.Height / _cells.Height);
    }

    /// <summary>Pixels of the image in one of the model's, at least 1.</summary>
    internal double Scale { get; }

    internal bool Contains(int x, int y) => _certain[CellOf(x, y)] is not (0 or 255);

    /// <summary>The model's alpha, 0 to 1, interpolated; exactly 0 or 1 outside the band.</summary>
    internal float AlphaAt(int x, int y)
    {
        var certain = _certain[CellOf(x, y)];
        return certain is 0 or 255 ? certain / 255f : Interpolate(x, y);
    }

    /// <summary>Whether any pixel of an area is in the band.</summary>
    internal bool Touches(PixelArea area)
    {
        var (left, right) = (area.Left * _cells.Width / _image.Width, (area.Left + area.Size.Width - 1) * _cells.Width / _image.Width);
        for (var y = CellRow(area.Top); y <= CellRow(area.Top + area.Size.Height - 1); y++)
        {
            if (_certain.AsSpan((y * _cells.Width) + left, right - left + 1).ContainsAnyExcept((byte)0, (byte)255))
            {
                return true;
            }
        }

        return false;
    }

    private int CellOf(int x, int y) => (CellRow(y) * _cells.Width) + (int)((long)x * _cells.Width / _image.Width);

    private int CellRow(int y) => (int)((long)y * _cells.Height / _image.Height);

    private float Interpolate(int x, int y)
    {
        var (left, right, across) = Place(x, _cells.Width, _image.Width);
        var (top, bottom, down) = Place(y, _cells.Height, _image.Height);
        var upper = float.Lerp(_alpha[(top * _cells.Width) + left], _alpha[(top * _cells.Width) + right], across);
        var lower = float.Lerp(_alpha[(bottom * _cells.Width) + left], _alpha[(bottom * _cells.Width) + right], across);
        return float.Lerp(upper, lower, down) / 255;
    }

    private static (int First, int Second, float Share) Place(int position, int cells, int pixels)
    {
        var centre = ((position + 0.5f) * cells / pixels) - 0.5f;
        var first = (int)MathF.Floor(centre);
        return (Math.Clamp(first, 0, cells - 1), Math.Clamp(first + 1, 0, cells - 1), centre - first);
    }

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
}
