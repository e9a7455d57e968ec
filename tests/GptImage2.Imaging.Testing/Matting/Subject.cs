using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Testing.Matting;

/// <summary>Something whose alpha and colours are known exactly, on nothing.</summary>
/// <param name="size">In pixels.</param>
public class Subject(Dimensions size)
{
    /// <summary>Red, green and blue in levels, multiplied by alpha, and alpha from 0 to 1.</summary>
    private readonly float[] _premultiplied = new float[size.PixelCount * 4];

    public Dimensions Size => size;

    public int Width => size.Width;

    public int Height => size.Height;

    public int PixelCount => (int)size.PixelCount;

    /// <param name="image">With an alpha channel.</param>
    public static Subject FromImage(Image image)
    {
        var subject = new Subject(image.Size);
        var pixels = image.ToRgbaBytes();
        for (var place = 0; place < subject.PixelCount; place++)
        {
            subject.BlendPixel(place, new Colour(pixels[place * 4], pixels[(place * 4) + 1], pixels[(place * 4) + 2]), pixels[(place * 4) + 3] / 255f);
        }

        return subject;
    }

    /// <returns>0 to 1.</returns>
    public float Alpha(int place) => _premultiplied[(place * 4) + 3];

    /// <summary>What a viewer sees of it in front of a colour, in levels.</summary>
    public float CompositeOver(int place, int channel, float behind) =>
        _premultiplied[(place * 4) + channel] + ((1 - Alpha(place)) * behind);

    /// <summary>The subject cut out without a flaw: four bytes a pixel (red, green, blue, straight alpha), row by row.</summary>
    public byte[] ToPixels()
    {
        var pixels = new byte[PixelCount * 4];
        for (var place = 0; place < PixelCount; place++)
        {
            var alpha = Alpha(place);
            for (var channel = 0; channel < 3 && alpha > 0; channel++)
            {
                pixels[(place * 4) + channel] = (byte)Math.Clamp(Math.Round(CompositeOver(place, channel, 0) / alpha), 0, 255);
            }

            pixels[(place * 4) + 3] = (byte)Math.Round(alpha * 255);
        }

        return pixels;
    }

    protected void BlendPixel(int place, Colour colour, float alpha)
    {
        var pixel = _premultiplied.AsSpan(place * 4, 4);
        pixel[0] = (colour.Red * alpha) + (pixel[0] * (1 - alpha));
        pixel[1] = (colour.Green * alpha) + (pixel[1] * (1 - alpha));
        pixel[2] = (colour.Blue * alpha) + (pixel[2] * (1 - alpha));
        pixel[3] = alpha + (pixel[3] * (1 - alpha));
    }
}
