using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>What is known while a subject is cut out; the steps fill it in, one after the other.</summary>
internal sealed class MattingContext(RgbaBuffer pixels, BackgroundModel backdrop, MattingThresholds tolerances)
{
    internal RgbaBuffer Pixels => pixels;

    internal BackgroundModel Background => backdrop;

    internal MattingThresholds Thresholds => tolerances;

    internal TrimapLabel[] Labels { get; } = new TrimapLabel[pixels.PixelCount];

    /// <summary>The outcome: straight colours and alpha, four bytes a pixel.</summary>
    internal byte[] Result { get; } = new byte[pixels.PixelCount * 4];

    internal void SetPixel(int place, float red, float green, float blue, float alpha)
    {
        var at = Result.AsSpan(place * 4, 4);
        at[0] = ToByte(red);
        at[1] = ToByte(green);
        at[2] = ToByte(blue);
        at[3] = ToByte(alpha * 255);
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
