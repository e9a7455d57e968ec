using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Requests.Backdrops;

/// <summary>How much of a subject has the hue of a backdrop.</summary>
internal static class BackdropShare
{
    /// <summary>What of a backdrop's light remains on edges stays below this share; a subject that has more of its hue may lose parts with it.</summary>
    public const double Max = 0.02;

    /// <summary>Enough to judge a share by.</summary>
    private const int MaxEdge = 512;

    private const double MaxHueDifference = 25;

    /// <summary>Difference between the largest and the smallest channel below which a pixel counts as grey.</summary>
    private const int MinChroma = 60;

    /// <summary>The share of the opaque pixels that have the backdrop's hue, 0 to 1.</summary>
    /// <param name="hue">The backdrop's, in degrees.</param>
    public static double Measure(Image subject, double hue)
    {
        var scale = Math.Min(1, MaxEdge / (double)Math.Max(subject.Size.Width, subject.Size.Height));
        using var small = subject.Resize(new Dimensions(Math.Max(1, (int)(subject.Size.Width * scale)), Math.Max(1, (int)(subject.Size.Height * scale))));
        var (opaque, alike) = (0, 0);
        foreach (var pixel in small.ToRgbaBytes().Chunk(4).Where(pixel => pixel[3] == byte.MaxValue))
        {
            var colour = new Colour(pixel[0], pixel[1], pixel[2]);
            opaque++;
            alike += colour.Chroma >= MinChroma && HueWords.Distance(colour.Hue, hue) <= MaxHueDifference ? 1 : 0;
        }

        return opaque == 0 ? 0 : (double)alike / opaque;
    }
}
