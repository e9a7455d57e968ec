using GptImage2.Imaging;

namespace GptImage2.Generation.Regions;

/// <summary>How much of a picture a model should see around a region, in pixels.</summary>
internal readonly record struct Context(double Width, double Height)
{
    /// <summary>Below it models draw worse, whatever the region needs.</summary>
    private const double LeastPixels = 1_350_000;

    /// <summary>Longer parts show much of what is far away and little of what is near.</summary>
    private const double MostRatio = 2;

    /// <summary>As much as the region on each side, not too long, not too small, and no more than there is.</summary>
    internal static Context Of(Dimensions image, Dimensions region)
    {
        var (width, height) = (3.0 * region.Width, 3.0 * region.Height);
        (width, height) = (Math.Min(image.Width, Math.Max(width, height / MostRatio)), Math.Min(image.Height, Math.Max(height, width / MostRatio)));
        if (width * height >= LeastPixels)
        {
            return new Context(width, height);
        }

        width = Math.Min(image.Width, width * Math.Sqrt(LeastPixels / (width * height)));
        height = Math.Min(image.Height, LeastPixels / width);
        return new Context(Math.Min(image.Width, LeastPixels / height), height);
    }

    /// <summary>How far a size is from this, in proportion.</summary>
    internal double Distance(Dimensions size) => Square(Math.Log(size.Width / Width)) + Square(Math.Log(size.Height / Height));

    private static double Square(double value) => value * value;
}
