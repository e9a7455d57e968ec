using GptImage2.Imaging;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>How much of a picture a model should see around a region, in pixels.</summary>
internal readonly record struct DesiredContext(double Width, double Height)
{
    /// <summary>Below it models draw worse, whatever the region needs.</summary>
    private const double MinPixels = 1_350_000;

    /// <summary>Longer parts show much of what is far away and little of what is near.</summary>
    private const double MaxRatio = 2;

    /// <summary>As much as the region on each side, not too long, not too small, and no more than there is.</summary>
    internal static DesiredContext Compute(Dimensions image, Dimensions region)
    {
        var (width, height) = (3.0 * region.Width, 3.0 * region.Height);
        (width, height) = (Math.Min(image.Width, Math.Max(width, height / MaxRatio)), Math.Min(image.Height, Math.Max(height, width / MaxRatio)));
        if (width * height >= MinPixels)
        {
            return new DesiredContext(width, height);
        }

        width = Math.Min(image.Width, width * Math.Sqrt(MinPixels / (width * height)));
        height = Math.Min(image.Height, MinPixels / width);
        return new DesiredContext(Math.Min(image.Width, MinPixels / height), height);
    }

    /// <summary>How far a size is from this, in proportion.</summary>
    internal double Distance(Dimensions size) => Square(Math.Log(size.Width / Width)) + Square(Math.Log(size.Height / Height));

    private static double Square(double value) => value * value;
}
