using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>
/// Tells whether colours can be written in an image's profile. Those of scanners and cameras often have no way back (ICC.1, input profiles need
/// only AToB), and that of an XYB JPEG has one that leads elsewhere.
/// </summary>
internal static class ProfileRoundTrip
{
    /// <summary>In levels of 255: profiles with a gamma of 1 are coarse in the darks at 8 bits.</summary>
    private const int MaxDifference = 12;

    /// <summary>Far enough from the edges of sRGB to be inside any profile that images are kept in.</summary>
    private static readonly byte[] Levels = [64, 128, 192];

    /// <summary>A profile that cannot be read either is none: it is ignored both ways, as viewers do.</summary>
    internal static bool Holds(VipsImage image)
    {
        if (!image.CanReadProfile)
        {
            return true;
        }

        var before = CreateSamples(isGrey: image.ColourBands is 1);
        using var samples = VipsImage.FromPixels(before, before.Length / 3, 1, bands: 3).Pipe(pixels => pixels.WithInterpretation("srgb"));
        using var written = samples.ConvertToProfileOf(image, deep: image.Format is VipsBandFormat.UShort);
        if (written is null || written.Bands != image.ColourBands)
        {
            return false;
        }

        try
        {
            using var read = written.ToSrgb8();
            return read.ToByteArray().Zip(before).All(pair => Math.Abs(pair.First - pair.Second) <= MaxDifference);
        }
        catch (VipsException)
        {
            return false;
        }
    }

    private static byte[] CreateSamples(bool isGrey) => isGrey
        ? [.. Levels.SelectMany(level => new[] { level, level, level })]
        : [.. from red in Levels from green in Levels from blue in Levels from level in new[] { red, green, blue } select level];
}
