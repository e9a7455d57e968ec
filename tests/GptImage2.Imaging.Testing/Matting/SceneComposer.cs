using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Testing.Matting;

/// <summary>How a backdrop and the way to the file depart from the ideal.</summary>
public enum Degradation
{
    None,
    Noise,
    Vignette,
    Jpeg,
}

/// <summary>A subject in front of a backdrop, as an encoded image.</summary>
public static class SceneComposer
{
    public static EncodedImage Compose(Subject subject, Colour colour, Degradation wear = Degradation.None) => Compose(subject, new Backdrop("", colour)
    {
        Noise = wear is Degradation.Noise ? 2 : 0,
        Light = wear is Degradation.Vignette ? (u, v) => 1 - (0.05 * ((u * u) + (v * v))) : (_, _) => 1,
        JpegQuality = wear is Degradation.Jpeg ? 85 : null,
    });

    public static EncodedImage Compose(Subject subject, Backdrop backdrop)
    {
        using var image = Image.FromPixels(subject.Size, Pixels(subject, backdrop));
        using var opaque = image.Flatten(Colour.Black);
        return EncodedImage.FromMemory(opaque.Encode(backdrop.JpegQuality is { } quality
            ? new SaveOptions { Format = ImageFormat.Jpeg, Quality = quality }
            : new SaveOptions { Format = ImageFormat.Png, Effort = 0 }));
    }

    /// <summary>In front of a picture.</summary>
    /// <param name="behind">Opaque, of the subject's size.</param>
    public static EncodedImage Compose(Subject subject, Image behind)
    {
        var pixels = behind.ToRgbaBytes();
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = i % 4 is 3 ? byte.MaxValue : (byte)Math.Clamp(Math.Round(subject.CompositeOver(i / 4, i % 4, pixels[i])), 0, 255);
        }

        using var image = Image.FromPixels(subject.Size, pixels);
        using var opaque = image.Flatten(Colour.Black);
        return EncodedImage.FromMemory(opaque.Encode(new SaveOptions { Format = ImageFormat.Png, Effort = 0 }));
    }

    private static byte[] Pixels(Subject subject, Backdrop backdrop)
    {
        var random = new Random(11);
        var pixels = new byte[subject.PixelCount * 4];
        ReadOnlySpan<byte> behind = [backdrop.Colour.Red, backdrop.Colour.Green, backdrop.Colour.Blue];
        for (var place = 0; place < subject.PixelCount; place++)
        {
            var (x, y) = (place % subject.Width, place / subject.Width);
            var light = backdrop.Light((2.0 * x / subject.Width) - 1, (2.0 * y / subject.Height) - 1);
            for (var channel = 0; channel < 3; channel++)
            {
                var lit = (float)Math.Clamp(behind[channel] * light, 0, 255);
                var spilt = subject.CompositeOver(place, channel, lit) + (backdrop.Spill * subject.Alpha(place) * (lit - (subject.CompositeOver(place, channel, 0) / Math.Max(0.01f, subject.Alpha(place)))));
                // The sum of three has a standard deviation of a half.
                var noise = backdrop.Noise is 0 ? 0 : (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2 * backdrop.Noise;
                pixels[(place * 4) + channel] = (byte)Math.Clamp(Math.Round(spilt + noise), 0, 255);
            }

            pixels[(place * 4) + 3] = 255;
        }

        return pixels;
    }
}
