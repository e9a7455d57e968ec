using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Refinement;

namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>Two pictures of one subject, and how the second is brought onto the first.</summary>
internal sealed record PicturePair(RgbaBuffer Light, RgbaBuffer Dark)
{
    /// <summary>Where a pixel of the light picture is in the dark one, in pixels.</summary>
    internal (int X, int Y) Shift { get; init; }

    internal ColourCorrection Correction { get; init; } = ColourCorrection.None;

    internal static PicturePair Read(EncodedImage light, EncodedImage dark) => new(SubjectPixels.Read(light), SubjectPixels.Read(dark));

    /// <summary>The colour of the dark picture that belongs to a pixel of the light one; beyond its border that of the border.</summary>
    internal Vector3 DarkColourAt(int x, int y) => Correction.Apply(DarkColourAt(x, y, Shift));

    internal Vector3 DarkColourAt(int x, int y, (int X, int Y) shift)
    {
        var (column, row) = (Math.Clamp(x + shift.X, 0, Dark.Width - 1), Math.Clamp(y + shift.Y, 0, Dark.Height - 1));
        return Dark.ColourAt((row * Dark.Width) + column);
    }

    /// <summary>Pixels of a regular grid, about so many.</summary>
    internal IEnumerable<(int X, int Y)> OnGrid(int count)
    {
        var step = Math.Max(1, (int)Math.Sqrt((double)Light.PixelCount / count));
        for (var y = step / 2; y < Light.Height; y += step)
        {
            for (var x = step / 2; x < Light.Width; x += step)
            {
                yield return (x, y);
            }
        }
    }

    internal Vector3 LightColourAt(int x, int y) => Light.ColourAt((y * Light.Width) + x);
}
