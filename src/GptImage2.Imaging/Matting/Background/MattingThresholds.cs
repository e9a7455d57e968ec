namespace GptImage2.Imaging.Matting.Background;

/// <summary>How far a pixel may be from what it stands for, in levels.</summary>
/// <param name="Noise">Standard deviation of the backdrop.</param>
/// <param name="IsLossy">Came through a codec that rings around edges.</param>
internal sealed record MattingThresholds(double Noise, bool IsLossy)
{
    /// <summary>A pixel this close is backdrop without further question.</summary>
    internal float CertainMatch { get; } = (float)Math.Max(IsLossy ? 4 : 2.5, 2 * Noise);

    /// <summary>A pixel this close is backdrop if its surroundings are, on average.</summary>
    internal float PossibleMatch { get; } = (float)Math.Max(IsLossy ? 24 : 6, 4.5 * Noise);

    /// <summary>How far the average of surroundings may be off.</summary>
    internal float MeanMatch { get; } = (float)Math.Max(IsLossy ? 3.5 : 2.5, Noise);

    /// <summary>How far a whole area may be off on average and still be the backdrop; white clips what rings upwards.</summary>
    internal double MaxMeanOffset { get; } = IsLossy ? 4 : 1.5;

    /// <summary>How far its pixels may be off on average.</summary>
    internal double MaxMeanDeviation { get; } = Math.Max(IsLossy ? 7 : 2, 1.6 * Noise);

    internal bool IsNoisy => IsLossy || Noise > 1;

    /// <summary>Radius of the box that noise is averaged over, in pixels.</summary>
    internal int BlurRadius => Noise > 4 ? 2 : 1;
}
