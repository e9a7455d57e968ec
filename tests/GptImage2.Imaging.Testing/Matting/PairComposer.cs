using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Testing.Matting;

/// <summary>How the second picture of a subject departs from the first, and both from the ideal.</summary>
public sealed record PairWear
{
    public Colour White { get; init; } = Colour.White;

    public Colour Black { get; init; } = Colour.Black;

    /// <summary>How bright the white backdrop is at a place, of 1; both coordinates go from -1 to 1.</summary>
    public Func<double, double, double> Light { get; init; } = (_, _) => 1;

    /// <summary>Standard deviation in levels, different in the two.</summary>
    public double Noise { get; init; }

    /// <summary>Null for PNG.</summary>
    public int? JpegQuality { get; init; }

    /// <summary>Of the second picture's red, green and blue.</summary>
    public (double Red, double Green, double Blue) Gain { get; init; } = (1, 1, 1);

    /// <summary>By how many pixels the second picture lies to the right and further down.</summary>
    public (int X, int Y) Shift { get; init; }
}

/// <summary>A subject on white, and again on black.</summary>
public static class PairComposer
{
    public static (EncodedImage Light, EncodedImage Dark) Compose(Subject subject, PairWear wear, Subject? second = null) =>
        (Encode(subject, wear, wear.White, wear.Light, (1, 1, 1), default, seed: 1), Encode(second ?? subject, wear, wear.Black, (_, _) => 1, wear.Gain, wear.Shift, seed: 2));

    private static EncodedImage Encode(
        Subject subject, PairWear wear, Colour backdrop, Func<double, double, double> light, (double, double, double) gain, (int X, int Y) shift, int seed)
    {
        using var image = Image.FromPixels(subject.Size, Paint(subject, wear, backdrop, light, gain, shift, new Random(seed)));
        using var opaque = image.Flatten(Colour.Black);
        return EncodedImage.FromMemory(opaque.Encode(wear.JpegQuality is { } quality
            ? new SaveOptions { Format = ImageFormat.Jpeg, Quality = quality }
            : new SaveOptions { Format = ImageFormat.Png, Effort = 0 }));
    }

    private static byte[] Paint(
        Subject subject, PairWear wear, Colour backdrop, Func<double, double, double> light, (double Red, double Green, double Blue) gain, (int X, int Y) shift, Random random)
    {
        var pixels = new byte[subject.PixelCount * 4];
        ReadOnlySpan<double> gains = [gain.Red, gain.Green, gain.Blue];
        ReadOnlySpan<byte> behind = [backdrop.Red, backdrop.Green, backdrop.Blue];
        for (var place = 0; place < subject.PixelCount; place++)
        {
            var (x, y) = (place % subject.Width, place / subject.Width);
            var from = (Math.Clamp(y - shift.Y, 0, subject.Height - 1) * subject.Width) + Math.Clamp(x - shift.X, 0, subject.Width - 1);
            var lit = light((2.0 * x / subject.Width) - 1, (2.0 * y / subject.Height) - 1);
            for (var channel = 0; channel < 3; channel++)
            {
                // The sum of three has a standard deviation of a half.
                var noise = wear.Noise is 0 ? 0 : (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2 * wear.Noise;
                pixels[(place * 4) + channel] = (byte)Math.Clamp(Math.Round((gains[channel] * subject.CompositeOver(from, channel, (float)(behind[channel] * lit))) + noise), 0, 255);
            }

            pixels[(place * 4) + 3] = 255;
        }

        return pixels;
    }
}
