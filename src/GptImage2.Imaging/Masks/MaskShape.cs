namespace GptImage2.Imaging.Masks;

/// <summary>Whether a mask has its picture's shape.</summary>
internal static class MaskShape
{
    private const double Tolerance = 0.01;

    /// <summary>The aspects differ by at most a hundredth, or by no more than rounding a small edge to whole pixels does.</summary>
    internal static bool Fits(Dimensions mask, Dimensions image)
    {
        var ratio = (double)mask.Width * image.Height / ((double)mask.Height * image.Width);
        return Math.Abs(ratio - 1) <= Tolerance || Rounds(mask, image) || Rounds(image, mask);
    }

    /// <summary>Whether scaling the larger by one edge gives the other edge within a pixel of the smaller's.</summary>
    private static bool Rounds(Dimensions small, Dimensions large) =>
        Math.Abs(((double)large.Height * small.Width / large.Width) - small.Height) < 1
        && Math.Abs(((double)large.Width * small.Height / large.Height) - small.Width) < 1;
}
