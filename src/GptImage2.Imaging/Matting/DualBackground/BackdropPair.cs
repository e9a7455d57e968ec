using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>The two backdrops as they were drawn, which is never quite white and black: a smooth field of each, fitted along the border.</summary>
/// <param name="Noise">Standard deviation of alpha that the pictures' noise makes.</param>
internal sealed record BackdropPair(PolynomialColourField Light, PolynomialColourField Dark, Vector3 MeanLight, Vector3 MeanDark, float Noise)
{
    /// <summary>Levels that white and black must be apart; the noise of alpha is that of the pictures divided by it.</summary>
    private const float MinContrast = 140;

    /// <summary>Share of the border that must show both backdrops.</summary>
    private const double MinBorderShare = 0.3;

    /// <summary>Levels by which a vignette or a gradient may bring the two nearer to each other along the border.</summary>
    private const float MaxDrift = 28;

    /// <summary>Degree of the fields: along the border alone no more of them is known.</summary>
    private const int Degree = 2;

    /// <exception cref="DualBackgroundException">The borders do not show two plain backdrops.</exception>
    internal static BackdropPair Measure(PicturePair pair)
    {
        var border = ColourFieldSamples.AlongBorder(pair.Light);
        float[] contrasts = [.. border.PixelIndices.Select(index => MinChannel(pair.Light.ColourAt(index) - pair.Dark.ColourAt(index)))];
        var largest = contrasts.Order().ElementAt(contrasts.Length * 9 / 10);
        int[] plain = [.. border.PixelIndices.Where((_, place) => contrasts[place] >= largest - MaxDrift)];
        if (largest < MinContrast || plain.Length < contrasts.Length * MinBorderShare)
        {
            throw new DualBackgroundException(
                DualBackgroundError.NoBackdrops,
                largest < MinContrast ? $"the backdrops are only {Math.Max(0, largest):0} of 255 levels apart" : "the subject covers nearly all of the border");
        }

        var (light, dark) = (Fit(pair.Light, plain), Fit(pair.Dark, plain));
        Vector3[] differences = [.. plain.Select(index => pair.Light.ColourAt(index) - light.EvaluateAt(index) - pair.Dark.ColourAt(index) + dark.EvaluateAt(index))];
        var noise = Math.Sqrt(differences.Average(difference => Math.Pow(difference.ChannelSum / 3, 2))) / largest;
        return new BackdropPair(light, dark, Average(pair.Light, plain), Average(pair.Dark, plain), (float)noise);
    }

    /// <summary>Twice, the second time without what the first could not explain.</summary>
    private static PolynomialColourField Fit(RgbaBuffer pixels, int[] indices)
    {
        var samples = new ColourFieldSamples(pixels, indices);
        var weights = new float[indices.Length];
        weights.AsSpan().Fill(1);
        var first = new PolynomialColourField(samples, weights, Degree);
        float[] errors = [.. indices.Select(index => pixels.ColourAt(index).MaxDifference(first.EvaluateAt(index)))];
        var limit = Math.Max(2, 3 * errors.Order().ElementAt(errors.Length / 2));
        return new PolynomialColourField(samples, [.. errors.Select(error => error <= limit ? 1f : 0f)], Degree);
    }

    private static Vector3 Average(RgbaBuffer pixels, int[] indices) => ColourVector.Average([.. indices.Select(pixels.ColourAt)]);

    private static float MinChannel(Vector3 colour) => Math.Min(colour.X, Math.Min(colour.Y, colour.Z));
}
