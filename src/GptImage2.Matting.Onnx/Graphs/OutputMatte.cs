using GptImage2.Imaging;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Matting.Onnx.Presets;

namespace GptImage2.Matting.Onnx.Graphs;

/// <summary>Makes a matte of what a model answers.</summary>
internal static class OutputMatte
{
    /// <summary>Less between the least and the largest value is noise: there is no subject to be spread.</summary>
    private const float MinSpread = 0.1f;

    /// <returns>Null where the output is no matte: of another shape, or with values that are no numbers.</returns>
    internal static Matte? Read(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, OutputRange range)
    {
        if (FindSize(shape) is not { } size || size.PixelCount != values.Length || !AreFinite(values))
        {
            return null;
        }

        var (least, spread) = FindSpread(values);
        var alpha = new byte[values.Length];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = ToByte(range switch
            {
                OutputRange.Logits => 1 / (1 + MathF.Exp(-values[i])),
                OutputRange.MinMax => spread < MinSpread ? values[i] : (values[i] - least) / spread,
                _ => values[i],
            });
        }

        return new Matte(size, alpha);
    }

    /// <summary>Of [1,1,height,width], [1,height,width] or [height,width].</summary>
    private static Dimensions? FindSize(ReadOnlySpan<long> shape)
    {
        if (shape.Length is < 2 or > 4 || shape[^1] is < 1 or > ModelGraph.MaxEdge || shape[^2] is < 1 or > ModelGraph.MaxEdge)
        {
            return null;
        }

        foreach (var dimension in shape[..^2])
        {
            if (dimension is not 1)
            {
                return null;
            }
        }

        return new Dimensions((int)shape[^1], (int)shape[^2]);
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsNaN(value))
            {
                return false;
            }
        }

        return true;
    }

    private static (float Least, float Spread) FindSpread(ReadOnlySpan<float> values)
    {
        var (least, most) = (values[0], values[0]);
        foreach (var value in values)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return (least, most - least);
    }

    private static byte ToByte(float alpha) => (byte)Math.Clamp((alpha * 255) + 0.5f, 0, 255);
}
