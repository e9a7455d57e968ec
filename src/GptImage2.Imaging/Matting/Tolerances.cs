namespace GptImage2.Imaging.Matting;

/// <summary>How far a pixel may be from what it stands for, in levels.</summary>
/// <param name="Noise">Standard deviation of the backdrop.</param>
/// <param name="Lossy">Came through a codec that rings around edges.</param>
internal sealed record Tolerances(double Noise, bool Lossy)
{
    /// <summary>A pixel this close is backdrop without further question.</summary>
    internal float Close { get; } = (float)Math.Max(Lossy ? 4 : 2.5, 2 * Noise);

    /// <summary>A pixel this close is backdrop if its surroundings are, on average.</summary>
    internal float Loose { get; } = (float)Math.Max(Lossy ? 24 : 6, 4.5 * Noise);

    /// <summary>How far the average of surroundings may be off.</summary>
    internal float Average { get; } = (float)Math.Max(Lossy ? 3.5 : 2.5, Noise);

    /// <summary>How far a whole area may be off on average and still be the backdrop; white clips what rings upwards.</summary>
    internal double Even { get; } = Lossy ? 4 : 1.5;

    /// <summary>How far its pixels may be off on average.</summary>
    internal double Uneven { get; } = Math.Max(Lossy ? 7 : 2, 1.6 * Noise);

    internal bool IsNoisy => Lossy || Noise > 1;

    /// <summary>Radius of the box that noise is averaged over, in pixels.</summary>
    internal int Radius => Noise > 4 ? 2 : 1;
}
