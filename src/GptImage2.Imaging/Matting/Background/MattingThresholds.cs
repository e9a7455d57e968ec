namespace GptImage2.Imaging.Matting.Background;

/// <summary>How far a pixel may deviate from the background, in levels.</summary>
/// <param name="Noise">Standard deviation of the background.</param>
/// <param name="IsLossy">The image was encoded by a lossy codec, which rings around edges.</param>
/// <param name="IsNeutral">The background is grey: a subject may differ from it by a few levels only.</param>
internal sealed record MattingThresholds(double Noise, bool IsLossy, bool IsNeutral)
{
    /// <summary>A pixel this close is background unconditionally.</summary>
    internal float CertainMatch { get; } = (float)Math.Max(IsLossy ? 4 : 2.5, IsNeutral ? 0 : 2 * Noise);

    /// <summary>A pixel this close is background if the mean of its neighbourhood is.</summary>
    internal float PossibleMatch { get; } = (float)Math.Max(IsLossy ? 24 : 6, 4.5 * Noise);

    /// <summary>Largest deviation of a neighbourhood's mean.</summary>
    internal float MeanMatch { get; } = (float)(IsNeutral ? Math.Max(IsLossy ? 3 : 1.5, 0.7 * Noise) : Math.Max(IsLossy ? 3.5 : 2.5, Noise));

    internal bool IsNoisy => IsLossy || Noise > 1;

    /// <summary>Radius in pixels of the box blur that averages noise out.</summary>
    internal int BlurRadius => Noise > 4 ? 2 : 1;
}
