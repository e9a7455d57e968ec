namespace GptImage2.Imaging.Masks;

/// <summary>Whether a mask has its picture's shape.</summary>
internal static class MaskAspectRatio
{
    private const double Tolerance = 0.01;

    /// <summary>The aspects differ by at most a hundredth, or by no more than rounding a small edge to whole pixels does.</summary>
    internal static bool Matches(Dimensions mask, Dimensions image)
    {
        var ratio = (double)mask.Width * image.Height / ((double)mask.Height * image.Width);
        return Math.Abs(ratio - 1) <= Tolerance || MatchesAfterRounding(mask, image) || MatchesAfterRounding(image, mask);
    }

    /// <summary>Whether scaling the larger by one edge gives the other edge within a pixel of the smaller's.</summary>
    private static bool MatchesAfterRounding(Dimensions small, Dimensions large) =>
        Math.Abs(((double)large.Height * small.Width / large.Width) - small.Height) < 1
        && Math.Abs(((double)large.Width * small.Height / large.Height) - small.Width) < 1;
}
