using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Matting.Onnx.Presets;

namespace GptImage2.Matting.Onnx.Graphs;

/// <summary>An image as a model wants it: all red values, then all green, then all blue (NCHW).</summary>
internal static class InputTensor
{
    /// <summary>The image is scaled with Lanczos, as rembg does, and streams; what is transparent counts as white.</summary>
    internal static float[] Create(EncodedImage encoded, Dimensions size, ModelPreset preset, ChannelValues? mean, ChannelValues? deviation)
    {
        var rgba = Scale(encoded, size);
        var count = rgba.Length / 4;
        var brightest = preset.DividesByBrightest ? Brightest(rgba) : byte.MaxValue;
        var values = new float[count * 3];
        var (centre, spread) = (mean ?? preset.Mean, deviation ?? preset.Deviation);
        Fill(0, centre.Red, spread.Red);
        Fill(1, centre.Green, spread.Green);
        Fill(2, centre.Blue, spread.Blue);
        return values;

        void Fill(int channel, float middle, float divisor)
        {
            for (var i = 0; i < count; i++)
            {
                values[(channel * count) + i] = (((float)rgba[(i * 4) + channel] / brightest) - middle) / divisor;
            }
        }
    }

    /// <summary>Mirrors an image as it is, left for right.</summary>
    internal static void Mirror(float[] values, Dimensions size)
    {
        for (var row = 0; row < values.Length; row += size.Width)
        {
            values.AsSpan(row, size.Width).Reverse();
        }
    }

    private static byte[] Scale(EncodedImage encoded, Dimensions size)
    {
        using var image = Image.Open(encoded, PixelAccess.Sequential);
        using var srgb = image.ToSrgb8();
        using var opaque = srgb.Flatten(Colour.White);
        using var scaled = opaque.Resize(size);
        return scaled.ToRgbaBytes();
    }

    private static byte Brightest(byte[] rgba)
    {
        byte brightest = 1;
        for (var i = 0; i < rgba.Length; i += 4)
        {
            brightest = Math.Max(brightest, Math.Max(rgba[i], Math.Max(rgba[i + 1], rgba[i + 2])));
        }

        return brightest;
    }
}
