using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>The working state of one background removal, filled in stage by stage.</summary>
internal sealed class MattingContext(RgbaBuffer pixels, BackgroundModel background, MattingThresholds thresholds)
{
    internal RgbaBuffer Pixels => pixels;

    internal BackgroundModel Background => background;

    internal MattingThresholds Thresholds => thresholds;

    internal TrimapLabel[] Labels { get; } = new TrimapLabel[pixels.PixelCount];

    /// <summary>The result: red, green, blue, straight alpha, one byte each.</summary>
    internal byte[] Result { get; } = new byte[pixels.PixelCount * 4];

    internal void SetPixel(int index, float red, float green, float blue, float alpha)
    {
        var pixel = Result.AsSpan(index * 4, 4);
        pixel[0] = ToByte(red);
        pixel[1] = ToByte(green);
        pixel[2] = ToByte(blue);
        pixel[3] = ToByte(alpha * 255);
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}

/// <summary>How far a pixel may deviate from the background, in levels.</summary>
/// <param name="Noise">Standard deviation of the background.</param>
/// <param name="IsLossy">The image was encoded by a lossy codec, which rings around edges.</param>
internal sealed record MattingThresholds(double Noise, bool IsLossy)
{
    /// <summary>A pixel this close is background unconditionally.</summary>
    internal float CertainMatch { get; } = (float)Math.Max(IsLossy ? 4 : 2.5, 2 * Noise);

    /// <summary>A pixel this close is background if the mean of its neighbourhood is.</summary>
    internal float PossibleMatch { get; } = (float)Math.Max(IsLossy ? 24 : 6, 4.5 * Noise);

    /// <summary>Largest deviation of a neighbourhood's mean.</summary>
    internal float MeanMatch { get; } = (float)Math.Max(IsLossy ? 3.5 : 2.5, Noise);

    /// <summary>Largest deviation of a component's mean colour; above 0 because white clips upward ringing.</summary>
    internal double MaxMeanOffset { get; } = IsLossy ? 4 : 1.5;

    /// <summary>Largest mean deviation of a component's pixels.</summary>
    internal double MaxMeanDeviation { get; } = Math.Max(IsLossy ? 7 : 2, 1.6 * Noise);

    internal bool IsNoisy => IsLossy || Noise > 1;

    /// <summary>Radius in pixels of the box blur that averages noise out.</summary>
    internal int BlurRadius => Noise > 4 ? 2 : 1;
}
