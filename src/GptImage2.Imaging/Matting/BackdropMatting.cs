using System.Globalization;

namespace GptImage2.Imaging.Matting;

/// <summary>
/// Cuts a subject out of a plain backdrop. Every pixel is read as a mixture a·F + (1-a)·B of the subject F and the backdrop B: B is
/// measured along the border and fitted across the picture, then areas of backdrop, veils, and the subject's edges are solved in turn.
/// </summary>
public static class BackdropMatting
{
    /// <summary>Cuts out the first frame, upright, at its own size. Uses about 25 bytes a pixel while it works.</summary>
    /// <exception cref="CannotCutException">The cut would be bad, or there is nothing to cut.</exception>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static CutOut Cut(EncodedImage image, ImageLimits? limits = null)
    {
        var header = ImageHeader.Read(image, limits);
        RefuseSize(header.Size);
        var (pixels, hasAlpha) = Read(image, limits);
        var (report, backdrop) = BackdropInspector.Report(pixels, hasAlpha);
        Refuse(report, backdrop);
        var matte = new Matte(pixels, backdrop!, new Tolerances(backdrop!.Noise, IsLossy(header.Format)));
        Solve(matte);
        return Finish(matte, report, hasAlpha);
    }

    private static (PixelGrid Pixels, bool HasAlpha) Read(EncodedImage image, ImageLimits? limits)
    {
        using var picture = Picture.Open(image, limits);
        return (PixelGrid.Of(picture), picture.HasAlpha);
    }

    private static void Solve(Matte matte)
    {
        new BackdropAreas(matte).Mark();
        if (matte.Backdrop.IsNeutral)
        {
            new Shades(matte).Mark();
        }
        else
        {
            new Veils(matte).Mark();
        }

        new EdgeSolver(matte).Solve();
        new HiddenColours(matte).Fill();
    }

    private static CutOut Finish(Matte matte, BackdropReport report, bool hadAlpha)
    {
        var (result, before) = (matte.Result, matte.Pixels.Rgba);
        long transparent = 0;
        long partly = 0;
        for (var i = 3; i < result.Length; i += 4)
        {
            // A few see-through specks of the original stay so.
            result[i] = hadAlpha && before[i] < PixelGrid.Opaque ? Math.Min(result[i], before[i]) : result[i];
            transparent += result[i] == 0 ? 1 : 0;
            partly += result[i] is > 0 and < 255 ? 1 : 0;
        }

        return new CutOut(Picture.FromPixels(report.Size, result), report, (double)transparent / matte.Pixels.Count, partly);
    }

    private static bool IsLossy(ImageFormat format) => format is not (ImageFormat.Png or ImageFormat.Gif or ImageFormat.Tiff);

    private static void RefuseSize(Dimensions size)
    {
        if (size.Pixels > BackdropRules.MostPixels)
        {
            throw new CannotCutException(
                CutProblem.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"expected at most {BackdropRules.MostPixels / 1_000_000} megapixels but received {size} ({size.Pixels / 1e6:0.0} megapixels)."));
        }
    }

    private static void Refuse(BackdropReport report, Backdrop? backdrop)
    {
        if (Refusal.Of(report) is var (reason, message))
        {
            throw new CannotCutException(reason, message, report);
        }

        ArgumentNullException.ThrowIfNull(backdrop);
    }
}
