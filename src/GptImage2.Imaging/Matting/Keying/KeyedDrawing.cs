using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Matting.Keying;

/// <summary>What a model drew on a backdrop that it was told to use: the backdrop's colour is known, and things may reach the border.</summary>
internal static class KeyedDrawing
{
    /// <summary>Pixels of backdrop that are put around a drawing whose own border shows too little of it.</summary>
    private const int Margin = 24;

    /// <summary>By how many levels, in its worst channel, a backdrop may differ from the one that was asked for.</summary>
    private const float MaxDeviation = 70;

    /// <summary>A drawing whose border shows less of it is put into a margin of it.</summary>
    private const double MinBorderShare = 0.9;

    /// <summary>With less of it there is no telling what the backdrop looks like.</summary>
    private const double MinBackdropShare = 0.02;

    /// <summary>Backdrop pixels that stand for all of them.</summary>
    private const int MaxSamples = 4096;

    /// <summary>Cuts out everything that is not backdrop.</summary>
    /// <param name="backdrop">The colour that was asked for; the one that was drawn is measured.</param>
    /// <returns>8-bit sRGB with straight alpha, of the drawing's size.</returns>
    /// <exception cref="BackgroundRemovalException">The result would be bad, or nothing was drawn.</exception>
    internal static Image CutOut(EncodedImage drawing, Colour backdrop)
    {
        using var opened = Image.Open(drawing);
        using var flat = opened.Flatten(backdrop);
        var (pixels, colour) = (RgbaBuffer.FromImage(flat), new Vector3(backdrop.Red, backdrop.Green, backdrop.Blue));
        var isLossy = ImageHeader.Read(drawing).Format is not ImageFormat.Png;
        if (MeasureBorderShare(pixels, colour) >= MinBorderShare)
        {
            return BackgroundRemover.RemoveBackground(pixels, isLossy);
        }

        var samples = SampleBackdrop(pixels, colour);
        if (samples.Length < MaxSamples * MinBackdropShare)
        {
            throw new BackgroundRemovalException(BackgroundRemovalError.NonUniformBackground, "expected the backdrop that was asked for around what is drawn, but received next to nothing of it.");
        }

        using var cut = BackgroundRemover.RemoveBackground(WithMargin(pixels, samples), isLossy);
        return cut.Crop(Margin, Margin, opened.Size);
    }

    /// <summary>The share of the outermost pixels that show the backdrop, 0 to 1.</summary>
    private static double MeasureBorderShare(RgbaBuffer pixels, Vector3 colour)
    {
        var (width, height) = (pixels.Width, pixels.Height);
        int[] border = [.. Enumerable.Range(0, width).SelectMany(x => new[] { x, ((height - 1) * width) + x }), .. Enumerable.Range(0, height).SelectMany(y => new[] { y * width, (y * width) + width - 1 })];
        return border.Count(index => pixels.ColourAt(index).MaxDifference(colour) <= MaxDeviation) / (double)border.Length;
    }

    /// <summary>Indices of pixels near the colour, evenly spread; fewer where fewer have it.</summary>
    private static int[] SampleBackdrop(RgbaBuffer pixels, Vector3 colour)
    {
        var step = Math.Max(1, pixels.PixelCount / MaxSamples);
        return [.. Enumerable.Range(0, pixels.PixelCount / step).Select(sample => sample * step).Where(index => pixels.ColourAt(index).MaxDifference(colour) <= MaxDeviation)];
    }

    /// <summary>The drawing in a frame of its own backdrop's pixels, their noise included: a smooth frame would promise a smoother backdrop.</summary>
    private static RgbaBuffer WithMargin(RgbaBuffer pixels, int[] backdrop)
    {
        var (width, height) = (pixels.Width + (2 * Margin), pixels.Height + (2 * Margin));
        var target = new byte[width * height * 4];
        var source = MemoryMarshal.Cast<byte, uint>(pixels.Rgba.AsSpan());
        var framed = MemoryMarshal.Cast<byte, uint>(target.AsSpan());
        for (var i = 0; i < framed.Length; i++)
        {
            // A stride that shares no factor with their number visits the samples in no visible order.
            framed[i] = source[backdrop[(int)((long)i * 1597 % backdrop.Length)]];
        }

        for (var y = 0; y < pixels.Height; y++)
        {
            source.Slice(y * pixels.Width, pixels.Width).CopyTo(framed.Slice(((y + Margin) * width) + Margin, pixels.Width));
        }

        return new RgbaBuffer(width, height, target);
    }
}
